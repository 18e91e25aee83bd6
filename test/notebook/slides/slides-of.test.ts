import { describe, expect, it } from "vitest";
import type { Cell } from "../../../lib/notebook/nbformat";
import { hasSlides, type SlideType, slidesOf } from "../../../lib/notebook/slides/slides-of";
import { markdownCell, notebookOf } from "../../support/notebook";
import { typed } from "./demo-deck";

const cellsOf = (...types: (SlideType | "none" | "raw")[]) =>
  types.map((type, place): Cell => {
    const cell = markdownCell("text", `${place}`);
    if (type === "raw") return { ...cell, cell_type: "raw" };
    return type === "none" ? cell : typed(type, cell);
  });

/** Slides as text: ids of cells, fragments in brackets, notes after a colon. */
function shown(...types: Parameters<typeof cellsOf>): string[] {
  return slidesOf(notebookOf(...cellsOf(...types))).map(({ isSub, parts, notes }) => {
    const texts = parts.map(({ isFragment, cells }) => {
      const ids = cells.map((cell) => cell.id).join(" ");
      return isFragment ? `[${ids}]` : ids;
    });
    const said = notes.map((cell) => cell.id).join(" ");
    return `${isSub ? "> " : ""}${texts.join(" ")}${said ? `: ${said}` : ""}`;
  });
}

describe("slidesOf", () => {
  it("begins slides and subslides, and lets every other cell continue", () => {
    expect(shown("slide", "-", "none", "slide", "subslide", "-")).toEqual(["0 1 2", "3", "> 4 5"]);
  });

  it("makes one slide of what comes before the first", () => {
    expect(shown("none", "-", "slide")).toEqual(["0 1", "2"]);
    expect(shown("subslide", "slide")).toEqual(["0", "1"]);
    expect(shown("notes", "fragment")).toEqual(["[1]: 0"]);
  });

  it("lets cells continue a fragment, through notes and what is skipped", () => {
    expect(shown("slide", "fragment", "notes", "-", "skip", "-", "fragment")).toEqual([
      "0 [1 3 5] [6]: 2",
    ]);
  });

  it("leaves out raw cells and what is skipped, and takes an unknown type for none", () => {
    expect(shown("slide", "raw", "skip", "other" as SlideType)).toEqual(["0 3"]);
  });

  it("makes none of an empty notebook", () => {
    expect(shown()).toEqual([]);
  });
});

describe("hasSlides", () => {
  it("wants a cell that begins a slide or a fragment", () => {
    expect(hasSlides(notebookOf(...cellsOf("none", "-", "skip", "notes")))).toBe(false);
    expect(hasSlides(notebookOf(...cellsOf("none", "subslide")))).toBe(true);
    const odd = { ...markdownCell("x"), metadata: { slideshow: null } };
    expect(hasSlides(notebookOf(odd))).toBe(false);
  });
});
