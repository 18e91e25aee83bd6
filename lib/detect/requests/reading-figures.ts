import { mostDistinct } from "./most-distinct";
import type { PageRows } from "./page-rows";
import { shareInOrder } from "./share-in-order";

/** In milliseconds. */
export const MINUTE = 60_000;

/** How spans of rows read, by the names of columns, one entry per span. */
export interface ReadingFigures {
  pages: Int32Array;
  distinct_pages: Int32Array;
  /** Within one second of the clock. */
  most_per_second: Int32Array;
  /** Within any 60 seconds. */
  most_per_minute: Int32Array;
  /** NaN without a step. */
  in_site_order: Float64Array;
}

/** @param starts where spans begin, and at the end the number of rows */
export function readingFigures(rows: PageRows, starts: Int32Array): ReadingFigures {
  const clock = { ...rows, time: rows.time.map((time) => Math.floor(time / 1000)) };
  return {
    pages: starts.subarray(1).map((end, span) => end - starts[span]!),
    distinct_pages: mostDistinct(rows, starts, Infinity),
    most_per_second: mostDistinct(clock, starts, 1),
    most_per_minute: mostDistinct(rows, starts, MINUTE),
    in_site_order: shareInOrder(rows, starts),
  };
}
