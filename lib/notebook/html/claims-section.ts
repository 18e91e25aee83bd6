import { counted, formatCount } from "../../words/format-words";
import { visibleText } from "../../words/visible-text";
import { escapeHtml } from "../show/escape-html";
import type { ClaimRow } from "./claim-rows";
import type { PageContext } from "./page-context";
import { csvButton, tableFilter } from "./table-tools";

/**
 * The page's last section: where its numbers come from, as a list that opens. On paper, a sentence.
 *
 * @param allBound whether it is known that the text holds no other numbers
 */
export function claimsHtml(context: PageContext, { allBound = false } = {}): string {
  const { rows } = context.claims;
  if (rows.length === 0) return "";
  const title = "Where the numbers come from";
  const id = context.anchor(title);
  context.headings.push({ id, level: 2, text: title });
  const sources = new Set(rows.map(({ from }) => from)).size;
  const checked = rows.filter((row) => row.checked).length;
  const again =
    checked > 0
      ? ` ${formatCount(checked)} of them ${checked === 1 ? "was" : "were"} computed a second time in another way, with the same result.`
      : "";
  const none = allBound ? " No number in the text was typed by hand." : "";
  const heads = ["What it is", "As shown", "Exact value", "Function", "Computed twice", "Said in"];
  const head = heads.map(
    (name) =>
      `<th scope="col" aria-sort="none"><button type="button"><span class="name">${name}</span></button></th>`,
  );
  const size = counted(rows.length, "value");
  const tools = { rows: rows.length, name: title };
  return `<section class="claims" aria-labelledby="${id}">
<h2 id="${id}">${title}</h2>
<p>${size} in the text ${rows.length === 1 ? "is" : "are"} taken from the results of ${counted(sources, "function")} of this project's library, anew on each run.${again}${none}</p>
<details id="page-claims"><summary>${rows.length === 1 ? "The value, with its source" : `All ${formatCount(rows.length)} values, with their sources`}</summary>
<div class="output table">${tableFilter(tools)}<div class="table-box" role="group" tabindex="0" aria-label="${title}"><table>
<thead><tr>${head.join("")}</tr></thead>
<tbody>${rows.map(rowHtml).join("\n")}</tbody></table></div><div class="table-foot">${csvButton(tools)}</div></div></details>
</section>`;
}

function rowHtml({ what, value, from, checked, shown, places }: ClaimRow, index: number): string {
  const links = [...places].map(
    ([anchor, section]) =>
      `<a href="#${escapeHtml(anchor)}">${escapeHtml(visibleText(section || "Top", { max: 60 }))}</a>`,
  );
  const cell = (text: string) =>
    `<td class="words">${escapeHtml(visibleText(text, { max: 200 }))}</td>`;
  return (
    `<tr id="page-claim-${index + 1}">${cell(what)}${cell(shown.join(" · "))}` +
    (typeof value === "number"
      ? `<td class="number" data-v="${value}">${value}</td>`
      : cell(value ?? "none")) +
    `<td><code>${escapeHtml(visibleText(from, { max: 80 }))}</code></td>` +
    `<td>${checked ? "yes" : "no"}</td><td class="words">${links.join(", ")}</td></tr>`
  );
}
