import type pl from "nodejs-polars";
import { dayText } from "./rows";

/** Longer columns are faster as a series. */
const FEW = 2_000;

/** A column's values; of few rows without a series, which costs a millisecond. */
export function plainValues(frame: pl.DataFrame, name: string): unknown[] {
  if (frame.height > FEW) return Array.from(frame.getColumn(name).toArray() as Iterable<unknown>);
  return frame
    .select(name)
    .toRecords()
    .map((row) => row[name]);
}

export function numbersOf(frame: pl.DataFrame, name: string): (number | null)[] {
  return plainValues(frame, name).map((value) =>
    value === null || value === undefined ? null : Number(value),
  );
}

/** With two decimals, which keeps a figure's file short. */
export function roundedNumbersOf(frame: pl.DataFrame, name: string): (number | null)[] {
  return numbersOf(frame, name).map((value) => value && Math.round(100 * value) / 100);
}

/** The days of column `date` as ISO text. */
export function isoDaysOf(frame: pl.DataFrame): string[] {
  return (plainValues(frame, "date") as Date[]).map(dayText);
}

const DAY = 86_400_000;

/**
 * Days in order for a trace; only the first and the step where none is left out, to keep files
 * short.
 */
export function daysAlong(days: string[]): { x: string[] } | { x0: string; dx: number } {
  const [first] = days;
  if (first === undefined || days.length === 1) return { x: days };
  const start = Date.parse(first);
  const follow = days.every((day, i) => Date.parse(day) === start + i * DAY);
  return follow ? { x0: first, dx: DAY } : { x: days };
}
