import pl from "nodejs-polars";
import { dayOf, onlyWhere, ratio } from "./expressions";

/**
 * What the rows of each cohort say of its class, and how much of it lies within the log: `begin`
 * and `end` are null where the dates make no class, `seen_share` is 0 where none is seen.
 */
export function classTimes(rows: pl.DataFrame, log: pl.DataFrame, ...more: string[]): pl.DataFrame {
  const days = log.getColumn("date").cast(pl.Int32);
  const [begin, end] = [dayOf("start_date"), dayOf("end_date")];
  const last = pl.minHorizontal([end, pl.lit(days.max())]);
  const seen = last.sub(pl.maxHorizontal([begin, pl.lit(days.min())])).add(1);
  const isClass = begin.ltEq(end);
  const isSeen = isClass.and(seen.gt(pl.lit(0)));
  const orNone = (is: pl.Expr, count: pl.Expr) =>
    onlyWhere(is, count).fillNull(pl.lit(0)).cast(pl.Int64);
  return rows
    .dropNulls("cohort_id")
    .groupBy("cohort_id")
    .agg(...["start_date", "end_date", ...more].map((name) => pl.col(name).first()))
    .withColumns(
      onlyWhere(isClass, begin).alias("begin"),
      onlyWhere(isClass, end).alias("end"),
      orNone(isClass, end.sub(begin).add(1)).alias("course_days"),
      orNone(isSeen, seen).alias("class_days"),
    )
    .withColumns(
      ratio("class_days", pl.maxHorizontal([pl.col("course_days"), pl.lit(1)])).alias("seen_share"),
    );
}
