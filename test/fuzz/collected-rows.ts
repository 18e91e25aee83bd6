import type { AccessRows } from "../../lib/acquire/access-rows";
import type { CohortRow } from "../../lib/acquire/cohort-rows";
import { decodeText } from "../../lib/acquire/decode-text";
import type { NumberColumn, TextColumn } from "../../lib/acquire/growing-columns";
import { collectAccessText } from "../../lib/acquire/read-access-text";
import { collectCohorts } from "../../lib/acquire/read-cohorts-csv";
import { collectJoined } from "../../lib/acquire/read-joined-csv";
import type { ReadRowsOptions, RowsRead } from "../../lib/acquire/read-rows";
import { collectUsage } from "../../lib/acquire/read-usage-csv";
import type { Shape, Value } from "./slow-tables";

/** What a reader has collected: days, seconds and moments as numbers. */
export interface Collected {
  read: RowsRead;
  rows: Value[][];
  /** Of the joined file. */
  cohorts?: Value[][];
}

/** Reads a file up to the table: its rows as they are collected. */
export async function collectRows(
  path: string,
  shape: Shape,
  options?: ReadRowsOptions,
): Promise<Collected> {
  if (shape === "text") {
    const { read, logs } = await collectAccessText(path, options);
    return { read, rows: accessRows(logs) };
  }
  if (shape === "joined") {
    const { read, logs, cohorts } = await collectJoined(path, options);
    return { read, rows: accessRows(logs), cohorts: plain(cohorts) };
  }
  if (shape === "cohorts") {
    const { read, cohorts } = await collectCohorts(path, options);
    return { read, rows: plain(cohorts) };
  }
  const { read, columns } = await collectUsage(path);
  const { days, users, types, counts } = columns;
  return { read, rows: rowsOf([numbers(days), numbers(users), texts(types), numbers(counts)]) };
}

// The rows are looked up where they are kept: a table takes a hundred times as long as the reading
// of a small file.

interface KeptRows {
  days: NumberColumn;
  seconds: NumberColumn;
  paths: TextColumn;
  users: NumberColumn;
  cohorts: NumberColumn;
  addresses: TextColumn;
}

function accessRows(logs: AccessRows): Value[][] {
  const { days, seconds, paths, users, cohorts, addresses } = logs as unknown as KeptRows;
  return rowsOf([
    numbers(days),
    numbers(seconds),
    texts(paths),
    numbers(users),
    numbers(cohorts),
    texts(addresses),
  ]);
}

function numbers(column: NumberColumn): Value[] {
  const { values } = column as unknown as { values: Float64Array | Int32Array };
  return Array.from(values.subarray(0, column.length), (value) =>
    Number.isNaN(value) ? null : value,
  );
}

function texts(column: TextColumn): Value[] {
  const kept = column as unknown as { numbers: Map<string, number>; rows: NumberColumn };
  const all = Array.from(kept.numbers.keys(), (key) => decodeText(Buffer.from(key, "latin1")));
  return numbers(kept.rows).map((number) => all[number as number] ?? null);
}

function rowsOf(columns: Value[][]): Value[][] {
  return (columns[0] as Value[]).map((_, row) => columns.map((column) => column[row] as Value));
}

// the slow reader has no -0, nor does a table; JSON does not tell it from 0
const plain = (cohorts: CohortRow[]): Value[][] => cohorts;
