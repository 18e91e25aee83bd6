import { clockSeconds, mostDistinct } from "./most-distinct";
import type { PageRows } from "./page-rows";
import { shareInOrder } from "./share-in-order";

/** Milliseconds. */
export const MINUTE = 60_000;

/** How spans of rows read, one entry per span. */
export interface ReadingFigures {
  pages: Int32Array;
  distinctPages: Int32Array;
  /** Most different pages within one second of the clock. */
  perSecond: Int32Array;
  /** Most different pages within any 60 seconds. */
  perMinute: Int32Array;
  /** Share of steps in the site's order; NaN without a step. */
  inSiteOrder: Float64Array;
}

/** @param starts where spans begin, and at the end the number of rows */
export function readingFigures(rows: PageRows, starts: Int32Array): ReadingFigures {
  const spans = { starts, pageCount: rows.paths.length };
  const seconds = { time: clockSeconds(rows.time), page: rows.page };
  return {
    pages: Int32Array.from({ length: starts.length - 1 }, (_, i) => starts[i + 1]! - starts[i]!),
    distinctPages: mostDistinct(rows, { ...spans, stretch: Infinity }),
    perSecond: mostDistinct(seconds, { ...spans, stretch: 1 }),
    perMinute: mostDistinct(rows, { ...spans, stretch: MINUTE }),
    inSiteOrder: shareInOrder(rows, starts),
  };
}
