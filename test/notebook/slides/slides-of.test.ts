import { expect, it } from "vitest";
import type { Cell } from "../../../lib/notebook/nbformat";
import { hasSlides, type SlideType, slidesOf } from "../../../lib/notebook/slides/slides-of";
import { markdownCell, notebookOf } from "../../support/notebook";
import { typed } from "./demo-deck";

const deck = (types: string) =>
  notebookOf(
    ...types.split(" ").map((type, place): Cell => {
      const cell = markdownCell("text", `${place}`);
      if (type === "raw") return { ...cell, cell_type: "raw" };
      return type === "none" ? cell : typed(type as SlideType, cell);
    }),
  );

/** Slides as text: ids of cells, fragments in brackets, notes after a colon. */
function shown(types: string): string[] {
  return slidesOf(deck(types)).map(({ isSub, parts, notes }) => {
    const texts = parts.map(({ isFragment, cells }) => {
      const ids = cells.map((cell) => cell.id).join(" ");
      return isFragment ? `[${ids}]` : ids;
    });
    const said = notes.map((cell) => cell.id).join(" ");
    return `${isSub ? "> " : ""}${texts.join(" ")}${said ? `: ${said}` : ""}`;
  });
}

it.each([
  ["begins slides and subslides", "slide - none slide subslide -", ["0 1 2", "3", "> 4 5"]],
  ["makes one slide of what comes before the first", "none - slide", ["0 1", "2"]],
  ["begins with what would be a subslide", "subslide slide", ["0", "1"]],
  ["begins with a fragment", "notes fragment", ["[1]: 0"]],
  [
    "lets cells continue a fragment",
    "slide fragment notes - skip - fragment",
    ["0 [1 3 5] [6]: 2"],
  ],
  ["leaves out raw cells, and takes an unknown type for none", "slide raw skip other", ["0 3"]],
])("%s: %s", (_, types, slides) => {
  expect(shown(types)).toEqual(slides);
});

it("shows slides where a cell begins a slide or a fragment", () => {
  expect(slidesOf(notebookOf())).toEqual([]);
  expect(hasSlides(deck("none - skip notes"))).toBe(false);
  expect(hasSlides(deck("none subslide"))).toBe(true);
  const odd = { ...markdownCell("x"), metadata: { slideshow: null } };
  expect(hasSlides(notebookOf(odd))).toBe(false);
});
