import { isAsset } from "../../log/site-order";
import type { PageRows } from "./page-rows";
import { eachSpan, sortedBy } from "./spans";

/** In milliseconds. */
export const MINUTE = 60_000;

/** How spans of rows read, by the names of columns; NaN without a step in order. */
export function readingFigures(rows: PageRows, starts: Int32Array) {
  const clock = { ...rows, time: rows.time.map((time) => Math.floor(time / 1000)) };
  return {
    pages: starts.subarray(1).map((end, span) => end - starts[span]!),
    most_per_second: mostDistinct(clock, starts, 1),
    most_per_minute: mostDistinct(rows, starts, MINUTE),
    in_site_order: shareInOrder(rows, starts),
  };
}

type TimedPages = Pick<PageRows, "time" | "page" | "paths">;

/**
 * The most different pages opened within any stretch of time, which is open at its end, for each
 * span of rows in order of time.
 */
export function mostDistinct(
  { time, page, paths }: TimedPages,
  starts: Int32Array,
  stretch: number,
): Int32Array {
  const most = new Int32Array(starts.length - 1);
  const open = new Int32Array(paths.length); // how often each page is in the stretch
  eachSpan(starts, (span, from, end) => {
    let [first, distinct] = [from, 0];
    for (let row = from; row < end; row++) {
      while (time[row]! - time[first]! >= stretch) {
        if (--open[page[first++]!]! === 0) distinct--;
      }
      if (open[page[row]!]!++ === 0) distinct++;
      if (distinct > most[span]!) most[span] = distinct;
    }
    while (first < end) open[page[first++]!] = 0;
  });
  return most;
}

/**
 * For each span of rows, the share of steps from one page to another that go forward to its
 * neighbor: the next of the span's pages in the site's order; NaN without a step. A step leads from
 * the last request of one time to the first of the next; pictures, styles and scripts do not count.
 */
export function shareInOrder({ time, page, paths }: TimedPages, starts: Int32Array): Float64Array {
  const asset = Uint8Array.from(paths, (path) => (isAsset(path) ? 1 : 0));
  const spanOf = new Int32Array(page.length);
  eachSpan(starts, (span, from, end) => spanOf.fill(span, from, end));
  const byPage = sortedBy([spanOf, page], page.length);
  const neighbor = new Int32Array(paths.length);
  const shares = new Float64Array(starts.length - 1);
  eachSpan(starts, (span, from, end) => {
    let last = -1;
    for (let i = from; i < end; i++) {
      const next = page[byPage[i]!]!;
      if (next === last || asset[next]) continue;
      if (last >= 0) neighbor[last] = next;
      neighbor[next] = -1;
      last = next;
    }
    let [steps, forward, before] = [0, 0, -1];
    for (let row = from; row < end; row++) {
      if (asset[page[row]!]) continue;
      if (before >= 0 && time[row] !== time[before] && page[row] !== page[before]) {
        steps++;
        if (neighbor[page[before]!] === page[row]) forward++;
      }
      before = row;
    }
    shares[span] = forward / steps;
  });
  return shares;
}
