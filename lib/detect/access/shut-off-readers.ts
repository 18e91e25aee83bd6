import pl from "nodejs-polars";
import { frameOf } from "../../log/frame-of";
import { requireColumns } from "../../log/require-columns";
import { int32, numbers } from "../../log/typed-arrays";
import { between, not, where } from "../../log/where";
import { requireInteger } from "../../stats/require-option";
import { EITHER_DIRECTION } from "./cross-program-shut-off";
import { studentPages } from "./row-curricula";

export interface ShutOffReadersOptions {
  /** Fewest pages that a reader must have on either side. */
  least?: number;
}

/**
 * What the same students read before and after the shut-off in either direction that
 * `crossProgramShutOff` found, each compared with themselves: the last pages before it and as many
 * after. Both lie within as many days of it as the shorter of the stretches next to it has. So who
 * read less, and who more, is a fair toss of a coin if nothing changed (`signTest`).
 * @returns one row per student with `least` pages on both sides, by `user_id`: `user_id`, `cohort`
 *   (of the last row; null where unknown), `compared` (pages on either side), `other_before`,
 *   `other_after` (of the other program's curriculum); none without a shut-off
 * @throws {RangeError} if `least` is not an integer above 0
 * @throws {Error} if a column is missing or of another type, or `curricula` has a path twice
 * @example
 * shutOffReaders(accessLog, curricula, crossProgramShutOff(accessLog, curricula));
 */
export function shutOffReaders(
  accessLog: pl.DataFrame,
  curricula: pl.DataFrame,
  shutOffs: pl.DataFrame,
  { least = 100 }: ShutOffReadersOptions = {},
): pl.DataFrame {
  requireInteger("shutOffReaders", { least });
  const columns = ["timestamp", "date", "user_id"] as const;
  requireColumns("shutOffReaders", accessLog, "cohort");
  const known = stretchesOf("shutOffReaders", shutOffs);
  const read = studentPages("shutOffReaders", accessLog, curricula, columns);
  const rows: Record<string, unknown>[] = [];
  if (known) {
    const { day, from, until } = known;
    const length = Math.min(day - from, until - day);
    const date = pl.col("date").cast(pl.Int32);
    const near = where(read.filter(date.gtEq(day - length).and(date.lt(day + length))), {
      user_id: not(null),
      timestamp: not(null),
    }).sort(["user_id", "timestamp", "row"]);
    const [users, days, cross] = [
      near.getColumn("user_id").toArray() as number[],
      int32(near, "date"),
      numbers(near, "cross"),
    ];
    const [places, cohorts] = [int32(near, "row"), accessLog.getColumn("cohort")];
    for (let first = 0, end = 0; first < users.length; first = end) {
      let split = first;
      for (; end < users.length && users[end] === users[first]; end++) {
        if (days[end]! < day) split = end + 1;
      }
      const compared = Math.min(split - first, end - split);
      if (compared < least) continue;
      const other = (a: number, b: number) => cross.subarray(a, b).reduce((sum, x) => sum + x, 0);
      rows.push({
        ...{ user_id: users[first], cohort: cohorts.getIndex(places[end - 1]!), compared },
        other_before: other(split - compared, split),
        other_after: other(split, split + compared),
      });
    }
  }
  return frameOf(rows, "user_id", "cohort", "compared", "other_before", "other_after");
}

/**
 * Reading in breaks within a week of the shut-off in either direction: were the holiday the reason
 * for the fall and access still open, the other program's share of the pages read in it would be as
 * before.
 * @param breaks what `breaks` gives
 * @returns one row per such break, by its first day: `from`, `to`, `all_pages` (of either
 *   curriculum, by students), `expected_pages` and `cross_pages` of the other program; none without
 *   a shut-off
 * @throws {Error} if a column is missing or of another type, or `curricula` has a path twice
 * @example
 * shutOffBreaks(accessLog, curricula, shutOffs, breaks(quietDays(accessLog)));
 */
export function shutOffBreaks(
  accessLog: pl.DataFrame,
  curricula: pl.DataFrame,
  shutOffs: pl.DataFrame,
  breaks: pl.DataFrame,
): pl.DataFrame {
  requireColumns("shutOffBreaks", breaks, { from: "Date", to: "Date" });
  const known = stretchesOf("shutOffBreaks", shutOffs);
  const date = pl.col("date").cast(pl.Int32);
  const daily = studentPages("shutOffBreaks", accessLog, curricula, ["date"])
    .withColumns(date)
    .groupBy("date")
    .agg(pl.len().alias("all_pages"), pl.col("cross").sum());
  const sorted = where(breaks, { from: not(null), to: not(null) }).sort("from");
  const [begins, ends] = [int32(sorted, "from"), int32(sorted, "to")];
  const rows: Record<string, unknown>[] = [];
  begins.forEach((from, i) => {
    const to = ends[i]!;
    if (!known || from > known.day + WEEK || to < known.day - WEEK) return;
    const own = where(daily, { date: between(from, to) });
    const [all, cross] = ["all_pages", "cross"].map((name) => own.getColumn(name).sum() || 0) as [
      number,
      number,
    ];
    rows.push({ from, to, all_pages: all, expected_pages: known.rate * all, cross_pages: cross });
  });
  const columns = ["all_pages", "expected_pages", "cross_pages"] as const;
  return frameOf(rows, { from: pl.Date, to: pl.Date }, ...columns);
}

const WEEK = 7;

/** Days since 1970 of the shut-off in either direction and around it, and the rate before. */
function stretchesOf(caller: string, shutOffs: pl.DataFrame) {
  requireColumns(
    caller,
    shutOffs,
    "direction",
    "shut_off",
    "rate_from",
    "rate_until",
    "rate_before",
  );
  const directions = shutOffs.withColumns(pl.col("direction").cast(pl.String));
  const row = where(directions, { direction: EITHER_DIRECTION, shut_off: not(null) });
  if (row.height === 0) return undefined;
  const [from, day, last] = ["rate_from", "shut_off", "rate_until"].map((c) => int32(row, c)[0]!);
  return { from: from!, day: day!, until: last! + 1, rate: numbers(row, "rate_before")[0]! };
}
