import pl from "nodejs-polars";
import { groupKeys } from "../../log/group-keys";
import { requireColumns } from "../../log/require-columns";
import { frameOfArrays } from "../../log/typed-columns";
import { median } from "../../stats/quantile";
import { requireNumber } from "../../stats/require-option";
import { pageRows } from "./page-rows";
import { MINUTE, mostDistinct, readingFigures } from "./reading-figures";
import { sortedBy, spanStarts } from "./spans";

export interface VisitsOptions {
  by?: string;
  pause?: number;
}

/**
 * Visits: what someone opens without a longer pause. Half an hour is the custom of web analytics
 * ([Google's sessions](https://support.google.com/analytics/answer/2731565)). A visit may go on
 * past midnight. Rows without a path, a time or a value of `by` do not count.
 * @returns one row per visit, by `by` and time: `by`, `from`, `to`, `pages`, `distinct_pages`,
 *   `minutes` (0 for a single request), `most_per_second`, `most_per_minute`, `in_site_order`
 *   (share of steps; null without one), `median_pause` (null with one request)
 * @throws {RangeError} if `pause` is not above 0
 * @throws {Error} if a column is missing or of another type, or `by` names one of the answer's
 * @example
 * visits(accessLog, { by: "ip", pause: 10 });
 */
export function visits(
  accessLog: pl.DataFrame,
  { by = "user_id", pause = 30 }: VisitsOptions = {},
): pl.DataFrame {
  requireNumber("visits", { pause }, { above: 0 });
  requireColumns("visits", accessLog, "timestamp", "path", { [by]: "any" });
  const rows = pageRows(accessLog, [by]);
  const { time } = rows;
  const who = rows.codes[by]!;
  const pauses = new Int32Array(time.length); // so far
  for (let row = 1; row < time.length; row++) {
    pauses[row] = pauses[row - 1]! + Number(time[row]! - time[row - 1]! >= pause * MINUTE);
  }
  const starts = spanStarts([who, pauses], sortedBy([], time.length));
  const firsts = starts.subarray(0, -1);
  const from = Float64Array.from(firsts, (row) => time[row]!);
  const to = Float64Array.from(starts.subarray(1), (end) => time[end - 1]!);
  const { pages, ...most } = readingFigures(rows, starts);
  const frame = frameOfArrays({
    from,
    to,
    pages,
    distinct_pages: mostDistinct(rows, starts, Infinity),
    minutes: to.map((end, visit) => (end - from[visit]!) / MINUTE),
    ...most,
    median_pause: Float64Array.from(firsts, (row, visit) =>
      medianPause(time.subarray(row, starts[visit + 1])),
    ),
  });
  groupKeys("visits", by, frame.columns);
  const whose = rows.values[by]!.gather(Array.from(firsts, (row) => who[row]!));
  return pl.DataFrame([whose.alias(by), ...frame.getColumns()]);
}

/** In seconds; NaN for a single time. */
const medianPause = (times: Float64Array) =>
  median(times.subarray(1).map((time, i) => (time - times[i]!) / 1000));
