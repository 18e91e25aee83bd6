import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { inOneLine } from "../keep/write-error";
import { notebookToHtml } from "../notebook/html/export-html";
import { type IndexEntry, indexPage } from "../notebook/html/index-page";
import type { Notebook } from "../notebook/nbformat";
import { notebookToSlides } from "../notebook/slides/notebook-to-slides";
import { hasSlides } from "../notebook/slides/slides-of";
import { describeNotebook, indexEntry } from "./describe-notebook";
import { dayAndMinute } from "./surroundings";
import { writeResult } from "./write-results";

/**
 * @param pages all of them in order, for links to the neighbors
 * @param at when the notebook ran
 * @param failed gets no slides
 * @returns the files
 */
export function writePages(
  folder: string,
  name: string,
  notebook: Notebook,
  { pages, at, failed }: { pages: { href: string; title: string }[]; at: string; failed: boolean },
): string[] {
  const slides = `${name}.slides.html`;
  const isShown = !failed && hasSlides(notebook);
  const shared = {
    fileName: `${name}.ipynb`,
    title: describeNotebook(notebook, name).title,
    generatedAt: `run on ${dayAndMinute(at)}`,
  };
  const links = { homeHref: "index.html", slidesHref: isShown ? slides : undefined, pages };
  const page = notebookToHtml(notebook, { ...shared, ...links });
  const written = [writeResult(folder, `${name}.html`, page)];
  if (isShown) {
    const deck = notebookToSlides(notebook, { ...shared, pageHref: `${name}.html` });
    written.push(writeResult(folder, slides, deck));
  } else {
    // An earlier run's slides go.
    inOneLine(join(folder, slides), () => rmSync(join(folder, slides), { force: true }));
  }
  return written;
}

/** The page that leads to all results in the folder, also of earlier runs. */
export function writeIndex(folder: string, entries: IndexEntry[]): string {
  const known = new Set(entries.map((entry) => entry.fileName));
  const all = [...entries, ...earlierEntries(folder, known)].map((entry) => {
    const slides = `${basename(entry.fileName, ".html")}.slides.html`;
    return existsSync(join(folder, slides)) ? { ...entry, slides } : entry;
  });
  all.sort((a, b) => (a.fileName < b.fileName ? -1 : 1));
  return writeResult(folder, "index.html", indexPage(all));
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
        // Not ours, or damaged.
        return [];
      }
    });
}
