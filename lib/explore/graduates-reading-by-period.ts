import pl from "nodejs-polars";
import {
  ALL_PAGES,
  COHORTS,
  FROM_MONTH,
  MONTHS_AFTER_END,
  PAGES,
  PROGRAM,
  SHARE,
  TO_MONTH,
  TOPIC,
  USER_ID,
  USERS,
} from "../log/columns";
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
  { by = TOPIC, starts = [0, 1, 3, 6, 12] }: GraduatesReadingByPeriodOptions = {},
): pl.DataFrame {
  requireStarts(starts);
  const found = pagesOfGraduates("graduatesReadingByPeriod", lessons, by);
  const periodOf = (month: number) => starts.filter((start) => start <= month).length - 1;
  const months = int32(found.after, MONTHS_AFTER_END);
  const after = found.after
    .select(PROGRAM, by, USER_ID)
    .withColumns(pl.Series(PERIOD, months.map(periodOf)).cast(pl.Int64))
    .filter(pl.col(PERIOD).gtEq(pl.lit(0)));
  const counts = after
    .groupBy([PROGRAM, by, PERIOD])
    .agg(
      pl.len().cast(pl.Int64).alias(PAGES),
      pl.col(USER_ID).nUnique().cast(pl.Int64).alias(USERS),
    );
  const periods = after
    .groupBy([PROGRAM, PERIOD])
    .agg(pl.len().cast(pl.Int64).alias(ALL_PAGES))
    .join(cohortsSeen(found, starts), { on: [PROGRAM, PERIOD], how: "left" });
  return after
    .select(PROGRAM, by)
    .unique()
    .join(periods, { on: PROGRAM, how: "inner" })
    .join(counts, { on: [PROGRAM, by, PERIOD], how: "left" })
    .withColumns(...[PAGES, USERS].map((name) => pl.col(name).fillNull(pl.lit(0)).cast(pl.Int64)))
    .withColumns(pl.col(PAGES).cast(pl.Float64).div(pl.col(ALL_PAGES)).alias(SHARE))
    .join(boundsOf(starts), { on: PERIOD, how: "left" })
    .select(PROGRAM, by, FROM_MONTH, TO_MONTH, PAGES, USERS, ALL_PAGES, SHARE, COHORTS)
    .sort([PROGRAM, by, FROM_MONTH]);
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
      [FROM_MONTH]: start,
      [TO_MONTH]: starts[i + 1] ?? null,
    })),
    { [PERIOD]: pl.Int64, [FROM_MONTH]: pl.Int64, [TO_MONTH]: pl.Int64 },
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
    own.map((count, i) => ({ [PROGRAM]: program, [PERIOD]: i, [COHORTS]: count })),
  );
  return frameOf(rows, { [PROGRAM]: pl.String, [PERIOD]: pl.Int64, [COHORTS]: pl.Int64 });
}
