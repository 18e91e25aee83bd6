import { mostDistinct } from "./most-distinct";
import type { PageRows } from "./page-rows";
import { shareInOrder } from "./share-in-order";

/** In milliseconds. */
export const MINUTE = 60_000;

export type ReadingFigures = ReturnType<typeof readingFigures>;

/** How spans of rows read, by the names of columns; NaN without a step in order. */
export function readingFigures(rows: PageRows, starts: Int32Array) {
  const clock = { ...rows, time: rows.time.map((time) => Math.floor(time / 1000)) };
  return {
    pages: starts.subarray(1).map((end, span) => end - starts[span]!),
    distinct_pages: mostDistinct(rows, starts, Infinity),
    most_per_second: mostDistinct(clock, starts, 1),
    most_per_minute: mostDistinct(rows, starts, MINUTE),
    in_site_order: shareInOrder(rows, starts),
  };
}
