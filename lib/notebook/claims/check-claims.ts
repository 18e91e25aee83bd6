import type { Figure } from "../../plot/figure";
import { figureTitle } from "../../plot/figure-text";
import { formatCount } from "../../words/format-words";
import { type Claim, typedNumbers } from "../../words/prose";
import { visibleText } from "../../words/visible-text";
import {
  joinText,
  type MultilineText,
  type Notebook,
  type Output,
  projectSettings,
} from "../nbformat";
import { FIGURE_MIME, TABLE_MIME } from "../show/mime-types";
import { readLedger } from "./read-ledger";

export interface ClaimProblem {
  cell: number;
  id: string;
  message: string;
}

/** Whether the metadata has `"curriculum_logs": { "claims": "required" }`. */
export function requiresClaims(notebook: Notebook): boolean {
  return projectSettings(notebook).claims === "required";
}

/**
 * What is wrong with the numbers of an executed notebook that asks for claims:
 *
 * - prose and Markdown hold no number but claims, and each claim is in its text as it says
 * - nothing printed or displayed as plain text holds a number
 * - a claim (meaning and function) has one value throughout; ids and names may differ
 * - titles of figures and tables show no number without a claim
 */
export function checkClaims(notebook: Notebook): ClaimProblem[] {
  if (!requiresClaims(notebook)) return [];
  const claimed = new Set<string>();
  const first = new Map<string, { value: Claim["value"]; cell: number }>();
  const problems = notebook.cells.flatMap((cell, index) => {
    const messages =
      cell.cell_type === "markdown"
        ? typedNumbers(joinText(cell.source)).map(typedByHand)
        : cell.cell_type === "code"
          ? cell.outputs.flatMap((output) => wordsProblems(output, index + 1))
          : [];
    return messages.map((message) => ({ cell: index + 1, id: cell.id, message }));
  });
  const inTitles = notebook.cells.flatMap((cell, index) => {
    const outputs = cell.cell_type === "code" ? cell.outputs : [];
    const messages = outputs.flatMap((output) => titleProblems(output, claimed));
    return messages.map((message) => ({ cell: index + 1, id: cell.id, message }));
  });
  return [...problems, ...inTitles].sort((one, other) => one.cell - other.cell);

  function wordsProblems(output: Output, cell: number): string[] {
    const words = wordsOf(output);
    if (words === null) return [];
    const ledger = readLedger(words.metadata);
    if (!ledger) return typedNumbers(words.text).slice(0, 1).map(notProse);
    return [
      ...ledger.unbound.map(unbound),
      ...ledger.claims.flatMap((claim) => {
        for (const number of numbersOf(claim)) claimed.add(number);
        const { what, shown } = claim;
        const isShown = words.text.includes(shown);
        const missing = `the claim ${quoted(what)} says that it is shown as ${quoted(shown)}, which the text does not hold`;
        return [...(isShown ? [] : [missing]), ...otherValue(claim, cell)];
      }),
    ];
  }

  function otherValue({ what, from, value }: Claim, cell: number): string[] {
    const key = JSON.stringify([what, from]);
    const before = first.get(key) ?? { value, cell };
    first.set(key, before);
    if (before.value === value || (isName(before.value) && isName(value))) return [];
    return [
      `${quoted(what)} (${from}) is ${value} here, but ${before.value} in cell ${before.cell}: say in its name what sets the two apart, or find out which is wrong`,
    ];
  }
}

const typedByHand = (number: string) =>
  `${quoted(number)} is typed in a Markdown cell: compute it and say it in prose as a claim, or say it without a number`;
const notProse = (number: string) =>
  `${quoted(number)} is in text that is not prose: show it with show(prose\`...\`), numbers as claims`;
const unbound = (number: string) =>
  `${quoted(number)} in prose is no claim: put in claim("what it is", value), from claimsFrom("the function it is from")`;

function wordsOf(output: Output): { text: string; metadata?: unknown } | null {
  if (output.output_type === "stream") {
    return output.name === "stdout" ? { text: joinText(output.text) } : null;
  }
  if (output.output_type === "error") return null;
  const { data, metadata } = output;
  const markdown = data["text/markdown"];
  if (markdown === undefined && Object.keys(data).some((type) => type !== "text/plain"))
    return null;
  const text = joinText((data["text/plain"] ?? markdown ?? "") as MultilineText);
  return { text, metadata: markdown === undefined ? null : metadata["text/markdown"] };
}

function titleProblems(output: Output, claimed: Set<string>): string[] {
  if (output.output_type !== "display_data" && output.output_type !== "execute_result") return [];
  const { data, metadata } = output;
  const isFigure = data[FIGURE_MIME] !== undefined;
  const { title: named } = (metadata[TABLE_MIME] ?? {}) as { title?: unknown };
  const tableTitle = data[TABLE_MIME] !== undefined && typeof named === "string" ? named : "";
  const title = isFigure ? figureTitle(data[FIGURE_MIME] as Figure) : tableTitle;
  const numbers = numbersIn(title).filter((number) => !claimed.has(number));
  return numbers.map(
    (number) =>
      `${quoted(number)} in a ${isFigure ? "figure" : "table"}'s title is shown by no claim of this notebook: say it in prose as a claim, shown the same way, or leave it out of the title`,
  );
}

/** Days are text too, but measured. */
function isName(value: Claim["value"]): boolean {
  return value === null || (typeof value === "string" && !/^\d{4}-\d\d-\d\d/.test(value));
}

/** Every way in which a title may show a claim. */
function numbersOf({ value, shown }: Claim): string[] {
  const ways = numbersIn(shown);
  if (typeof value === "number") return [...ways, String(value), formatCount(value)];
  if (typeof value !== "string") return ways;
  const [day, ...parts] = /^(\d{4})-(\d\d)-(\d\d)/.exec(value) ?? [];
  const ofDay = day === undefined ? [] : [day, ...parts.map((part) => String(Number(part)))];
  return [...ways, ...numbersIn(value), ...ofDay];
}

/** Without the marks around them; `1-fundamentals` is a name. */
function numbersIn(text: string): string[] {
  return (text.match(/[\p{L}\p{N}.,%:/_-]+/gu) ?? [])
    .map((run) => run.replace(/^(?:[^\p{N},%:]*[,%:])+/u, ""))
    .map((token) => token.replace(/^[._/-]+/, "").replace(/(?<![.,:/_-])[.,:/_-]+$/, ""))
    .filter((token) => /^\d[\d.,:/-]*(?:%|x|k|m|st|nd|rd|th)?$/i.test(token));
}

function quoted(text: string): string {
  return `“${visibleText(text, { max: 60 })}”`;
}
