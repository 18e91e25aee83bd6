import { counted, formatCount } from "../../words/format-words";
import { visibleText } from "../../words/visible-text";
import { escapeHtml, shownHtml } from "../show/escape-html";

const FILTERED = 9;

export interface TableToolsOptions {
  rows: number;
  total?: number;
  name: string;
}

/** The page's script sorts by it. */
export function sortableHead(html: string, attributes = ""): string {
  return `<th scope="col" aria-sort="none"${attributes}><button type="button">${html}</button></th>`;
}

/** Empty for a short table. */
export function tableFilter({ rows, name }: TableToolsOptions): string {
  if (rows < FILTERED) return "";
  return (
    `<p class="table-filter"><label>Filter rows <input type="search" autocomplete="off" spellcheck="false" ` +
    `aria-label="Filter rows of ${shownHtml(name, 100)}"></label> <output></output></p>`
  );
}

export function csvButton({ rows, total = rows, name }: TableToolsOptions): string {
  const isAll = rows >= total;
  const share = isAll ? "all" : `the first ${formatCount(rows)} of`;
  const label = escapeHtml(
    `Save ${share} ${counted(total, "row")} of ${visibleText(name, { max: 100 })} as CSV`,
  );
  return (
    `<button type="button" class="small csv" title="${label}" aria-label="CSV: ${label}" ` +
    `data-file="${escapeHtml(fileName(name, rows, total))}">CSV</button>`
  );
}

/** As in `pages-per-user-10-of-1018-rows.csv`. */
function fileName(name: string, rows: number, total: number): string {
  const words = name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 60)
    .replace(/^-|-$/g, "");
  const count = rows >= total ? `${rows}` : `${rows}-of-${total}`;
  return `${words || "table"}-${count}-${total === 1 ? "row" : "rows"}.csv`;
}
