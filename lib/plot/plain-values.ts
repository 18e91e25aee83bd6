import type pl from "nodejs-polars";

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

/** A column's numbers as a plain list. */
export function numbersOf(frame: pl.DataFrame, name: string): (number | null)[] {
  return plainValues(frame, name).map((value) =>
    value === null || value === undefined ? null : Number(value),
  );
}

/** The same with at most two decimals: more cannot be seen, and makes a figure's file longer. */
export function roundedNumbersOf(frame: pl.DataFrame, name: string): (number | null)[] {
  return numbersOf(frame, name).map((value) => value && Math.round(100 * value) / 100);
}

/** A Date column's days as ISO text, which plotly reads as dates. */
export function isoDaysOf(frame: pl.DataFrame, name: string): string[] {
  const days = plainValues(frame, name) as Date[];
  return days.map((day) => day.toISOString().slice(0, 10));
}

/** Days as a trace takes them. */
export type DaysAlong = { x: string[] } | { x0: string; dx: number };

const DAY = 86_400_000;

/**
 * Days for a trace: the first and the step where they follow each other, which keeps a figure's
 * file short; else every day.
 *
 * @param days ISO days in order
 */
export function daysAlong(days: string[]): DaysAlong {
  const first = days[0];
  if (first === undefined || days.length === 1) return { x: days };
  const start = Date.parse(first);
  const follow = days.every((day, i) => Date.parse(day) === start + i * DAY);
  return follow ? { x0: first, dx: DAY } : { x: days };
}

/** A column's values that differ, in the order in which they first come. */
export function distinctOf(frame: pl.DataFrame, name: string): unknown[] {
  return [...new Set(plainValues(frame, name))];
}
