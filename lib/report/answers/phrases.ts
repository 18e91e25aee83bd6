import type pl from "nodejs-polars";
import type { Row } from "../../log/first-row";
import { requireColumns } from "../../log/require-columns";
import { claimsFrom } from "../../words/claim";
import {
  counted,
  formatCount,
  formatDate,
  formatNumber,
  formatPercent,
} from "../../words/format-words";
import { joinProse, type Prose, prose } from "../../words/prose";
import { visibleText } from "../../words/visible-text";

/** A frame's rows, its columns checked as `requireColumns` does. */
export function rowsOf(
  caller: string,
  frame: pl.DataFrame,
  ...columns: Parameters<typeof requireColumns>[2][]
): Row[] {
  requireColumns(caller, frame, ...columns);
  return frame.toRecords();
}

type Again = { again?: () => number };

/** Claims of a function's values, in the forms that answers use. */
export function claimsOf(from: string) {
  const claim = claimsFrom(from);
  const numbersAs =
    (as: (value: number) => string) =>
    (what: string, value: unknown, { again }: Again = {}): Prose =>
      claim(what, value === null ? null : Number(value), { as, again });
  return {
    claim,
    /** With its noun. */
    count: (what: string, count: unknown, noun: string, nouns?: string, more?: Again) =>
      numbersAs((n) => counted(n, noun, nouns))(what, count, more),
    whole: numbersAs(formatCount),
    orNone: numbersAs((n) => (n === 0 ? "none" : formatCount(n))),
    percent: numbersAs((share) => formatPercent(share)),
    wholePercent: numbersAs((share) => formatPercent(share, 0)),
    digits: (what: string, value: unknown, digits: number) =>
      numbersAs((n) => formatNumber(n, digits))(what, value),
    day: (what: string, day: unknown) => claim(what, asDate(day), { as: formatDate }),
  };
}

export const asDate = (value: unknown) => (value instanceof Date ? value : new Date(String(value)));

/** Sentences one after the other, empty ones left out. */
export const inOne = (sentences: readonly Prose[]): Prose =>
  joinProse(
    sentences.filter(({ text }) => text !== ""),
    " ",
  );

/** One word of one, and another of several. */
export const verb = (count: number, one: string, several: string) => (count === 1 ? one : several);

export const shortName = (name: unknown) => visibleText(String(name), { max: 60 });

export const sumOf = (rows: readonly Row[], column: string) =>
  rows.reduce((sum, row) => sum + Number(row[column]), 0);

export const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** Programs with their rows, in the order in which they first come. */
export function byProgram(rows: readonly Row[]): [program: string, rows: Row[]][] {
  const names = [...new Set(rows.map(({ program }) => String(program)))];
  return names.map((name) => [name, rows.filter(({ program }) => String(program) === name)]);
}

/** Which text comes how often, the most frequent first. */
export function frequencies(texts: readonly string[]): [text: string, count: number][] {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].sort(([a, m], [b, n]) => n - m || byText(a, b));
}

/**
 * How often shuffled series change as much, of the usual 999: a count, as none of them has no
 * probability.
 */
export function chanceInWords(from: string, pValue: unknown): Prose {
  const as = (p: number) => {
    const many = Math.round(p * (SHUFFLED + 1)) - 1;
    return many === 0 ? "none" : formatCount(many);
  };
  const claim = claimsFrom(from);
  const what = "series in which shuffled weeks change as much";
  return prose`Of ${claim("series of shuffled weeks", SHUFFLED)} series of the same weeks in another order ${claim(what, Number(pValue), { as })} changed as much`;
}

const SHUFFLED = 999;
