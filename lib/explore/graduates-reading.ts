import pl from "nodejs-polars";
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
  { by = "topic", jobMonths = 6 }: GraduatesReadingOptions = {},
): pl.DataFrame {
  if (!(Number.isInteger(jobMonths) && jobMonths > 0)) {
    throw new RangeError(
      `graduatesReading needs jobMonths to be an integer above 0, got ${jobMonths}: it is how long the way into a job may take`,
    );
  }
  const { after, inClass } = pagesOfGraduates("graduatesReading", lessons, by);
  const keys = ["program", by];
  const perReader = after.groupBy([...keys, "user_id"]).agg(pl.len().cast(pl.Int64).alias("pages"));
  const perKey = perReader
    .groupBy(keys)
    .agg(
      pl.col("pages").sum().alias("pages"),
      pl.len().cast(pl.Int64).alias("users"),
      pl.col("pages").max().alias(MOST),
    );
  const times = after.groupBy(keys).agg(
    pl
      .col(DAYS_AFTER_END)
      .median()
      .div(pl.lit(365.25 / 12))
      .alias("median_months"),
    pl.col("months_after_end").gtEq(pl.lit(jobMonths)).sum().cast(pl.Int64).alias("late_pages"),
  );
  const totals = after
    .groupBy("program")
    .agg(
      pl.len().cast(pl.Float64).alias(ALL),
      pl.col("user_id").nUnique().cast(pl.Int64).alias("graduates"),
    );
  const inClassTotals = inClass.groupBy("program").agg(pl.col("pages").sum().alias(ALL_IN_CLASS));
  const ratio = (part: string, whole: string) =>
    pl.col(part).cast(pl.Float64).div(pl.col(whole).cast(pl.Float64));
  return perKey
    .join(times, { on: keys, how: "left" })
    .join(totals, { on: "program", how: "left" })
    .join(inClassTotals, { on: "program", how: "left" })
    .join(inClass.rename({ pages: IN_CLASS }), { on: keys, how: "left" })
    .withColumns(
      ratio("users", "graduates").alias("graduates_share"),
      ratio("pages", ALL).alias("share"),
      // Null where the program has no class in the log, 0 where only this topic has none.
      pl
        .col(IN_CLASS)
        .fillNull(pl.lit(0))
        .cast(pl.Float64)
        .div(pl.col(ALL_IN_CLASS).cast(pl.Float64))
        .alias("share_in_class"),
      ratio("late_pages", "pages").alias("late_share"),
      ratio(MOST, "pages").alias("largest_reader_share"),
    )
    .withColumns(
      pl
        .when(pl.col("share_in_class").gt(pl.lit(0)))
        .then(pl.col("share").div(pl.col("share_in_class")))
        .otherwise(pl.lit(null))
        .cast(pl.Float64)
        .alias("lift"),
    )
    .select(
      ...[
        "program",
        by,
        "pages",
        "users",
        "graduates",
        "graduates_share",
        "share",
        "share_in_class",
        "lift",
      ],
      ...["median_months", "late_pages", "late_share", "largest_reader_share"],
    )
    .sort(keys);
}

// Names for columns on the way that no log has.
const MOST = "\0most";
const ALL = "\0all";
const IN_CLASS = "\0in_class";
const ALL_IN_CLASS = "\0all_in_class";
