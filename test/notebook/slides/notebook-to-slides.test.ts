import pl from "nodejs-polars";
import { describe, expect, it } from "vitest";
import { scriptHash } from "../../../lib/notebook/html/page-shell";
import type { Output } from "../../../lib/notebook/nbformat";
import { tableBundle } from "../../../lib/notebook/show/table-bundle";
import { notebookToSlides } from "../../../lib/notebook/slides/notebook-to-slides";
import { codeCell, markdownCell, notebookOf } from "../../support/notebook";
import { demoDeck, typed } from "./demo-deck";

const OPTIONS = { fileName: "06-demo.ipynb" };
const shown = (data: Record<string, unknown>): Output => ({
  output_type: "display_data",
  data,
  metadata: {},
});

/** The sections of a deck, by order. */
const sections = (html: string) => html.match(/<section class="slide[\s\S]*?<\/section>/g) ?? [];

describe("notebookToSlides", () => {
  it("shows what code gave, and code only where a tag asks for it", () => {
    const output = shown({ "text/markdown": "An answer." });
    const cell = { ...codeCell("secret();"), outputs: [output] };
    const deck = (tags: string[]) =>
      sections(
        notebookToSlides(notebookOf(typed("slide", { ...cell, metadata: { tags } })), OPTIONS),
      );
    expect(deck([])).toHaveLength(1);
    expect(deck([])[0]).toContain("An answer.");
    expect(deck([])[0]).not.toContain("secret");
    expect(deck(["show-code"])[0]).toContain("secret");
  });

  it("leaves out warnings, and slides that show nothing", () => {
    const quiet = { ...codeCell("import"), outputs: [] };
    const warns: Output = { output_type: "stream", name: "stderr", text: "a warning" };
    const html = notebookToSlides(
      notebookOf(
        typed("slide", quiet),
        typed("slide", { ...quiet, outputs: [warns] }),
        typed("slide", markdownCell("## Words")),
      ),
      OPTIONS,
    );
    expect(sections(html)).toHaveLength(1);
    expect(html).not.toContain("a warning");
  });

  it("shows the first eight rows of a table and says how many there are", () => {
    const table = pl.DataFrame({ row: Array.from({ length: 20 }, (_, row) => `row-${row}`) });
    const { data, metadata } = tableBundle(table, { title: "Rows", limit: 12 });
    const outputs: Output[] = [{ output_type: "display_data", data, metadata }];
    const html = notebookToSlides(
      notebookOf(typed("slide", { ...codeCell("x"), outputs })),
      OPTIONS,
    );
    expect(html.match(/row-\d+/g)).toHaveLength(8);
    expect(html).toContain("12 more rows are not shown.");
  });

  it("gives the speaker the words of notes cells, and of code what it said", () => {
    const said: Output[] = [
      shown({ "text/markdown": "**Computed** words." }),
      { output_type: "stream", name: "stdout", text: "printed" },
      shown({ "text/html": "<p>no words</p>" }),
    ];
    const html = notebookToSlides(
      notebookOf(
        typed("slide", markdownCell("# Title\n\nWords.")),
        typed("notes", markdownCell("# Written.")),
        typed("notes", { ...codeCell("hidden()"), outputs: said }),
      ),
      OPTIONS,
    );
    const [slide = ""] = sections(html);
    const [, notes = ""] = slide.split('<aside class="notes');
    expect(notes).toContain("Written.");
    expect(notes).toContain("<strong>Computed</strong> words.");
    expect(notes).toContain("printed");
    expect(notes).not.toMatch(/no words|hidden/);
    expect(html).toContain("<title>Title</title>");
  });

  it("names every slide, and says on a subslide what it belongs to", () => {
    const all = sections(notebookToSlides(demoDeck(), { ...OPTIONS, generatedAt: "run today" }));
    expect(all).toHaveLength(8);
    expect(all[0]).toContain('aria-label="Slide 1 of 8: What the log says"');
    expect(all[0]).toContain("<h1>What the log says</h1>");
    expect(all[0]).toContain("run today");
    expect(all[2]).toContain('<p class="above">Pages per user</p>');
    expect(all.join("")).not.toContain("const k = 2;");
  });

  it("lets only its own scripts run, and loads nothing", () => {
    const html = notebookToSlides(demoDeck(), OPTIONS);
    const policy = /Content-Security-Policy" content="([^"]+)"/.exec(html)?.[1] ?? "";
    expect(policy).toContain("default-src 'none'");
    const scripts = [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(
      (match) => match[1] ?? "",
    );
    expect(scripts).toHaveLength(7);
    for (const script of scripts) expect(policy).toContain(`'${scriptHash(script)}'`);
    expect(html).not.toMatch(/<(?:script|img|link|iframe)[^>]* (?:src|href)="(?!data:)/);
  });

  it("needs no plotly where there is no figure, and is the same for the same notebook", () => {
    const words = notebookOf(typed("slide", markdownCell("# Words")));
    const html = notebookToSlides(words, OPTIONS);
    expect(html).not.toContain('id="page-plotly"');
    expect(html.length).toBeLessThan(300_000);
    expect(notebookToSlides(words, OPTIONS)).toBe(html);
  });
});
