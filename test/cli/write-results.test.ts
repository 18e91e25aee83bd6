import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, it } from "vitest";
import { describeNotebook, indexEntry } from "../../lib/cli/describe-notebook";
import { writeIndex, writePages } from "../../lib/cli/write-pages";
import { prepareOutDir, writeNotebook } from "../../lib/cli/write-results";
import { WriteError } from "../../lib/keep/write-error";
import { newFolder } from "../support/new-folder";
import { codeCell, markdownCell, notebookOf } from "../support/notebook";

let folder: string;
beforeEach(() => {
  folder = newFolder();
});

const ran = codeCell("1");
ran.execution_count = 1;
ran.metadata.execution = {
  "iopub.status.busy": "2024-01-01T00:00:00.000Z",
  "iopub.status.idle": "2024-01-01T00:00:02.500Z",
};
const byRun = { pages: [], at: "2020-01-01T00:00:03.000Z", failed: false };
const title = markdownCell("# A *title*\n\n> quote\n\nWhat [it](x) **says**.");
const notebook = notebookOf(title, ran, "2");

it("reads title, summary, cells, time and failure from an executed notebook", () => {
  const words = { title: "A title", summary: "What it says." };
  expect(describeNotebook(notebookOf("1"), "01-a")).toEqual({ title: "01-a", summary: "" });
  const entry = { fileName: "01-a.html", ...words, cells: 1, seconds: 2.5, failed: false };
  expect(indexEntry(notebook, "01-a")).toEqual(entry);
  const error = { output_type: "error" as const, ename: "E", evalue: "", traceback: [] };
  expect(indexEntry(notebookOf({ ...ran, outputs: [error] }), "01-a").failed).toBe(true);
});

it("writes the notebook, its page, and an index that keeps those of earlier runs", () => {
  for (const name of ["01-a", "02-b"]) {
    writeNotebook(folder, name, notebook);
    writePages(folder, name, notebook, byRun);
  }
  const files = readdirSync(folder).sort();
  expect(files).toEqual(["01-a.html", "01-a.ipynb", "02-b.html", "02-b.ipynb"]);
  expect(JSON.parse(readFileSync(join(folder, "01-a.ipynb"), "utf8"))).toEqual(notebook);
  for (const name of ["03-broken.ipynb", "03-broken.html"]) writeFileSync(join(folder, name), "{");
  const entry = { ...indexEntry(notebook, "02-b"), title: "From this run" };
  const index = readFileSync(writeIndex(folder, [entry]), "utf8");
  expect(index).toContain('href="01-a.html"');
  expect(index).toContain("From this run");
  expect(index).not.toContain("03-broken");
});

it("writes slides too, where a notebook has any, and the index leads to them", () => {
  const slide = markdownCell("# Talk");
  slide.metadata.slideshow = { slide_type: "slide" };
  writeNotebook(folder, "01-a", notebookOf(slide));
  writePages(folder, "01-a", notebookOf(slide), byRun);
  const index = () => readFileSync(writeIndex(folder, []), "utf8");
  expect(index()).toContain('<a href="01-a.slides.html">slides</a>');
  expect(readFileSync(join(folder, "01-a.html"), "utf8")).toContain('href="01-a.slides.html"');
  // Half a report is not for an audience, and neither is the last one that was whole.
  writePages(folder, "01-a", notebookOf(slide), { ...byRun, failed: true });
  expect(existsSync(join(folder, "01-a.slides.html"))).toBe(false);
  expect(index()).not.toContain("slides");
});

it("says in one line what cannot be written, and leaves nothing behind", () => {
  const file = join(folder, "file");
  writeFileSync(file, "");
  expect(() => prepareOutDir(file)).toThrow(`${file} cannot be written: a file is in the way`);
  expect(() => prepareOutDir(join(file, "out"))).toThrow("a part of the path is not a folder");
  expect(() => writeNotebook(join(file, "none"), "a", notebook)).toThrow(WriteError);
  expect(readdirSync(folder)).toEqual(["file"]);
});
