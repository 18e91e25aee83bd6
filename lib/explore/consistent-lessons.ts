import pl from "nodejs-polars";
import { where } from "../log/where";
import { requireNumber } from "../stats/require-option";
import { classReading, withoutOpeningPages } from "./class-reading";
import { type CohortLessonsOptions, pagesByClass, rankOf } from "./cohort-lessons";
import { orZero, rowCount } from "./expressions";

export interface ConsistentLessonsOptions extends CohortLessonsOptions {
  first?: number;
}

/**
 * Which lessons attract most traffic in every cohort of a program: ranked by the largest
 * share of lesson pages in class that at least 75 % of the cohorts reach, then by the median. Of one
 * cohort or two nothing is consistent: look at `cohorts`.
 * @returns by `program`, `rank` and `lesson` (or `topic`) that a cohort that counts (see
 *   `cohortsInClass`) opened in class: `rank_by_sum`, `lower_quartile_share`, `median_share`,
 *   `lowest_share`, `median_rank` (unread comes last), `cohorts` (that count), `cohorts_reading`,
 *   `cohorts_in_first`, `pages_per_student` (median of the cohorts), `pages`
 * @throws if an option is out of range, or a column is missing or of another type
 * @example
 * consistentLessons(lessonPages(accessLog)); // in which lesson is every cohort busy?
 */
export function consistentLessons(
  lessonPages: pl.DataFrame,
  { of = "lesson", sections = true, first = 10, ...floors }: ConsistentLessonsOptions = {},
): pl.DataFrame {
  requireNumber("consistentLessons", { first }, { atLeast: 1 });
  const found = classReading("consistentLessons", lessonPages, of, floors);
  const reading = sections ? found.reading : withoutOpeningPages(found);
  const counted = where(found.classes, { counts: true })
    .select("program", "cohort_id", "users")
    .rename({ users: "students" });
  const byClass = pagesByClass(reading, of);
  const keys = ["program", of];
  const sums = byClass
    .groupBy(keys)
    .agg(pl.col("pages").sum())
    .select(...keys, rankOf("pages", "program").alias("rank_by_sum"));
  const topics = reading.select(...new Set([...keys, "topic"])).unique({ subset: keys });
  const cells = sharesByClass(byClass, counted, of);
  const pages = pl.col("pages");
  const isRead = pages.gt(pl.lit(0));
  const isFirst = isRead.and(pl.col("place").ltEq(pl.lit(first)));
  const count = (condition: pl.Expr) => condition.cast(pl.Int64).sum();
  const share = pl.col("share");
  return cells
    .groupBy(keys)
    .agg(
      reachedByMost(share).alias("lower_quartile_share"),
      share.median().alias("median_share"),
      share.min().alias("lowest_share"),
      pl.col("place").median().alias("median_rank"),
      rowCount("cohorts"),
      count(isRead).alias("cohorts_reading"),
      count(isFirst).alias("cohorts_in_first"),
      pl.col("pages_per_student").median(),
      pages.sum(),
    )
    .join(sums, { on: keys })
    .join(topics, { on: keys })
    .withColumns(
      rankOf("lower_quartile_share", "program")
        .add(rankOf("median_share", "program", "lower_quartile_share"))
        .sub(1)
        .cast(pl.Int64)
        .alias("rank"),
    )
    .select(...new Set(["program", "rank", of, "topic", ...FACTS]))
    .sort(["program", "rank", of]);
}

const FACTS = [
  ...["rank_by_sum", "lower_quartile_share", "median_share", "lowest_share", "median_rank"],
  ...["cohorts", "cohorts_reading", "cohorts_in_first", "pages_per_student", "pages"],
];

/** The largest value that at least 75 % reach: not interpolated, as fewer would reach that. */
function reachedByMost(values: pl.Expr): pl.Expr {
  const reaching = values.rank({ method: "max", descending: true });
  return values.filter(reaching.mul(4).gtEq(pl.len().mul(3))).max();
}

function sharesByClass(byClass: pl.DataFrame, counted: pl.DataFrame, of: string): pl.DataFrame {
  const pages = pl.col("pages").cast(pl.Float64);
  const own = byClass.join(counted, { on: "cohort_id", how: "semi" });
  const total = pages.sum().over("cohort_id");
  return own
    .select("program", of)
    .unique()
    .join(counted, { on: "program" })
    .join(own.select("cohort_id", of, "pages"), { on: ["cohort_id", of], how: "left" })
    .withColumns(orZero("pages"))
    .withColumns(
      // A class may have read nothing but topics' own pages.
      pages.div(pl.maxHorizontal([total, pl.lit(1)])).alias("share"),
      rankOf("pages", "cohort_id").alias("place"),
      pages.div(pl.col("students")).alias("pages_per_student"),
    );
}
