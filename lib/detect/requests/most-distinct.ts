import type { PageRows } from "./page-rows";
import { eachSpan } from "./spans";

/**
 * The most different pages opened within any stretch of time, which is open at its end, for each
 * span of rows in order of time.
 */
export function mostDistinct(
  { time, page, paths }: Pick<PageRows, "time" | "page" | "paths">,
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
