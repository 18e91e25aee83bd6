import type { FlagCard } from "../../detect/compare/flag-card";
import type { DisplayBundle } from "../../tell/display";
import { counted, formatCount, formatNumber, formatPercent } from "../../words/format-words";
import { visibleText } from "../../words/visible-text";
import { escapeHtml, WITHOUT_TEX } from "./escape-html";
import { tableData } from "./table-data";

export interface ShowFlagCardOptions {
  /** Whether the card is open at first (false). */
  open?: boolean;
}

/** A line that opens, in HTML without scripts; and plain text. */
export function flagCardBundle(
  card: FlagCard,
  { open = false }: ShowFlagCardOptions = {},
): DisplayBundle {
  const title = titleOf(card);
  const facts = factsOf(card);
  const found = detectorsOf(card);
  const innocent = card.innocent.map(({ explanation, evidence, fits }) => ({
    verdict: fits ? "Fits" : "Does not fit",
    explanation,
    evidence,
  }));
  const lines = logLines(card);
  const count = counted(lines.length, "log line");

  const rows = facts.map(
    ([name, value]) =>
      `<tr><th scope="row" style="text-align:left">${escapeHtml(name)}</th><td style="text-align:left">${escapeHtml(value)}</td></tr>`,
  );
  const findings = found.map((text) => `<li>${escapeHtml(text)}</li>`);
  const others = innocent.map(
    ({ verdict, explanation, evidence }) =>
      `<li><strong>${verdict}.</strong> ${escapeHtml(explanation)} <em>${escapeHtml(evidence)}</em></li>`,
  );
  const html =
    `<details class="${WITHOUT_TEX}"${open ? " open" : ""}><summary><strong>${escapeHtml(title)}</strong></summary>` +
    `<table><tbody>${rows.join("")}</tbody></table>` +
    (found.length > 0
      ? `<p><strong>What was found</strong></p><ul>${findings.join("")}</ul>`
      : "") +
    `<p><strong>What else it could be</strong></p><ul>${others.join("")}</ul>` +
    `<details><summary>${count}</summary><pre>${escapeHtml(lines.join("\n"))}</pre></details></details>`;
  const text = [
    title,
    ...facts.map(([name, value]) => `${name}: ${value}`),
    ...found,
    ...innocent.map((each) => `${each.verdict}: ${each.explanation} ${each.evidence}`),
    count,
  ];
  return { data: { "text/html": html, "text/plain": text.join("\n") }, metadata: {} };
}

function titleOf({ userId, date, actual, expected }: FlagCard): string {
  const usual = expected === null ? "" : `, where ${formatNumber(expected, 1)} were to be expected`;
  return `User ${userId} on ${date}: ${counted(actual, "page")}${usual}`;
}

function factsOf(card: FlagCard): [name: string, value: string][] {
  const { span, k, limit, pctB, ceiling, expected, history, peers } = card;
  const short = (text: string) => visibleText(text, { max: 80 });
  const band =
    limit === null || pctB === null
      ? "no band: the first day, or nothing ever changed"
      : `above ${formatNumber(limit, 1)} pages a day is flagged; %b is ${formatNumber(pctB, 3)} (1 is the upper band)`;
  const reach =
    ceiling === null
      ? "no day can be flagged yet"
      : `the highest possible %b is ${formatNumber(ceiling, 3)}: ${ceiling > 1 ? "the day could be flagged" : "no day could be flagged"}`;
  const usual =
    expected === null ? "nothing to expect it from" : `${formatNumber(expected, 1)} expected`;
  const among = `more pages than on ${formatPercent(card.percentile, 2)} of the ${formatCount(peers.days)} user-days of ${short(peers.of)}`;
  const past = `${formatCount(history.days)} days, ${formatCount(history.activeDays)} of them with pages; ${reach}`;
  return [
    ["Whose", `${short(card.cohort ?? "no cohort")}, ${short(card.program ?? "no program")}`],
    [`Rule: Bollinger bands, span ${span} days, K ${k}`, band],
    ["Expected and actual", `${usual}, ${formatCount(card.actual)} opened`],
    ["Among peers", among],
    ["History", past],
  ];
}

function detectorsOf({ detectors }: FlagCard): string[] {
  return tableData(detectors).data.map((row) => {
    const score = Number(row.score);
    const says = row.finding ?? (score > 1 ? "Flagged." : "Not flagged.");
    const rule = row.rule === null ? "" : ` (flags ${row.rule})`;
    return `${row.detector}${rule}, score ${formatNumber(score, 2)}: ${visibleText(String(says), { max: 600 })}`;
  });
}

/** As in the log's text file: single spaces, nothing for missing values. */
function logLines({ lines }: FlagCard): string[] {
  return tableData(lines).data.map((row) =>
    Object.values(row)
      .map((value) => (value === null ? "" : visibleText(String(value), { max: 300 })))
      .join(" "),
  );
}
