import pl from "nodejs-polars";
import { count } from "../log/count";
import { STAFF_COHORT_ID } from "../log/programs";
import { numbers } from "../log/typed-arrays";
import { typedColumns } from "../log/typed-columns";
import { not, where } from "../log/where";
import { requireOneOf } from "../stats/require-option";

export const READER_FEATURES = [
  ...(["active_days", "tenure_days", "avg_cont_use", "pages_log10", "distinct_pages"] as const),
  ...(["night_share", "weekend_share", "class_hours_share"] as const),
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
  const ofCohort = ["cohort_id", "cohort", "start_date", "end_date"] as const;
  const needed = ["timestamp", "date", "path", "user_id", ...ofCohort] as const;
  const log = typedColumns("readerFeatures", accessLog, ...needed);
  const views = studentViews(log, when);
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
    .join(homes(log, views), { on: "user_id" })
    .sort("user_id")
    .select(
      ...["user_id", "cohort", "pages", "active_days", "tenure_days", "distinct_pages"],
      ...["avg_cont_use", "pages_log10", "night_share", "weekend_share", "class_hours_share"],
    );
}

function studentViews(log: pl.DataFrame, when: "all" | "in class" | "after class") {
  const hour = pl.col("timestamp").date.hour();
  const isOnWeekday = pl.col("timestamp").date.weekday().ltEq(5);
  const day = (name: string) => pl.col(name).cast(pl.Int32);
  const views = where(log, { cohort_id: not(STAFF_COHORT_ID) })
    .select(
      ...["user_id", "cohort_id", "path"].map((name) => pl.col(name)),
      day("date"),
      hour.gtEq(22).or(hour.lt(6)).alias("night_share"),
      isOnWeekday.not().alias("weekend_share"),
      isOnWeekday.and(hour.gtEq(8)).and(hour.lt(17)).alias("class_hours_share"),
      ...(when === "all" ? [] : [day("end_date")]),
      ...(when === "in class" ? [day("start_date")] : []),
    )
    .dropNulls();
  if (when === "all") return views;
  const [date, end] = [pl.col("date"), pl.col("end_date")];
  return views.filter(
    when === "after class" ? date.gt(end) : date.ltEq(end).and(date.gtEq(pl.col("start_date"))),
  );
}

function homes(log: pl.DataFrame, views: pl.DataFrame): pl.DataFrame {
  const names = log.groupBy("cohort_id").agg(pl.col("cohort").min());
  return count(views, ["user_id", "cohort_id"])
    .groupBy("user_id")
    .agg(pl.col("cohort_id").first())
    .join(names, { on: "cohort_id", how: "left" })
    .select("user_id", "cohort");
}
