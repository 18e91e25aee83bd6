import pl from "nodejs-polars";

/** Rows that have a user, a time, a day and an address, in their order; the cohort may be null. */
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

/** Whether a request was made Monday to Friday, from 8:00 to before 17:00. */
export function inClassHours(): pl.Expr {
  const hour = pl.col("timestamp").date.hour();
  return onWeekday().and(hour.gtEq(8)).and(hour.lt(17));
}

/** How many different values a column has, null not counted. */
export const different = (name: string): pl.Expr =>
  pl.col(name).filter(pl.col(name).isNotNull()).nUnique().cast(pl.Int64);
