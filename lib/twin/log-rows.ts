import { type Contents, contentsOfSeed } from "./exchange";
import type { FrozenLog } from "./frozen";
import { inOrder, timeOrder } from "./time-order";

export const COLUMNS = [
  ...(["day", "second", "path", "userId", "cohortId", "address", "held"] as const),
] as const;

/**
 * The log as columns: days since its first one, seconds since midnight, places in `paths` (-1 for
 * none) and `addresses`, cohorts (0 for none), `held` as in the frozen log.
 */
export type RowColumns = Record<(typeof COLUMNS)[number], Int32Array>;

export interface LogRows extends RowColumns {
  paths: string[];
  addresses: string[];
}

export function emptyRows(length: number): RowColumns {
  return Object.fromEntries(COLUMNS.map((name) => [name, new Int32Array(length)])) as RowColumns;
}

/** The rows of a seed, visit by visit. */
export function rowsOfSeed(log: FrozenLog, seed: number): LogRows {
  const rows = emptyRows(log.second.length);
  const contents = contentsOfSeed(log, seed);
  for (let v = 0; v < log.user.length; v++) putVisit(log, contents, v, rows, log.start[v]!);
  return { ...rows, paths: log.paths, addresses: log.addresses };
}

/** Writes a visit's rows, or those `isKept` has a 1 for, from `at` on; gives where they end. */
export function putVisit(
  { start, user, day, cohort, address, held, second, path }: FrozenLog,
  { seconds, pages }: Contents,
  visit: number,
  rows: RowColumns,
  at: number,
  isKept?: Uint8Array,
): number {
  const begin = start[visit]!;
  const [times, texts] = [start[seconds[visit]!]! - begin, start[pages[visit]!]! - begin];
  let end = at;
  for (let row = begin; row < start[visit + 1]!; row++) {
    if (isKept && isKept[row] === 0) continue;
    rows.day[end] = day[visit]!;
    rows.second[end] = second[times + row]!;
    rows.path[end] = path[texts + row]!;
    rows.userId[end] = user[visit]!;
    rows.cohortId[end] = cohort[visit]!;
    rows.address[end] = address[visit]!;
    rows.held[end++] = held[visit]!;
  }
  return end;
}

export function rowsAt<T extends RowColumns>(rows: T, places: Int32Array): T {
  const taken = COLUMNS.map((name) => [name, inOrder(rows[name], places)]);
  return { ...rows, ...Object.fromEntries(taken) };
}

/** In the order of time, those of one second as they come. */
export function inTimeOrder<T extends RowColumns>(rows: T): T {
  return rowsAt(rows, timeOrder(rows.day, rows.second));
}
