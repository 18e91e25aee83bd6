import { isAsset } from "../../log/site-order";

/**
 * How far pages are opened in the site's order, for each span of rows: of the steps from one
 * page to another, the share that go forward to the neighboring page.
 *
 * The neighbor is the next page in the site's order among those opened in the span, so that
 * pages which nobody else knows, or which the reader may not open, do not come between. Who
 * opens n pages at random goes on to the neighbor in 1 of n steps; who copies a site, in
 * nearly all.
 *
 * Requests at the same time have no order among themselves: a step leads from the last of
 * them in the site's order to the first of the next. Opening the same page again is no step,
 * and pictures, styles and scripts, which come with a page, are none either.
 *
 * @param rows `page`: places in `paths`, which are in the site's order; ascending among rows
 *   of the same time
 * @param starts where spans begin, and at the end the number of rows
 * @returns shares from 0 to 1; NaN for a span without a step
 */
export function shareInOrder(
  { time, page, paths }: { time: Float64Array; page: Int32Array; paths: readonly string[] },
  starts: Int32Array,
): Float64Array {
  const asset = Uint8Array.from(paths, (path) => (isAsset(path) ? 1 : 0));
  const neighbor = new Int32Array(paths.length);
  return Float64Array.from({ length: starts.length - 1 }, (_, span) => {
    const from = starts[span]!;
    const end = starts[span + 1]!;
    const opened = sorted(page, from, end);
    for (let i = 0, last = -1; i < opened.length; i++) {
      const next = opened[i]!;
      if (next === last || asset[next]) continue;
      if (last >= 0) neighbor[last] = next;
      last = next;
      neighbor[next] = -1;
    }

    let steps = 0;
    let forward = 0;
    let before = -1; // last page of the time before
    let now = -1; // last page of this time
    for (let row = from; row < end; row++) {
      if (row > from && time[row] !== time[row - 1]) {
        if (now >= 0) before = now;
        now = -1;
      }
      if (asset[page[row]!]) continue;
      const isFirst = now < 0;
      now = page[row]!;
      if (!isFirst || before < 0 || before === now) continue;
      steps++;
      if (neighbor[before] === now) forward++;
    }
    return forward / steps;
  });
}

/** Pages that are sorted one by one: of so few, the built-in way takes longer to begin. */
const FEW = 24;

function sorted(page: Int32Array, from: number, end: number): Int32Array {
  const pages = page.slice(from, end);
  if (pages.length > FEW) return pages.sort();
  for (let i = 1; i < pages.length; i++) {
    const own = pages[i]!;
    let at = i;
    for (; at > 0 && pages[at - 1]! > own; at--) pages[at] = pages[at - 1]!;
    pages[at] = own;
  }
  return pages;
}
