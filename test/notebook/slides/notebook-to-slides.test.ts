import pl from "nodejs-polars";
import { expect, it } from "vitest";
import { scriptHash } from "../../../lib/notebook/html/page-shell";
import type { Cell, Output } from "../../../lib/notebook/nbformat";
import { tableBundle } from "../../../lib/notebook/show/table-bundle";
import { notebookToSlides } from "../../../lib/notebook/slides/notebook-to-slides";
import { markdownCell, notebookOf } from "../../support/notebook";
import { displayed, ranCell } from "../cells";
import { demoDeck, typed } from "./demo-deck";

const OPTIONS = { fileName: "06-demo.ipynb" };
const deckOf = (...cells: Cell[]) => notebookToSlides(notebookOf(...cells), OPTIONS);
const slide = (cell: Cell) => typed("slide", cell);

/** The sections of a deck, by order. */
const sections = (html: string) => html.match(/<section class="slide[\s\S]*?<\/section>/g) ?? [];

it("shows what code gave, and code only where a tag asks for it", () => {
  const deck = (...tags: string[]) =>
    sections(deckOf(slide(ranCell("secret", tags, displayed({ "text/markdown": "An answer." })))));
  expect(deck()).toHaveLength(1);
  expect(deck()[0]).toContain("An answer.");
  expect(deck()[0]).not.toContain("secret");
  expect(deck("show-code")[0]).toContain("secret");
});

it("leaves out warnings, and slides that show nothing", () => {
  const warning: Output = { output_type: "stream", name: "stderr", text: "a warning" };
  const html = deckOf(
    slide(ranCell("quiet", [])),
    slide(ranCell("warns", [], warning)),
    slide(markdownCell("## Words")),
  );
  expect(sections(html)).toHaveLength(1);
  expect(html).not.toContain("a warning");
});

it("shows the first eight rows of a table and says how many there are", () => {
  const table = pl.DataFrame({ row: Array.from({ length: 20 }, (_, row) => `row-${row}`) });
  const html = deckOf(slide(ranCell("x", [], tableBundle(table, { title: "Rows", limit: 12 }))));
  expect(html.match(/row-\d+/g)).toHaveLength(8);
  expect(html).toContain("12 more rows are not shown.");
});

it("gives the speaker the words of notes cells, and of code what it said", () => {
  const said: Output[] = [
    displayed({ "text/markdown": "**Computed** words." }),
    { output_type: "stream", name: "stdout", text: "printed" },
    displayed({ "text/html": "<p>no words</p>" }),
  ];
  const html = deckOf(
    slide(markdownCell("# Title\n\nWords.")),
    typed("notes", markdownCell("# Written.")),
    typed("notes", ranCell("hidden", [], ...said)),
  );
  const [, notes = ""] = sections(html)[0]?.split('<aside class="notes') ?? [];
  for (const words of ["Written.", "<strong>Computed</strong> words.", "printed"])
    expect(notes).toContain(words);
  expect(notes).not.toMatch(/no words|hidden/);
  expect(html).toContain("<title>Title</title>");
});

it("names every slide, and says on a subslide what it belongs to", () => {
  const all = sections(notebookToSlides(demoDeck(), { ...OPTIONS, generatedAt: "run today" }));
  expect(all).toHaveLength(8);
  const name = 'aria-label="Slide 1 of 8: What the log says"';
  for (const text of [name, "<h1>What the log says</h1>", "run today"])
    expect(all[0]).toContain(text);
  expect(all[2]).toContain('<p class="above">Pages per user</p>');
  expect(all.join("")).not.toContain("const k = 2;");
});

it("lets only its own scripts run, and loads nothing", () => {
  const html = notebookToSlides(demoDeck(), OPTIONS);
  const policy = /Content-Security-Policy" content="([^"]+)"/.exec(html)?.[1] ?? "";
  expect(policy).toContain("default-src 'none'");
  const scripts = [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map((match) => match[1]);
  expect(scripts).toHaveLength(7);
  for (const script of scripts) expect(policy).toContain(`'${scriptHash(script ?? "")}'`);
  expect(html).not.toMatch(/<(?:script|img|link|iframe)[^>]* (?:src|href)="(?!data:)/);
});

it("needs no plotly where there is no figure, and is the same for the same notebook", () => {
  const html = deckOf(slide(markdownCell("# Words")));
  expect(html).not.toContain('id="page-plotly"');
  expect(html.length).toBeLessThan(300_000);
  expect(deckOf(slide(markdownCell("# Words")))).toBe(html);
});
