import pl from "nodejs-polars";
import { frameOf } from "../log/frame-of";
import { STAFF_COHORT_ID } from "../log/programs";
import { int32, numbers } from "../log/typed-arrays";
import { typedColumns } from "../log/typed-columns";
import { where } from "../log/where";
import { requireOneOf } from "../stats/require-option";
import { rowCount } from "./expressions";
import { weekdayOf } from "./us-holidays";

export interface CampusSharesOptions {
  /** Weeks begin on Monday. */
  every?: "week" | "day";
}

/**
 * How many of students' requests (Staff left out) come from addresses of a campus.
 * @param accessLog access log in any order: `date`, `cohort_id`, `ip`
 * @param addresses what `sharedAddresses` gives: `ip`, `address_kind`
 * @returns by `period`, quiet ones too: `requests`, `campus_requests`, `campus_share` (or null)
 * @throws if `every` is no period, or a column is missing or of another type
 */
export function campusShares(
  accessLog: pl.DataFrame,
  addresses: pl.DataFrame,
  { every = "week" }: CampusSharesOptions = {},
): pl.DataFrame {
  requireOneOf("campusShares", { every }, ["week", "day"]);
  const rows = typedColumns("campusShares", accessLog, "date", "cohort_id", "ip");
  const kinds = typedColumns("campusShares (addresses)", addresses, "ip", "address_kind");
  const campus = where(kinds, { address_kind: "campus" }).getColumn("ip").toArray() as string[];
  const isOnCampus = campus.length > 0 ? pl.col("ip").isIn(campus) : pl.lit(false);
  const perDay = rows
    .dropNulls(["date", "ip"])
    .filter(pl.col("cohort_id").neq(pl.lit(STAFF_COHORT_ID)))
    .withColumns(isOnCampus.cast(pl.Int64).alias("campus_requests"))
    .groupBy("date")
    .agg(rowCount("requests"), pl.col("campus_requests").sum());
  return everyPeriod(perDay, every === "week" ? 7 : 1);
}

function everyPeriod(perDay: pl.DataFrame, length: number): pl.DataFrame {
  const days = int32(perDay, "date");
  const [requests, onCampus] = [numbers(perDay, "requests"), numbers(perDay, "campus_requests")];
  const begin = (day: number) => (length === 1 ? day : day + 1 - weekdayOf(day));
  const first = begin(Math.min(...days));
  const count = days.length === 0 ? 0 : (begin(Math.max(...days)) - first) / length + 1;
  const periods = Array.from({ length: count }, (_, i) => ({
    ...{ period: first + i * length, requests: 0, campus_requests: 0 },
  }));
  days.forEach((day, i) => {
    const own = periods[Math.floor((day - first) / length)]!;
    own.requests += requests[i]!;
    own.campus_requests += onCampus[i]!;
  });
  const rows = periods.map((own) => ({
    ...own,
    campus_share: own.requests > 0 ? own.campus_requests / own.requests : null,
  }));
  return frameOf(rows, "period", "requests", "campus_requests", "campus_share");
}
