import type { AccessRows } from "../access-rows";
import type { DatabaseConnection, DatabaseRow } from "./connection";

/** A page takes milliseconds and fits the buffers of most connections. */
export const PAGE_ROWS = 2_500;

/** How `logs` is read: in pages, each a transaction of its own, so that locks are brief. */
export interface Pages {
  /** What follows ORDER BY. */
  by: string;
  extraColumn?: string;
  /** Whether the order within a second may change. */
  isArbitraryWithinSeconds: boolean;
  /** Counts the rows and fixes the range: later rows are left out. */
  count(connection: DatabaseConnection): Promise<number>;
  range(): string;
  /** The page after one that came whole; undefined at the end. */
  next(): Page | undefined;
  /** Takes note of a row and its extra column. */
  see?(row: DatabaseRow): void;
  /** Prepares to go on within a page; may take rows back. Undefined where reading begins anew. */
  goOn(rows: AccessRows): string | undefined;
}

export interface Page {
  where: string;
  limit?: number;
  /** More rows are no answer to the question. */
  most: number;
}
