import type { AccessRows } from "../access-rows";
import type { DatabaseConnection, DatabaseRow } from "./connection";

/** Rows of a page, which takes a few milliseconds and fits into the buffers of most connections. */
export const PAGE_ROWS = 2_500;

/** How table `logs` is read: in pages, each a statement and transaction of its own, so that locks are held briefly. */
export interface Pages {
  /** What follows ORDER BY. */
  by: string;
  /** A column that is read behind the six of the log, if any. */
  extraColumn?: string;
  /** Whether rows of the same second come in another order the next time. */
  isArbitraryWithinSeconds: boolean;
  /** Counts the rows, and fixes the range that the pages cover: later rows are left for the next time. */
  count(connection: DatabaseConnection): Promise<number>;
  /** The condition that all rows of that range meet. */
  range(): string;
  /** The next page, once the one before has come whole; undefined where all have. */
  next(): Page | undefined;
  /** Takes note of a row that has come, with its extra column. */
  see?(row: DatabaseRow): void;
  /** Makes ready to go on in the middle of a page, of which rows may be taken back; undefined where it has to begin anew. */
  goOn(rows: AccessRows): string | undefined;
}

export interface Page {
  /** The condition that its rows meet. */
  where: string;
  /** How many of those rows the page has at most, in their order. */
  limit?: number;
  /** More rows than this are no answer to the question. */
  most: number;
}
