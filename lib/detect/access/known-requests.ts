import pl from "nodejs-polars";

/** What `knownRequests` needs. */
export const REQUEST = ["timestamp", "date", "user_id", "cohort_id", "ip"] as const;

export function knownRequests(accessLog: pl.DataFrame): pl.DataFrame {
  return accessLog
    .select(
      pl.col("user_id").cast(pl.Int64),
      pl.col("timestamp").cast(pl.Datetime("ms")),
      pl.col("date").cast(pl.Date),
      pl.col("ip").cast(pl.String),
      pl.col("cohort_id").cast(pl.Int64),
    )
    .dropNulls(["user_id", "timestamp", "date", "ip"]);
}

export const onWeekday = (): pl.Expr => pl.col("timestamp").date.weekday().ltEq(5);

export function inClassHours(): pl.Expr {
  const hour = pl.col("timestamp").date.hour();
  return onWeekday().and(hour.gtEq(8)).and(hour.lt(17));
}

export const different = (name: string): pl.Expr =>
  pl.col(name).filter(pl.col(name).isNotNull()).nUnique().cast(pl.Int64);
