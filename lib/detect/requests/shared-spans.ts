import { picked } from "../../log/log-arrays";
import type { PageRows } from "./page-rows";
import { eachSpan, sortedBy, spanStarts } from "./spans";

/** Hours of addresses, or nights of networks, in which somebody opens pages. */
export interface SharedSpans {
  unit: Int32Array;
  period: Int32Array;
  users: Int32Array;
  pages: Int32Array;
  distinct: Int32Array;
  /** Different pages that only one of the users opened. */
  unshared: Int32Array;
}

/**
 * Spans of rows by unit and period, in this order. Rows are in order of users.
 *
 * @param units each row's; below 0 for rows that do not count
 */
export function sharedSpans(
  { page, paths, codes }: PageRows,
  units: Int32Array,
  periods: Int32Array,
): SharedSpans {
  const user = codes.user_id!;
  const order = sortedBy([units, periods], page.length).filter((row) => units[row]! >= 0);
  const starts = spanStarts([units, periods], order);
  const of = (values: Int32Array, rows: Int32Array) =>
    picked(values, rows, new Int32Array(rows.length));
  const firsts = of(order, starts.subarray(0, -1));
  const counts = () => new Int32Array(firsts.length);
  const [users, distinct, unshared] = [counts(), counts(), counts()];
  const spanOf = new Int32Array(paths.length).fill(-1); // the last span of each page
  const userOf = new Int32Array(paths.length); // and its user; below 0 for several
  eachSpan(starts, (span, from, end) => {
    for (let i = from; i < end; i++) {
      const [who, opened] = [user[order[i]!]!, page[order[i]!]!];
      if (i === from || who !== user[order[i - 1]!]) users[span]!++;
      if (spanOf[opened] !== span) {
        spanOf[opened] = span;
        userOf[opened] = who;
        distinct[span]!++;
        unshared[span]!++;
      } else if (userOf[opened]! >= 0 && userOf[opened] !== who) {
        userOf[opened] = -1;
        unshared[span]!--;
      }
    }
  });
  const pages = firsts.map((_, span) => starts[span + 1]! - starts[span]!);
  return { unit: of(units, firsts), period: of(periods, firsts), users, pages, distinct, unshared };
}

/** Places of the spans in which two or more users open pages. */
export const sharedOnes = ({ users }: SharedSpans): Int32Array =>
  sortedBy([], users.length).filter((span) => users[span]! > 1);

export function someSpans(spans: SharedSpans, some: Int32Array): SharedSpans {
  const of = (values: Int32Array) => picked(values, some, new Int32Array(some.length));
  return {
    ...{ unit: of(spans.unit), period: of(spans.period), users: of(spans.users) },
    ...{ pages: of(spans.pages), distinct: of(spans.distinct), unshared: of(spans.unshared) },
  };
}
