import { counted } from "../../words/format-words";
import { visibleText } from "../../words/visible-text";
import { type ClaimProblem, checkClaims, requiresClaims } from "../claims/check-claims";
import { type Notebook, projectSettings } from "../nbformat";
import { escapeHtml, shownHtml } from "../show/escape-html";
import { cellToHtml } from "./cells";
import { claimsHtml } from "./claims-section";
import { type Heading, PageContext } from "./page-context";
import { pageShell } from "./page-shell";

export interface HtmlOptions {
  fileName: string;
  title?: string;
  /** In words; without it, equal notebooks give equal pages. */
  generatedAt?: string;
  homeHref?: string;
  slidesHref?: string;
  /** All pages in order, for "previous" and "next". */
  pages?: readonly { href: string; title: string }[];
}

/**
 * An executed notebook as one HTML file without network. Security: it runs only its own scripts;
 * figures and tables are drawn from data, and cells' HTML is sanitized. Tags of cells: `parameters`
 * shows code, `hide-code` folds it always, `page-break`; outputs become tiles (`key-figures`),
 * `badge`, `single-slide`, `answer`, a letter (`email`). `"layout": "report"` hides code.
 */
export function notebookToHtml(notebook: Notebook, options: HtmlOptions): string {
  const context = new PageContext({ tools: true });
  const cells = notebook.cells.map((cell) => cellToHtml(cell, context)).filter(Boolean);
  const problems = checkClaims(notebook);
  const allBound = requiresClaims(notebook) && problems.length === 0;
  const claims = claimsHtml(context, { allBound });
  const title = visibleText(options.title ?? (context.titleText || options.fileName));
  const heading = options.title ? escapeHtml(title) : context.titleHtml || escapeHtml(title);
  const isReport = projectSettings(notebook).layout === "report";
  const body = `<div class="page${isReport ? " report" : ""}">
${contentsHtml(context.headings)}
<main id="page-main" tabindex="-1">
<article>
<header class="head"><h1>${heading}</h1>
<p class="about">${aboutHtml(notebook, options)}</p>
${context.badges.join("\n")}</header>
${errorNotice(context)}${claimsNotice(problems)}${cells.join("\n")}
${claims}
</article>
${siblingsHtml(options)}
</main>
</div>`;
  return pageShell({
    title,
    navigation: navigationHtml(options),
    switches:
      '<button type="button" class="switch" data-switch="code" aria-pressed="false">Code</button>',
    body,
    hasFigures: context.figures > 0,
  });
}

function contentsHtml(headings: readonly Heading[]): string {
  const listed = headings.filter(({ level }) => level <= 3);
  if (listed.length < 2) return "";
  const items = listed.map(({ id, level, text }, index) => {
    const isInner = level === 3 && index > 0;
    return `<li${isInner ? ' class="inner"' : ""}><a href="#${escapeHtml(id)}">${escapeHtml(text)}</a></li>`;
  });
  return (
    `<nav class="contents" aria-label="Contents"><details open><summary>Contents</summary>\n` +
    `<ol>${items.join("\n")}</ol></details></nav>`
  );
}

function aboutHtml(notebook: Notebook, { fileName, generatedAt }: HtmlOptions): string {
  const cells = notebook.cells.filter((cell) => cell.cell_type === "code").length;
  const from = `From the notebook <code>${shownHtml(fileName)}</code>`;
  const parts = [from, counted(cells, "code cell"), escapeHtml(generatedAt ?? "")];
  return parts.filter(Boolean).join(" · ");
}

function errorNotice({ firstError }: PageContext): string {
  return firstError
    ? `<p class="notice">This notebook stopped at an error: <a href="#${escapeHtml(firstError)}">go to the cell that failed</a>.</p>\n`
    : "";
}

const MOST_PROBLEMS = 10;

function claimsNotice(problems: readonly ClaimProblem[]): string {
  if (problems.length === 0) return "";
  const items = problems
    .slice(0, MOST_PROBLEMS)
    .map(({ cell, message }) => `<li>Cell ${cell}: ${escapeHtml(message)}</li>`);
  const more = problems.length - items.length;
  if (more > 0) items.push(`<li>${more} more</li>`);
  return `<div class="notice"><p>Not every number on this page is known to be right.</p><ul>${items.join("")}</ul></div>\n`;
}

function navigationHtml({ homeHref, slidesHref }: HtmlOptions): string {
  const link = (href: string | undefined, words: string) =>
    href ? `<a class="home" href="${escapeHtml(href)}">${words}</a>` : "";
  const links = link(homeHref, "All notebooks") + link(slidesHref, "Slides");
  return links ? `<nav aria-label="Site">${links}</nav>` : "<span></span>";
}

function siblingsHtml({ pages = [], fileName }: HtmlOptions): string {
  const page = fileName.replace(/\.ipynb$/, ".html");
  const here = pages.findIndex(({ href }) => href === page);
  if (here < 0) return "";
  const link = (place: number, rel: string, words: string) => {
    const target = pages[place];
    return target
      ? `<a class="sibling" rel="${rel}" href="${escapeHtml(target.href)}"><span>${words}</span>${escapeHtml(target.title)}</a>`
      : "<span></span>";
  };
  return `<nav class="siblings" aria-label="Other notebooks">${link(here - 1, "prev", "Previous")}${link(here + 1, "next", "Next")}</nav>`;
}
