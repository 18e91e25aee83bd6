import type pl from "nodejs-polars";
import type { COLUMNS, Column } from "../log/columns";
import { type ColumnKind, requireColumns } from "../log/require-columns";

interface Drawn {
  Date: string;
  Time: string;
  Datetime: string;
  String: string;
  Bool: boolean;
  Int64: number;
  Float64: number;
}

/** A row's values, days as ISO text; null where there is none. */
export type Row<C extends Column> = { [Name in C]: Drawn[(typeof COLUMNS)[Name][0]] };

/**
 * A frame's rows with some of its columns, which are checked first.
 * @param kinds what columns may hold besides what `COLUMNS` says
 */
export function rowsOf<C extends Column>(
  caller: string,
  frame: pl.DataFrame,
  columns: readonly C[],
  kinds: Partial<Record<Column, ColumnKind>> = {},
): Row<C>[] {
  requireColumns(caller, frame, ...columns, kinds as Record<string, ColumnKind>);
  const rows = frame.select(...columns).toRecords();
  return rows.map((row) =>
    Object.fromEntries(columns.map((name) => [name, withDaysAsText(row[name])])),
  ) as Row<C>[];
}

export const dayText = (day: Date): string => day.toISOString().slice(0, 10);

export const withDaysAsText = (value: unknown): unknown =>
  value instanceof Date ? dayText(value) : (value ?? null);

/** Rows in the order of some columns, nulls first. */
export function inOrder<R>(rows: readonly R[], ...by: readonly (keyof R)[]): R[] {
  const compare = (a: R[keyof R], b: R[keyof R]) =>
    a === b ? 0 : a === null || (b !== null && a! < b!) ? -1 : 1;
  return [...rows].sort((a, b) =>
    by.reduce((order, name) => order || compare(a[name], b[name]), 0),
  );
}

/** Rows by a key, in the order in which keys first come. */
export function grouped<T, Key>(rows: readonly T[], keyOf: (row: T) => Key): [Key, T[]][] {
  const groups = new Map<Key, T[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return [...groups];
}

/** Rows by a column, groups in its order, and their rows in the order of others. */
export function inGroups<R, Name extends keyof R>(
  rows: readonly R[],
  by: Name,
  ...then: readonly (keyof R)[]
): [R[Name], R[]][] {
  return grouped(inOrder(rows, by, ...then), (row) => row[by]);
}

/** A column of rows as a list. */
export const listOf = <R, Name extends keyof R>(rows: readonly R[], name: Name): R[Name][] =>
  rows.map((row) => row[name]);

export const sumOf = (values: Iterable<number>) => {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
};

/** The largest number; `least` where none is larger. */
export function largestOf(values: Iterable<number | null>, least = Number.NEGATIVE_INFINITY) {
  let largest = least;
  for (const value of values) if (value !== null && value > largest) largest = value;
  return largest;
}

/** Longer columns are faster as a series. */
const FEW = 2_000;

/** A column's values; of few rows without a series, which costs a millisecond. */
export function plainValues(frame: pl.DataFrame, name: string): unknown[] {
  if (frame.height > FEW) return Array.from(frame.getColumn(name).toArray() as Iterable<unknown>);
  return listOf(frame.select(name).toRecords(), name);
}

export const numbersOf = (frame: pl.DataFrame, name: string): (number | null)[] =>
  plainValues(frame, name).map((value) => (value == null ? null : Number(value)));

/** With two decimals, which keeps a figure's file short. */
export const roundedNumbersOf = (frame: pl.DataFrame, name: string): (number | null)[] =>
  numbersOf(frame, name).map((value) => value && Math.round(100 * value) / 100);

/** The days of column `date` as ISO text. */
export const isoDaysOf = (frame: pl.DataFrame): string[] =>
  (plainValues(frame, "date") as Date[]).map(dayText);

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
