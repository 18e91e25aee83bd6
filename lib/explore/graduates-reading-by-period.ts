import pl from "nodejs-polars";
import { frameOf } from "../log/frame-of";
import { monthsBetween } from "../log/months-between";
import { int32 } from "../log/typed-arrays";
import { type LessonOrTopic, pagesOfGraduates } from "./pages-after-end";

export interface GraduatesReadingByPeriodOptions {
  /** What is counted: topics, or lessons one by one. */
  by?: LessonOrTopic;
  /** The first month of each period after the end, from 0 upwards; the last period has no end. */
  starts?: readonly number[];
}

/**
 * Whether what graduates read changes as time goes by: each topic's part of a program's pages,
 * period by period after the end of class. Parts of one period's pages can be compared with
 * those of another, although later periods have fewer cohorts that could be seen in them: their
 * number stands beside.
 *
 * Whose pages count, and when class has ended, is as in `graduatesReading`; months are whole
 * ones by the calendar, as in `pagesByMonthsAfterEnd`.
 *
 * @param lessons the log's pages of lessons, as `lessonPages` gives them
 * @returns for each program and period with any pages one row per topic (or lesson) that the
 *   program's graduates ever open, 0 where they do not in that period, by all three: `program`,
 *   `topic` or `lesson` (String), `from_month`, `to_month` (Int64; the months from the first to
 *   before the second; null where there is no end), `pages`, `users` (Int64, graduates who opened
 *   it), `all_pages` (Int64, of the program in the period), `share` (Float64, `pages` by
 *   `all_pages`), `cohorts` (Int64, the program's of which any day of the period lies in the log)
 * @throws {RangeError} if `by` is neither `topic` nor `lesson`, or `starts` are not integers
 *   from 0 upwards, each above the one before
 * @throws {Error} if a column is missing or of another type
 */
export function graduatesReadingByPeriod(
  lessons: pl.DataFrame,
  { by = "topic", starts = [0, 1, 3, 6, 12] }: GraduatesReadingByPeriodOptions = {},
): pl.DataFrame {
  requireStarts(starts);
  const found = pagesOfGraduates("graduatesReadingByPeriod", lessons, by);
  const periodOf = (month: number) => starts.filter((start) => start <= month).length - 1;
  const months = int32(found.after, "months_after_end");
  const after = found.after
    .select("program", by, "user_id")
    .withColumns(pl.Series(PERIOD, months.map(periodOf)).cast(pl.Int64))
    .filter(pl.col(PERIOD).gtEq(pl.lit(0)));
  const counts = after
    .groupBy(["program", by, PERIOD])
    .agg(
      pl.len().cast(pl.Int64).alias("pages"),
      pl.col("user_id").nUnique().cast(pl.Int64).alias("users"),
    );
  const periods = after
    .groupBy(["program", PERIOD])
    .agg(pl.len().cast(pl.Int64).alias("all_pages"))
    .join(cohortsSeen(found, starts), { on: ["program", PERIOD], how: "left" });
  return after
    .select("program", by)
    .unique()
    .join(periods, { on: "program", how: "inner" })
    .join(counts, { on: ["program", by, PERIOD], how: "left" })
    .withColumns(
      ...["pages", "users"].map((name) => pl.col(name).fillNull(pl.lit(0)).cast(pl.Int64)),
    )
    .withColumns(pl.col("pages").cast(pl.Float64).div(pl.col("all_pages")).alias("share"))
    .join(boundsOf(starts), { on: PERIOD, how: "left" })
    .select(
      "program",
      by,
      "from_month",
      "to_month",
      "pages",
      "users",
      "all_pages",
      "share",
      "cohorts",
    )
    .sort(["program", by, "from_month"]);
}

/** Place of a period in `starts`; a name that no log has. */
const PERIOD = "\0period";

function requireStarts(starts: readonly number[]): void {
  const isRising = starts.every(
    (start, i) => Number.isInteger(start) && start >= 0 && start > (starts[i - 1] ?? -1),
  );
  if (starts.length === 0 || !isRising) {
    throw new RangeError(
      `graduatesReadingByPeriod needs starts to be whole months from 0 upwards, each above the one before, got ${starts.join(", ") || "none"}`,
    );
  }
}

function boundsOf(starts: readonly number[]): pl.DataFrame {
  return frameOf(
    starts.map((start, i) => ({
      [PERIOD]: i,
      from_month: start,
      to_month: starts[i + 1] ?? null,
    })),
    { [PERIOD]: pl.Int64 },
    "from_month",
    "to_month",
  );
}

/** How many of a program's cohorts had a day of a period while the log was kept. */
function cohortsSeen(
  { cohorts, firstDay, lastDay }: ReturnType<typeof pagesOfGraduates>,
  starts: readonly number[],
): pl.DataFrame {
  const counts = new Map<string, number[]>();
  for (const { program, end } of cohorts) {
    const own = counts.get(program) ?? starts.map(() => 0);
    counts.set(program, own);
    const first = firstDay > end ? monthsBetween(end, firstDay) : 0;
    const last = monthsBetween(end, lastDay);
    starts.forEach((start, i) => {
      const before = starts[i + 1] ?? Number.POSITIVE_INFINITY;
      if (start <= last && before > first) own[i]!++;
    });
  }
  const rows = [...counts].flatMap(([program, own]) =>
    own.map((count, i) => ({ program: program, [PERIOD]: i, cohorts: count })),
  );
  return frameOf(rows, "program", { [PERIOD]: pl.Int64 }, "cohorts");
}
