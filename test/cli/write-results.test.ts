import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  describeNotebook,
  indexEntry,
  prepareOutDir,
  writeIndex,
  writeNotebook,
  writePage,
  writeSlides,
} from "../../lib/cli/write-results";
import { WriteError } from "../../lib/keep/write-error";
import { notebookToHtml } from "../../lib/notebook/html/export-html";
import { indexPage } from "../../lib/notebook/html/index-page";
import { notebookToSlides } from "../../lib/notebook/slides/notebook-to-slides";
import { codeCell, markdownCell, notebookOf } from "../support/notebook";

const makers = { notebookToHtml, indexPage };
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "write-results-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const ran = codeCell("1");
ran.execution_count = 1;
ran.metadata.execution = {
  "iopub.status.busy": "2024-01-01T00:00:00.000Z",
  "iopub.status.idle": "2024-01-01T00:00:02.500Z",
};
const notebook = notebookOf(
  markdownCell("# A *title*\n\n> quote\n\nWhat [it](x) **says**."),
  ran,
  "2",
);

describe("describeNotebook", () => {
  it("takes the first heading and the first paragraph below it, as plain text", () => {
    expect(describeNotebook(notebook, "01-a")).toEqual({
      title: "A title",
      summary: "What it says.",
    });
  });

  it("falls back on the file's name", () => {
    expect(describeNotebook(notebookOf("1"), "01-a")).toEqual({ title: "01-a", summary: "" });
  });
});

describe("indexEntry", () => {
  it("reads cells, time and failure from an executed notebook", () => {
    expect(indexEntry(notebook, "01-a")).toMatchObject({
      fileName: "01-a.html",
      cells: 1,
      seconds: 2.5,
      failed: false,
    });
    const failed = {
      ...ran,
      outputs: [{ output_type: "error" as const, ename: "E", evalue: "", traceback: [] }],
    };
    expect(indexEntry(notebookOf(failed), "01-a").failed).toBe(true);
  });
});

describe("results", () => {
  it("are the notebook, its page, and an index that keeps those of earlier runs", () => {
    for (const name of ["01-a", "02-b"]) {
      writeNotebook(folder, name, notebook);
      writePage(folder, name, notebook, makers);
    }
    writeFileSync(join(folder, "03-broken.ipynb"), "{");
    writeFileSync(join(folder, "03-broken.html"), "");
    writeIndex(folder, [{ ...indexEntry(notebook, "02-b"), title: "From this run" }], makers);
    expect(readdirSync(folder).sort()).toEqual([
      "01-a.html",
      "01-a.ipynb",
      "02-b.html",
      "02-b.ipynb",
      "03-broken.html",
      "03-broken.ipynb",
      "index.html",
    ]);
    expect(JSON.parse(readFileSync(join(folder, "01-a.ipynb"), "utf8"))).toEqual(notebook);
    const index = readFileSync(join(folder, "index.html"), "utf8");
    expect(index).toContain('href="01-a.html"');
    expect(index).toContain("From this run");
    expect(index).not.toContain("03-broken");
  });

  it("are slides too, where a notebook has any, and the index leads to them", () => {
    const slide = markdownCell("# Talk");
    slide.metadata.slideshow = { slide_type: "slide" };
    const talk = notebookOf(slide);
    const write = (failed: boolean) =>
      writeSlides(folder, "01-a", talk, { notebookToSlides }, { failed });
    writeNotebook(folder, "01-a", talk);
    writePage(folder, "01-a", talk, makers);
    expect(write(false)).toBe(join(folder, "01-a.slides.html"));
    expect(writeSlides(folder, "02-b", notebook, { notebookToSlides })).toBeNull();
    const index = () => readFileSync(writeIndex(folder, [], makers), "utf8");
    expect(index()).toContain('<a href="01-a.slides.html">slides</a>');
    // Half a report is not for an audience, and neither is the last one that was whole.
    expect(write(true)).toBeNull();
    expect(index()).not.toContain("slides");
  });

  it("that cannot be written are one line, and leave nothing behind", () => {
    const file = join(folder, "file");
    writeFileSync(file, "");
    expect(() => prepareOutDir(file)).toThrow(`${file} cannot be written: a file is in the way`);
    expect(() => prepareOutDir(join(file, "out"))).toThrow("a part of the path is not a folder");
    expect(() => writeNotebook(join(file, "none"), "a", notebook)).toThrow(WriteError);
    expect(readdirSync(folder)).toEqual(["file"]);
  });
});
