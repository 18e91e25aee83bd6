import pl from "nodejs-polars";
import {
  GRADUATES,
  GRADUATES_SHARE,
  LARGEST_READER_SHARE,
  LATE_PAGES,
  LATE_SHARE,
  LIFT,
  MEDIAN_MONTHS,
  MONTHS_AFTER_END,
  PAGES,
  PROGRAM,
  SHARE,
  SHARE_IN_CLASS,
  TOPIC,
  USER_ID,
  USERS,
} from "../log/columns";
import { DAYS_AFTER_END, type LessonOrTopic, pagesOfGraduates } from "./pages-after-end";

export interface GraduatesReadingOptions {
  /** What is counted: topics, or lessons one by one. */
  by?: LessonOrTopic;
  /** Whole months after the end from which graduates are taken to be in their jobs. */
  jobMonths?: number;
}

/**
 * What graduates come back for: of each program's topics, how much is read after the end of
 * class, by how many, and whether that is more than in class.
 *
 * A page is after graduation on days after the last day of the cohort it was logged under; the
 * last day itself is still class. Staff are left out, as are cohorts that end after the log and rows
 * without a cohort or a program. Two measures answer the question, and they differ: `pages` says
 * what is read most, which follows from what was taught most; `lift` says what is read more than
 * in class, which is what graduates come back for.
 *
 * The share in class is that of the same cohorts, from their first to their last day, as far as
 * the log holds it: it is cut short for a cohort that began before the log, and null for a
 * program of which no class lies in it. One graduate can make a sum, which is why the share of
 * graduates and the largest reader's part stand beside it. Later months have fewer cohorts, so
 * `late_share` compares topics of one program, not programs.
 *
 * @param lessons the log's pages of lessons, as `lessonPages` gives them
 * @returns one row per program and topic (or lesson), by both: `program`, `topic` or `lesson`
 *   (String), `pages`, `users` (Int64, graduates who opened it), `graduates` (Int64, those of the
 *   program who opened any lesson), `graduates_share` (Float64, the first by the second),
 *   `share` (Float64, of the program's pages after the end), `share_in_class` (Float64 or null),
 *   `lift` (Float64, `share` by `share_in_class`; null where that is null or 0),
 *   `median_months` (Float64, of its pages, months of 30.4 days), `late_pages` (Int64, from `jobMonths` on),
 *   `late_share` (Float64, of its pages), `largest_reader_share` (Float64, of its pages)
 * @throws {RangeError} if `by` is neither `topic` nor `lesson`, or `jobMonths` not an integer above 0
 * @throws {Error} if a column is missing or of another type
 * @example
 * graduatesReading(lessonPages(accessLog), { by: "lesson" });
 */
export function graduatesReading(
  lessons: pl.DataFrame,
  { by = TOPIC, jobMonths = 6 }: GraduatesReadingOptions = {},
): pl.DataFrame {
  if (!(Number.isInteger(jobMonths) && jobMonths > 0)) {
    throw new RangeError(
      `graduatesReading needs jobMonths to be an integer above 0, got ${jobMonths}: it is how long the way into a job may take`,
    );
  }
  const { after, inClass } = pagesOfGraduates("graduatesReading", lessons, by);
  const keys = [PROGRAM, by];
  const perReader = after.groupBy([...keys, USER_ID]).agg(pl.len().cast(pl.Int64).alias(PAGES));
  const perKey = perReader
    .groupBy(keys)
    .agg(
      pl.col(PAGES).sum().alias(PAGES),
      pl.len().cast(pl.Int64).alias(USERS),
      pl.col(PAGES).max().alias(MOST),
    );
  const times = after.groupBy(keys).agg(
    pl
      .col(DAYS_AFTER_END)
      .median()
      .div(pl.lit(365.25 / 12))
      .alias(MEDIAN_MONTHS),
    pl.col(MONTHS_AFTER_END).gtEq(pl.lit(jobMonths)).sum().cast(pl.Int64).alias(LATE_PAGES),
  );
  const totals = after
    .groupBy(PROGRAM)
    .agg(
      pl.len().cast(pl.Float64).alias(ALL),
      pl.col(USER_ID).nUnique().cast(pl.Int64).alias(GRADUATES),
    );
  const inClassTotals = inClass.groupBy(PROGRAM).agg(pl.col(PAGES).sum().alias(ALL_IN_CLASS));
  const ratio = (part: string, whole: string) =>
    pl.col(part).cast(pl.Float64).div(pl.col(whole).cast(pl.Float64));
  return perKey
    .join(times, { on: keys, how: "left" })
    .join(totals, { on: PROGRAM, how: "left" })
    .join(inClassTotals, { on: PROGRAM, how: "left" })
    .join(inClass.rename({ [PAGES]: IN_CLASS }), { on: keys, how: "left" })
    .withColumns(
      ratio(USERS, GRADUATES).alias(GRADUATES_SHARE),
      ratio(PAGES, ALL).alias(SHARE),
      // Null where the program has no class in the log, 0 where only this topic has none.
      pl
        .col(IN_CLASS)
        .fillNull(pl.lit(0))
        .cast(pl.Float64)
        .div(pl.col(ALL_IN_CLASS).cast(pl.Float64))
        .alias(SHARE_IN_CLASS),
      ratio(LATE_PAGES, PAGES).alias(LATE_SHARE),
      ratio(MOST, PAGES).alias(LARGEST_READER_SHARE),
    )
    .withColumns(
      pl
        .when(pl.col(SHARE_IN_CLASS).gt(pl.lit(0)))
        .then(pl.col(SHARE).div(pl.col(SHARE_IN_CLASS)))
        .otherwise(pl.lit(null))
        .cast(pl.Float64)
        .alias(LIFT),
    )
    .select(
      ...[PROGRAM, by, PAGES, USERS, GRADUATES, GRADUATES_SHARE, SHARE, SHARE_IN_CLASS, LIFT],
      ...[MEDIAN_MONTHS, LATE_PAGES, LATE_SHARE, LARGEST_READER_SHARE],
    )
    .sort(keys);
}

// Names for columns on the way that no log has.
const MOST = "\0most";
const ALL = "\0all";
const IN_CLASS = "\0in_class";
const ALL_IN_CLASS = "\0all_in_class";
