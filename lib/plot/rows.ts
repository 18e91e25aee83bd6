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

/** The largest number; `least` where none is larger. */
export function largestOf(values: Iterable<number | null>, least = Number.NEGATIVE_INFINITY) {
  let largest = least;
  for (const value of values) if (value !== null && value > largest) largest = value;
  return largest;
}
