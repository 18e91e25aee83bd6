import pl from "nodejs-polars";
import { STAFF_COHORT_ID } from "../log/programs";
import { requireColumns } from "../log/require-columns";
import { int32 } from "../log/typed-arrays";

export interface CampusSharesOptions {
  /** Length of a period; weeks begin on Monday. */
  every?: "week" | "day";
}

/**
 * How much of students' reading is done on campus, week by week: of their requests, how many
 * come from an address that looks like a campus.
 *
 * Which addresses those are is learned, not given: `sharedAddresses` tells by how many use one
 * at once, and when. An address is a campus for all of its time or for none. Where it finds
 * none, all shares are 0: then nobody was on a campus, or its address looks like no campus.
 *
 * Students are who has a cohort that is not Staff. Requests without a day or an address do not
 * count.
 *
 * @param accessLog access log in any order: `date`, `cohort_id`, `ip`
 * @param addresses addresses and their kinds, as `sharedAddresses` gives them: `ip`, `address_kind`
 * @returns one row per period, by period, from the first to the last with a student's request,
 *   quiet ones too: `period` (Date, its first day), `requests`, `campus_requests` (Int64),
 *   `campus_share` (Float64; null in a period without requests)
 * @throws {RangeError} if `every` is no period
 * @throws {Error} if a column is missing or of another type
 */
export function campusShares(
  accessLog: pl.DataFrame,
  addresses: pl.DataFrame,
  { every = "week" }: CampusSharesOptions = {},
): pl.DataFrame {
  if (every !== "week" && every !== "day") {
    throw new RangeError(`campusShares needs every to be week or day, got ${every}`);
  }
  requireColumns("campusShares", accessLog, "date", "cohort_id", "ip");
  requireColumns("campusShares (addresses)", addresses, "ip", "address_kind");
  const campus = addresses
    .filter(pl.col("address_kind").cast(pl.String).eq(pl.lit("campus")))
    .getColumn("ip")
    .toArray() as string[];
  const perDay = accessLog
    .select(
      pl.col("date").cast(pl.Date).cast(pl.Int32),
      pl.col("cohort_id").cast(pl.Int64).neq(pl.lit(STAFF_COHORT_ID)).alias(STUDENT),
      pl.col("ip").cast(pl.String),
    )
    .filter(pl.col(STUDENT).and(pl.col("date").isNotNull()).and(pl.col("ip").isNotNull()))
    .withColumns(isOneOf(campus).cast(pl.Int64).alias("campus_requests"))
    .groupBy("date")
    .agg(pl.len().cast(pl.Int64).alias("requests"), pl.col("campus_requests").sum());
  return everyPeriod(perDay, every === "week" ? 7 : 1);
}

// A name for a column on the way that no log has.
const STUDENT = "\0student";

function isOneOf(ips: string[]): pl.Expr {
  return ips.length === 0 ? pl.lit(false) : pl.col("ip").isIn(ips);
}

/** Sums by periods of so many days; the first day of each is a Monday where it is a week. */
function everyPeriod(perDay: pl.DataFrame, length: number): pl.DataFrame {
  const days = int32(perDay, "date");
  const begin = (day: number) => (length === 1 ? day : day - modulo(day + 3, 7)); // day 0 was a Thursday
  const first = begin(days.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY));
  const last = begin(days.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY));
  const periods = days.length === 0 ? 0 : (last - first) / length + 1;
  const [requests, campus] = ["requests", "campus_requests"].map((name) => {
    const sums = new Float64Array(periods);
    const counts = perDay.getColumn(name).toArray();
    days.forEach((day, i) => {
      sums[Math.floor((day - first) / length)]! += Number(counts[i]);
    });
    return Array.from(sums);
  }) as [number[], number[]];
  return pl.DataFrame([
    pl
      .Series(
        "period",
        requests.map((_, i) => first + i * length),
        pl.Int32,
      )
      .cast(pl.Date),
    pl.Series("requests", requests, pl.Int64),
    pl.Series("campus_requests", campus, pl.Int64),
    pl.Series(
      "campus_share",
      requests.map((count, i) => (count > 0 ? campus[i]! / count : null)),
      pl.Float64,
    ),
  ]);
}

const modulo = (a: number, n: number) => ((a % n) + n) % n;
