import pl from "nodejs-polars";
import { typedColumns } from "../../log/typed-columns";

/** Requests of a user, at a time, from an address; refuses a log without what they need. */
export function knownRequests(caller: string, accessLog: pl.DataFrame): pl.DataFrame {
  return typedColumns(caller, accessLog, ...REQUEST).dropNulls([
    "user_id",
    "timestamp",
    "date",
    "ip",
  ]);
}

export const REQUEST = ["user_id", "timestamp", "date", "ip", "cohort_id"] as const;

export const onWeekday = (): pl.Expr => pl.col("timestamp").date.weekday().ltEq(5);

export function inClassHours(): pl.Expr {
  const hour = pl.col("timestamp").date.hour();
  return onWeekday().and(hour.gtEq(8)).and(hour.lt(17));
}

export const different = (name: string): pl.Expr =>
  pl.col(name).filter(pl.col(name).isNotNull()).nUnique().cast(pl.Int64);
