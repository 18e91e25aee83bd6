import type pl from "nodejs-polars";
import { counted, formatPercent } from "../../words/format-words";
import { joinProse, type Prose } from "../../words/prose";
import { visibleText } from "../../words/visible-text";

// How answers say their numbers, as options of a claim, and what they share besides.

/** A count with its noun. */
export const counting = (noun: string, nouns?: string) => ({
  as: (count: number) => counted(count, noun, nouns),
});

export const inPercent = { as: (share: number) => formatPercent(share) };
export const inFullPercent = { as: (share: number) => formatPercent(share, 0) };

/** Sentences one after the other; empty ones are left out. */
export const inOne = (sentences: readonly Prose[]): Prose =>
  joinProse(
    sentences.filter(({ text }) => text !== ""),
    " ",
  );

/** A name from the log as plain text, cut where it is long. */
export const shortName = (name: unknown) => visibleText(String(name), { max: 60 });

/** A column's sum. */
export const total = (frame: pl.DataFrame, column: string) =>
  Array.from(frame.getColumn(column).toArray(), Number).reduce((sum, value) => sum + value, 0);

/** Sorts text upwards. */
export const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
