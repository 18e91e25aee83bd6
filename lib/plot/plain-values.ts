import type pl from "nodejs-polars";
import { dayText } from "./rows";

/** From here on a series is faster all the same. */
const FEW = 2_000;

/**
 * A column's values as a plain list. A figure takes some ten columns, and a series of a column
 * costs Polars a millisecond before it is asked anything; rows cost next to nothing.
 */
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

/** The same with at most two decimals: more cannot be seen, and makes a figure's file longer. */
export function roundedNumbersOf(frame: pl.DataFrame, name: string): (number | null)[] {
  return numbersOf(frame, name).map((value) => value && Math.round(100 * value) / 100);
}

/** The days of column `date` as ISO text, which plotly reads as dates. */
export function isoDaysOf(frame: pl.DataFrame): string[] {
  return (plainValues(frame, "date") as Date[]).map(dayText);
}

const DAY = 86_400_000;

/**
 * Days in order for a trace: the first and the step where they follow each other, which keeps a
 * figure's file short; else every day.
 */
export function daysAlong(days: string[]): { x: string[] } | { x0: string; dx: number } {
  const [first] = days;
  if (first === undefined || days.length === 1) return { x: days };
  const start = Date.parse(first);
  const follow = days.every((day, i) => Date.parse(day) === start + i * DAY);
  return follow ? { x0: first, dx: DAY } : { x: days };
}
