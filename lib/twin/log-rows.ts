import { exchanged } from "./exchange";
import type { FrozenLog } from "./frozen";
import { inOrder, timeOrder } from "./time-order";

export const COLUMNS = ["day", "second", "path", "userId", "cohortId", "address"] as const;

export type RowColumns = Record<(typeof COLUMNS)[number], Int32Array>;

export function emptyRows(length: number): RowColumns {
  return Object.fromEntries(COLUMNS.map((name) => [name, new Int32Array(length)])) as RowColumns;
}

/**
 * The log as columns: days since its first one, seconds since midnight, places in `paths` (-1 for
 * none) and `addresses`, cohorts (0 for none), `held` as in the frozen log.
 */
export interface LogRows extends RowColumns {
  held: Int32Array;
  paths: string[];
  addresses: string[];
}

/** The rows of a seed, visit by visit. */
export function rowsOfSeed(log: FrozenLog, seed: number): LogRows {
  const { start, user, paths, addresses } = log;
  const { second, path } = exchanged(log, seed);
  const spread = (ofVisit: Int32Array) => {
    const ofRow = new Int32Array(second.length);
    for (let v = 0; v < user.length; v++) ofRow.fill(ofVisit[v]!, start[v]!, start[v + 1]!);
    return ofRow;
  };
  return {
    day: spread(log.day),
    second,
    path,
    userId: spread(user),
    cohortId: spread(log.cohort),
    address: spread(log.address),
    held: spread(log.held),
    paths,
    addresses,
  };
}

export function rowsAt<T extends RowColumns>(rows: T, places: Int32Array): T {
  const taken = { ...rows };
  for (const name of [...COLUMNS, "held"] as const) {
    const values = (rows as Partial<LogRows>)[name];
    if (values) Object.assign(taken, { [name]: inOrder(values, places) });
  }
  return taken;
}

/** In the order of time, those of one second as they come. */
export function inTimeOrder<T extends RowColumns>(rows: T): T {
  return rowsAt(rows, timeOrder(rows.day, rows.second));
}
