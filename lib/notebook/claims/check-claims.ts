import type { Figure } from "../../plot/figure";
import { figureTitle } from "../../plot/figure-text";
import { formatCount } from "../../words/format-words";
import { type Claim, typedNumbers } from "../../words/prose";
import { visibleText } from "../../words/visible-text";
import { joinText, type MultilineText, type Notebook, type Output } from "../nbformat";
import { FIGURE_MIME, TABLE_MIME } from "../show/mime-types";
import { readLedger } from "./read-ledger";

/** A number in an executed notebook that is not what it should be. */
export interface ClaimProblem {
  /** 1-based, among all cells. */
  cell: number;
  /** The cell's id in the notebook. */
  id: string;
  /** What is wrong, and what to do about it, in a line. */
  message: string;
}

/** True where a notebook's metadata asks for it: `"curriculum_logs": { "claims": "required" }`. */
export function requiresClaims({ metadata }: Notebook): boolean {
  const settings = metadata.curriculum_logs as { claims?: unknown } | undefined;
  return settings?.claims === "required";
}

/**
 * What is wrong with the numbers of an executed notebook, by cell; nothing where its metadata does
 * not ask for claims.
 *
 * - prose holds no number but claims, and each claim is in its text as it says
 * - Markdown cells hold no number: what they say is true on one log only (names in code, addresses
 *   and the numbers of list items and headings are none)
 * - nothing is printed or displayed as plain text that holds a number
 * - a claim (what it is, and the function it is from) has one value throughout; ids and other
 *   names may differ
 * - titles of figures and tables show no number that no claim shows; a name with letters and
 *   digits is a name, tables, axes and figures' descriptions are data
 */
export function checkClaims(notebook: Notebook): ClaimProblem[] {
  if (!requiresClaims(notebook)) return [];
  const problems: ClaimProblem[] = [];
  const claims: Claim[] = [];
  const first = new Map<string, { value: Claim["value"]; cell: number }>();
  const titles: { cell: number; id: string; kind: string; title: string }[] = [];
  for (const [index, { id, ...cell }] of notebook.cells.entries()) {
    const at = { cell: index + 1, id };
    const add = (message: string) => problems.push({ ...at, message });
    if (cell.cell_type === "markdown") {
      for (const number of typedNumbers(joinText(cell.source))) {
        add(
          `${quoted(number)} is typed in a Markdown cell: compute it and say it in prose as a claim, or say it without a number`,
        );
      }
    }
    if (cell.cell_type !== "code") continue;
    for (const output of cell.outputs) {
      const title = titleOf(output);
      if (title) titles.push({ ...at, ...title });
      const words = wordsOf(output);
      if (words === null) continue;
      const ledger = readLedger(words.metadata);
      if (!ledger) {
        const number = typedNumbers(words.text)[0];
        if (number) {
          add(
            `${quoted(number)} is in text that is not prose: show it with show(prose\`...\`), numbers as claims`,
          );
        }
        continue;
      }
      for (const number of ledger.unbound) {
        add(
          `${quoted(number)} in prose is no claim: put in claim("what it is", value), from claimsFrom("the function it is from")`,
        );
      }
      for (const claim of ledger.claims) {
        claims.push(claim);
        if (!words.text.includes(claim.shown)) {
          add(
            `the claim ${quoted(claim.what)} says that it is shown as ${quoted(claim.shown)}, which the text does not hold`,
          );
        }
        const key = JSON.stringify([claim.what, claim.from]);
        const before = first.get(key);
        if (!before) first.set(key, { value: claim.value, cell: at.cell });
        else if (before.value !== claim.value && !(isName(before.value) && isName(claim.value))) {
          add(
            `${quoted(claim.what)} (${claim.from}) is ${claim.value} here, but ${before.value} in cell ${before.cell}: say in its name what sets the two apart, or find out which is wrong`,
          );
        }
      }
    }
  }
  const claimed = new Set(claims.flatMap(numbersOf));
  for (const { title, kind, ...at } of titles) {
    for (const number of numbersIn(title)) {
      if (claimed.has(number)) continue;
      problems.push({
        ...at,
        message: `${quoted(number)} in a ${kind}'s title is shown by no claim of this notebook: say it in prose as a claim, shown the same way, or leave it out of the title`,
      });
    }
  }
  return problems.sort((one, other) => one.cell - other.cell);
}

/** Text of an output that a reader takes for words, and what is known of it. */
function wordsOf(output: Output): { text: string; metadata: unknown } | null {
  if (output.output_type === "stream") {
    return output.name === "stdout" ? { text: joinText(output.text), metadata: null } : null;
  }
  if (output.output_type === "error") return null;
  const { data, metadata } = output;
  const markdown = data["text/markdown"];
  if (markdown !== undefined) {
    const text = joinText((data["text/plain"] ?? markdown) as MultilineText);
    return { text, metadata: metadata["text/markdown"] };
  }
  const isPlain = Object.keys(data).every((type) => type === "text/plain");
  return isPlain
    ? { text: joinText((data["text/plain"] ?? "") as MultilineText), metadata: null }
    : null;
}

function titleOf(output: Output): { kind: string; title: string } | null {
  if (output.output_type !== "display_data" && output.output_type !== "execute_result") return null;
  const { data, metadata } = output;
  if (data[FIGURE_MIME] !== undefined) {
    return { kind: "figure", title: figureTitle(data[FIGURE_MIME] as Figure) };
  }
  if (data[TABLE_MIME] === undefined) return null;
  const { title } = (metadata[TABLE_MIME] ?? {}) as { title?: unknown };
  return { kind: "table", title: typeof title === "string" ? title : "" };
}

/** Ids and names are text; days are text, too, but are measured. */
function isName(value: Claim["value"]): boolean {
  return value === null || (typeof value === "string" && !/^\d{4}-\d\d-\d\d/.test(value));
}

/** Every way in which a title may show a claim: as the text does, or as a number or day is. */
function numbersOf({ value, shown }: Claim): string[] {
  const day = typeof value === "string" ? /^(\d{4})-(\d\d)-(\d\d)/.exec(value) : null;
  const ways = [
    ...numbersIn(shown),
    ...(typeof value === "number" ? [String(value), formatCount(value)] : []),
    ...(typeof value === "string" ? numbersIn(value) : []),
    ...(day ? [day[0], ...day.slice(1).map((part) => String(Number(part)))] : []),
  ];
  return ways;
}

/** Numbers in a title or a claim, without the marks around them; `1-fundamentals` is a name. */
function numbersIn(text: string): string[] {
  return (text.match(/[\p{L}\p{N}.,%:/_-]+/gu) ?? [])
    .map((run) => run.replace(/^(?:[^\p{N},%:]*[,%:])+/u, ""))
    .map((token) => token.replace(/^[._/-]+/, "").replace(/(?<![.,:/_-])[.,:/_-]+$/, ""))
    .filter((token) => /^\d[\d.,:/-]*(?:%|x|k|m|st|nd|rd|th)?$/i.test(token));
}

function quoted(text: string): string {
  return `“${visibleText(text, { max: 60 })}”`;
}
