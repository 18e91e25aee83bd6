import pl from "nodejs-polars";
import { onlyWhere, ratio } from "../expressions";

/** Each student beside those of the cohort who have pages in class; see `hardlyActiveStudents`. */
export function besideClassmates(students: pl.DataFrame, peers: number): pl.DataFrame {
  const ofCohort = (values: pl.Expr) => values.over("cohort_id");
  const isThere = pl.col("pages").gt(pl.lit(0));
  const [first, last] = [pl.col("first_read"), pl.col("last_read")];
  const pages = onlyWhere(isThere, pl.col("pages"));
  const days = onlyWhere(isThere, pl.col("active_days"));
  const present = ofCohort(pages.count()).cast(pl.Int64);
  const medianOf = (values: pl.Expr) =>
    onlyWhere(present.gtEq(pl.lit(peers)), ofCohort(values.median()));
  const rank = ofCohort(pages.rank({ method: "min", descending: false })).cast(pl.Int64);
  const others = present.sub(isThere.cast(pl.Int64));
  const below = ratio(rank.sub(1).fillNull(pl.lit(0)), others);
  return students.withColumns(
    medianOf(pages).cast(pl.Float64).alias("cohort_pages"),
    ratio("pages", medianOf(pages)).alias("share_of_pages"),
    ratio("active_days", medianOf(days)).alias("share_of_days"),
    onlyWhere(others.gt(pl.lit(0)), below).alias("classmates_below"),
    first.sub(ofCohort(first.min())).alias("silent_before"),
    ofCohort(last.max()).sub(last).alias("silent_after"),
  );
}

export function medianMeanwhile(asked: pl.DataFrame, days: pl.DataFrame): pl.DataFrame {
  const date = pl.col("date");
  const isMeanwhile = date.gtEq(pl.col("first_read")).and(date.ltEq(pl.col("last_read")));
  return asked
    .dropNulls(["first_read", "cohort_pages"])
    .select("user_id", "cohort_id", "first_read", "last_read")
    .join(days.rename({ user_id: "classmate" }), { on: "cohort_id" })
    .groupBy(["user_id", "cohort_id", "classmate"])
    .agg(pl.col("pages").filter(isMeanwhile).sum())
    .groupBy(["user_id", "cohort_id"])
    .agg(pl.col("pages").median().cast(pl.Float64).alias("cohort_pages_meanwhile"));
}
