import type pl from "nodejs-polars";
import { counted, formatPercent } from "../../words/format-words";
import { joinProse, type Prose } from "../../words/prose";
import { visibleText } from "../../words/visible-text";

export const counting = (noun: string, nouns?: string) => ({
  as: (count: number) => counted(count, noun, nouns),
});

export const inPercent = { as: (share: number) => formatPercent(share) };
export const inFullPercent = { as: (share: number) => formatPercent(share, 0) };

/** Sentences one after the other, empty ones left out. */
export const inOne = (sentences: readonly Prose[]): Prose =>
  joinProse(
    sentences.filter(({ text }) => text !== ""),
    " ",
  );

export const shortName = (name: unknown) => visibleText(String(name), { max: 60 });

export const total = (frame: pl.DataFrame, column: string) =>
  Array.from(frame.getColumn(column).toArray(), Number).reduce((sum, value) => sum + value, 0);

export const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
