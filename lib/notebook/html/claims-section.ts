import { counted, formatCount } from "../../words/format-words";
import { escapeHtml, shownHtml } from "../show/escape-html";
import type { ClaimRow } from "./claim-rows";
import type { PageContext } from "./page-context";
import { csvButton, sortableHead, tableFilter } from "./table-tools";

const TITLE = "Where the numbers come from";
const HEADS = ["What it is", "As shown", "Exact value", "Function", "Computed twice", "Said in"];

/** The last section: where numbers come from. On paper, a sentence. */
export function claimsHtml(context: PageContext, { allBound = false } = {}): string {
  const { rows } = context.claims;
  if (rows.length === 0) return "";
  const id = context.anchor(TITLE);
  context.headings.push({ id, level: 2, text: TITLE });
  const isOne = rows.length === 1;
  const tools = { rows: rows.length, name: TITLE };
  const head = HEADS.map((name) => sortableHead(`<span class="name">${name}</span>`));
  return `<section class="claims" aria-labelledby="${id}">
<h2 id="${id}">${TITLE}</h2>
<p>${counted(rows.length, "value")} in the text ${isOne ? "is" : "are"} taken from the results of ${sourcesOf(rows)} of this project's library, anew on each run.${checkedTwice(rows)}${allBound ? " No number in the text was typed by hand." : ""}</p>
<details id="page-claims"><summary>${isOne ? "The value, with its source" : `All ${formatCount(rows.length)} values, with their sources`}</summary>
<div class="output table">${tableFilter(tools)}<div class="table-box" role="group" tabindex="0" aria-label="${TITLE}"><table>
<thead><tr>${head.join("")}</tr></thead>
<tbody>${rows.map(rowHtml).join("\n")}</tbody></table></div><div class="table-foot">${csvButton(tools)}</div></div></details>
</section>`;
}

function sourcesOf(rows: readonly ClaimRow[]): string {
  return counted(new Set(rows.map(({ from }) => from)).size, "function");
}

function checkedTwice(rows: readonly ClaimRow[]): string {
  const checked = rows.filter((row) => row.checked).length;
  if (checked === 0) return "";
  return ` ${formatCount(checked)} of them ${checked === 1 ? "was" : "were"} computed a second time in another way, with the same result.`;
}

function rowHtml({ what, value, from, checked, shown, places }: ClaimRow, index: number): string {
  const links = [...places].map(
    ([anchor, section]) =>
      `<a href="#${escapeHtml(anchor)}">${shownHtml(section || "Top", 60)}</a>`,
  );
  const cell = (text: string) => `<td class="words">${shownHtml(text, 200)}</td>`;
  return (
    `<tr id="page-claim-${index + 1}">${cell(what)}${cell(shown.join(" · "))}` +
    (typeof value === "number"
      ? `<td class="number" data-v="${value}">${value}</td>`
      : cell(value ?? "none")) +
    `<td><code>${shownHtml(from, 80)}</code></td>` +
    `<td>${checked ? "yes" : "no"}</td><td class="words">${links.join(", ")}</td></tr>`
  );
}
