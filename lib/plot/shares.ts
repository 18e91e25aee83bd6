import type pl from "nodejs-polars";
import { numbersOf, plainValues } from "./plain-values";

/** Shares of 1 by two names, as text from the log. */
export interface Shares {
  rows: string[];
  columns: string[];
  /** By row and column; null where there is none. */
  values: (number | null)[][];
}

/** Reads shares from a frame with a row per cell; names come in the order in which they come there. */
export function sharesOf(frame: pl.DataFrame, row: string, column: string, value: string): Shares {
  const [rowOf, columnOf] = [row, column].map((name) =>
    plainValues(frame, name).map((text) => String(text ?? "none")),
  ) as [string[], string[]];
  const [rows, columns] = [[...new Set(rowOf)], [...new Set(columnOf)]];
  const values = rows.map(() => columns.map((): number | null => null));
  numbersOf(frame, value).forEach((share, at) => {
    values[rows.indexOf(rowOf[at]!)]![columns.indexOf(columnOf[at]!)] = share;
  });
  return { rows, columns, values };
}

/** The same shares, with rows and columns in another order. */
export function reordered(shares: Shares, rows: number[], columns: number[]): Shares {
  return {
    rows: rows.map((row) => shares.rows[row]!),
    columns: columns.map((column) => shares.columns[column]!),
    values: rows.map((row) => columns.map((column) => shares.values[row]![column]!)),
  };
}

/** Places from the highest to the lowest mean; those of equal mean stay as they come. */
export function byMean(lists: readonly (readonly (number | null)[])[]): number[] {
  const means = lists.map((list) => {
    const known = list.filter((value): value is number => value !== null);
    return known.reduce((a, b) => a + b, 0) / Math.max(1, known.length);
  });
  return [...lists.keys()].sort((a, b) => means[b]! - means[a]! || a - b);
}
