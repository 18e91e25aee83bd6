import { accessSync, constants, existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { makeFolder } from "../keep/own-folder";
import { replaceFile, sweepUnfinished } from "../keep/replaced-file";
import { inOneLine } from "../keep/write-error";
import { checkClaims } from "../notebook/claims/check-claims";
import type { IndexEntry } from "../notebook/html/index-page";
import { joinText, type Notebook } from "../notebook/nbformat";
import { hasSlides } from "../notebook/slides/slides-of";

/** Makes the folder and checks that files can be made in it, before anything runs. */
export function prepareOutDir(folder: string): void {
  inOneLine(folder, () => {
    makeFolder(folder);
    accessSync(folder, constants.W_OK);
    sweepUnfinished(folder);
  });
}

/** The executed notebook as Jupyter would save it. */
export function writeNotebook(folder: string, name: string, notebook: Notebook): string {
  return writeResult(folder, `${name}.ipynb`, `${JSON.stringify(notebook, null, 1)}\n`);
}

/** What makes the pages; handed in, for it takes a while to load and is needed late. */
export interface PageMakers {
  notebookToHtml: typeof import("../notebook/html/export-html")["notebookToHtml"];
  indexPage: typeof import("../notebook/html/index-page")["indexPage"];
}

/** A page as others link to it. */
export interface PageLink {
  href: string;
  title: string;
}

/** The link to a notebook's page, beside which it lies. */
export function pageLink(name: string, notebook: Notebook): PageLink {
  return { href: `${name}.html`, title: describeNotebook(notebook, name).title };
}

function today(): string {
  return new Date().toLocaleString("en-US", { dateStyle: "long", timeStyle: "short" });
}

/** The notebook as a page, with links to the pages before and after it. */
export function writePage(
  folder: string,
  name: string,
  notebook: Notebook,
  { notebookToHtml }: PageMakers,
  { pages = [], failed = false }: { pages?: PageLink[]; failed?: boolean } = {},
): string {
  const html = notebookToHtml(notebook, {
    fileName: `${name}.ipynb`,
    title: describeNotebook(notebook, name).title,
    generatedAt: `run on ${today()}`,
    homeHref: "index.html",
    ...(!failed && hasSlides(notebook) && { slidesHref: slidesName(name) }),
    pages,
  });
  return writeResult(folder, `${name}.html`, html);
}

/** What makes slides; handed in as the makers of pages are. */
export type SlidesMaker = Pick<
  typeof import("../notebook/slides/notebook-to-slides"),
  "notebookToSlides"
>;

/** The name of a notebook's slides, which lie beside its page. */
function slidesName(name: string): string {
  return `${name}.slides.html`;
}

/**
 * The notebook as slides, if it is meant to be presented. Slides of an earlier run go where there
 * are none to take their place.
 *
 * @param failed whether the notebook failed: half a report is not for an audience
 */
export function writeSlides(
  folder: string,
  name: string,
  notebook: Notebook,
  { notebookToSlides }: SlidesMaker,
  { failed = false } = {},
): string | null {
  if (failed || !hasSlides(notebook)) {
    const path = join(folder, slidesName(name));
    inOneLine(path, () => rmSync(path, { force: true }));
    return null;
  }
  const html = notebookToSlides(notebook, {
    fileName: `${name}.ipynb`,
    title: describeNotebook(notebook, name).title,
    generatedAt: `run on ${today()}`,
    pageHref: `${name}.html`,
  });
  return writeResult(folder, slidesName(name), html);
}

/** The page that leads to all results in the folder, those of earlier runs included. */
export function writeIndex(
  folder: string,
  entries: IndexEntry[],
  { indexPage }: PageMakers,
): string {
  const known = new Set(entries.map((entry) => entry.fileName));
  const all = [...entries, ...earlierEntries(folder, known)].map((entry) => {
    const slides = slidesName(basename(entry.fileName, ".html"));
    return existsSync(join(folder, slides)) ? { ...entry, slides } : entry;
  });
  all.sort((a, b) => (a.fileName < b.fileName ? -1 : 1));
  return writeResult(folder, "index.html", indexPage(all));
}

/** A notebook's first heading and the first paragraph below it, as plain text. */
export function describeNotebook(
  notebook: Notebook,
  name: string,
): { title: string; summary: string } {
  const text = notebook.cells
    .filter((cell) => cell.cell_type === "markdown")
    .map((cell) => joinText(cell.source))
    .join("\n\n");
  const heading = /^#\s+(\S.*)$/m.exec(text);
  const below = heading ? text.slice(heading.index + heading[0].length) : text;
  const summary = below
    .split(/\n\s*\n/)
    .map((block) => block.trim())
    .find((block) => block !== "" && !/^([#>|`<]|[*+-]\s|\d+\.\s)/.test(block));
  return { title: plain(heading?.[1] ?? name), summary: plain(summary ?? "") };
}

/** What an executed notebook says about its own run. */
export function indexEntry(notebook: Notebook, name: string): IndexEntry {
  let cells = 0;
  let milliseconds = 0;
  let failed = checkClaims(notebook).length > 0;
  for (const cell of notebook.cells) {
    if (cell.cell_type !== "code") continue;
    if (cell.execution_count !== null) cells++;
    failed ||= cell.outputs.some((output) => output.output_type === "error");
    const times = (cell.metadata.execution ?? {}) as Record<string, string>;
    const took =
      Date.parse(times["iopub.status.idle"] ?? "") - Date.parse(times["iopub.status.busy"] ?? "");
    if (took > 0) milliseconds += took;
  }
  const { title, summary } = describeNotebook(notebook, name);
  return { fileName: `${name}.html`, title, summary, cells, seconds: milliseconds / 1000, failed };
}

function earlierEntries(folder: string, known: Set<string>): IndexEntry[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".ipynb"))
    .map((file) => basename(file, ".ipynb"))
    .filter((name) => !known.has(`${name}.html`) && existsSync(join(folder, `${name}.html`)))
    .flatMap((name) => {
      try {
        const text = readFileSync(join(folder, `${name}.ipynb`), "utf8");
        return [indexEntry(JSON.parse(text) as Notebook, name)];
      } catch {
        // Not one of ours, or damaged: then the index does without it.
        return [];
      }
    });
}

function writeResult(folder: string, file: string, text: string): string {
  const path = join(folder, file);
  inOneLine(path, () => replaceFile(path, text));
  return path;
}

/** Markdown's marks taken away: the text is for a list of contents. */
function plain(markdown: string): string {
  return (
    markdown
      // What turns out to be no link is taken all the same: looking at it again could take forever.
      .replace(/!?\[([^\]]*)(?:\](?:\([^)]*(\))?)?)?/g, (whole, words, end) =>
        end ? words : whole,
      )
      .replace(/(\*\*|__|\*|`)(.+?)\1/g, "$2")
      .replace(/\s+/g, " ")
      .trim()
  );
}
