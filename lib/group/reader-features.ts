import pl from "nodejs-polars";
import { count } from "../log/count";
import { STAFF_COHORT_ID } from "../log/programs";
import { requireColumns } from "../log/require-columns";
import { numbers } from "../log/typed-arrays";
import { requireOneOf } from "../stats/require-option";

export const READER_FEATURES = [
  "active_days",
  "tenure_days",
  "avg_cont_use",
  "pages_log10",
  "distinct_pages",
  "night_share",
  "weekend_share",
  "class_hours_share",
] as const;

export interface ReaderFeaturesOptions {
  when?: "all" | "in class" | "after class";
}

/**
 * How each student reads the curriculum, in all or by the dates of the row's own cohort. Rows of
 * Staff, without a cohort, a path, a day or a time do not count. Nothing is scaled.
 * @param accessLog access log, as `prepareLogs` gives it, in any order
 * @returns by user: `user_id`, `cohort` (of most of their page views, of equals the first by id),
 *   `pages`, `active_days`, `tenure_days`, `distinct_pages`, `avg_cont_use` (mean run of
 *   consecutive days), `pages_log10`, `night_share`, `weekend_share`, `class_hours_share`
 * @throws if `when` is none of its three, or a column is missing or of another type
 * @example
 * readerFeatures(accessLog, { when: "in class" });
 */
export function readerFeatures(
  accessLog: pl.DataFrame,
  { when = "all" }: ReaderFeaturesOptions = {},
): pl.DataFrame {
  requireOneOf("readerFeatures", { when }, ["all", "in class", "after class"]);
  requireColumns(
    "readerFeatures",
    accessLog,
    "timestamp",
    "date",
    "path",
    "user_id",
    "cohort_id",
    "cohort",
    "start_date",
    "end_date",
  );
  const views = studentViews(accessLog, when);
  const day = pl.col("date");
  // Days between a day of use and the next one are 1 within a run.
  const gaps = day.unique().sort().diff({ n: 1, nullBehavior: "ignore" });
  const runs = gaps.neq(pl.lit(1)).sum().add(pl.lit(1));
  const features = views
    .groupBy("user_id")
    .agg(
      pl.len().cast(pl.Int64).alias("pages"),
      day.nUnique().cast(pl.Int64).alias("active_days"),
      day.max().sub(day.min()).add(pl.lit(1)).cast(pl.Int64).alias("tenure_days"),
      pl.col("path").nUnique().cast(pl.Int64).alias("distinct_pages"),
      day.nUnique().cast(pl.Float64).div(runs).alias("avg_cont_use"),
      pl.col("night_share").mean(),
      pl.col("weekend_share").mean(),
      pl.col("class_hours_share").mean(),
    );
  const logarithms = numbers(features, "pages").map(Math.log10);
  return features
    .withColumns(pl.Series("pages_log10", logarithms))
    .join(homes(accessLog, views), { on: "user_id" })
    .sort("user_id")
    .select(
      "user_id",
      "cohort",
      "pages",
      "active_days",
      "tenure_days",
      "distinct_pages",
      "avg_cont_use",
      "pages_log10",
      "night_share",
      "weekend_share",
      "class_hours_share",
    );
}

function studentViews(accessLog: pl.DataFrame, when: "all" | "in class" | "after class") {
  const dayOf = (name: string) => pl.col(name).cast(pl.Date).cast(pl.Int32).alias(name);
  const time = pl.col("timestamp").cast(pl.Datetime("ms"));
  const hour = time.date.hour();
  const isOnWeekday = time.date.weekday().ltEq(pl.lit(5));
  const views = accessLog
    .select(
      pl.col("user_id").cast(pl.Int64),
      pl.col("cohort_id").cast(pl.Int64),
      pl.col("path").cast(pl.String),
      dayOf("date"),
      hour
        .gtEq(pl.lit(22))
        .or(hour.lt(pl.lit(6)))
        .alias("night_share"),
      isOnWeekday.not().alias("weekend_share"),
      isOnWeekday
        .and(hour.gtEq(pl.lit(8)))
        .and(hour.lt(pl.lit(17)))
        .alias("class_hours_share"),
      ...(when === "all" ? [] : [dayOf("end_date")]),
      ...(when === "in class" ? [dayOf("start_date")] : []),
    )
    .dropNulls()
    .filter(pl.col("cohort_id").neq(pl.lit(STAFF_COHORT_ID)));
  if (when === "all") return views;
  const [day, end] = [pl.col("date"), pl.col("end_date")];
  return views.filter(
    when === "after class" ? day.gt(end) : day.ltEq(end).and(day.gtEq(pl.col("start_date"))),
  );
}

function homes(accessLog: pl.DataFrame, views: pl.DataFrame): pl.DataFrame {
  const names = accessLog
    .select(pl.col("cohort_id").cast(pl.Int64), pl.col("cohort").cast(pl.String))
    .groupBy("cohort_id")
    .agg(pl.col("cohort").min());
  return count(views, ["user_id", "cohort_id"])
    .groupBy("user_id")
    .agg(pl.col("cohort_id").first())
    .join(names, { on: "cohort_id", how: "left" })
    .select("user_id", "cohort");
}
