import { isAsset } from "../../log/site-order";
import type { PageRows } from "./page-rows";
import { eachSpan, sortedBy } from "./spans";

/**
 * Of the steps from one page to another, the share that go forward to the neighboring page in the
 * site's order, for each span of rows. The neighbor is the next page among those opened in the
 * span. Who opens n pages at random goes on to the neighbor in 1 of n steps; who copies a site, in
 * nearly all.
 *
 * Requests of one time have no order among themselves: a step leads from the last of them in the
 * site's order to the first of the next. The same page again is no step, and pictures, styles and
 * scripts do not count.
 *
 * @param rows in order of time and page within a span
 * @param starts where spans begin, and at the end the number of rows
 * @returns NaN for a span without a step
 */
export function shareInOrder(
  { time, page, paths }: Pick<PageRows, "time" | "page" | "paths">,
  starts: Int32Array,
): Float64Array {
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
