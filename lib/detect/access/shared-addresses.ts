import pl from "nodejs-polars";
import type { Row } from "../../log/first-row";
import { requireColumns } from "../../log/require-columns";
import { not, where } from "../../log/where";
import { requireNumber } from "../../stats/require-option";
import { counted, formatCount, formatNumber, formatPercent } from "../../words/format-words";
import { visibleText } from "../../words/visible-text";
import { different, inClassHours, knownRequests, onWeekday } from "./known-requests";
import { withFindings } from "./with-findings";

export interface SharedAddressesOptions {
  /** Most accounts that an address is let pass with; by default as many as a class has. */
  accounts?: number;
}

// A campus has some 40 accounts on a median day and nine tenths of its requests in class hours,
// other addresses 1 or 2 and a half. The limits are lower, for samples of a log.
const CAMPUS_ACCOUNTS = 10;
const CAMPUS_ACCOUNTS_ON_A_DAY = 3;
const CAMPUS_CLASS_HOURS = 0.75;
/** Fewest accounts that count as a class, where cohorts are tiny or there are none. */
const SMALLEST_CLASS = 5;

/**
 * Addresses that many accounts use: which of them look like a campus, and which are shared by
 * more accounts than anything but a campus should be.
 *
 * A campus is learned from the log: 10 accounts or more have used the address, 3 or more on a
 * median day, and three quarters of its requests fall into class hours (Monday to Friday, 8:00 to
 * 17:00). Any other address is flagged if more accounts have used it than a class has: the median
 * over cohorts of their users, but at least 5. A carrier that gives its customers the same address
 * one after the other, a library or an employer of graduates looks like a shared account.
 *
 * @param accessLog access log, as `prepareLogs` gives it; rows without address, user or time
 *   count for nothing
 * @returns one row per address, by address (`ip`, String): `users`, `cohorts` (those with an
 *   id), `rows`, `days` (with requests; all Int64), `first_access`, `last_access` (Datetime
 *   ms), `most_users_on_a_day` (Int64), `users_on_a_middle_day` (Float64, median over days with
 *   requests), `weekday_share`, `class_hours_share` (Float64, of requests), `address_kind`
 *   (String: `campus`, `shared` by more accounts than a class has, by a `few`, or of a `single`
 *   one), `score` (accounts, in classes; 0 for a campus), `finding`
 * @throws {RangeError} if `accounts` is not a number above 0
 * @throws {Error} if a column is missing or of another type
 * @example
 * sharedAddresses(accessLog, { accounts: 30 });
 */
export function sharedAddresses(
  accessLog: pl.DataFrame,
  { accounts }: SharedAddressesOptions = {},
): pl.DataFrame {
  if (accounts !== undefined) requireNumber("sharedAddresses", { accounts }, { above: 0 });
  requireColumns("sharedAddresses", accessLog, "timestamp", "date", "user_id", "cohort_id", "ip");
  const requests = knownRequests(accessLog);
  const limit = accounts ?? usersOfAClass(requests);
  const uses = addressUse(requests);
  const rows: Row[] = uses.toRecords();
  const kinds = rows.map((row) => addressKind(row, limit));
  const score = rows.map(({ users }, i) => (kinds[i] === "campus" ? 0 : users / limit));
  const scored = uses.withColumns(
    pl.Series("address_kind", kinds, pl.String),
    pl.Series("score", score, pl.Float64),
  );
  return withFindings(scored, (row) => sentence(row, limit));
}

function addressKind(row: Row, limit: number): string {
  const isCampus =
    row.users >= CAMPUS_ACCOUNTS &&
    row.users_on_a_middle_day >= CAMPUS_ACCOUNTS_ON_A_DAY &&
    row.class_hours_share >= CAMPUS_CLASS_HOURS;
  if (isCampus) return "campus";
  return row.users > limit ? "shared" : row.users > 1 ? "few" : "single";
}

/** How each address is used, by address. */
function addressUse(requests: pl.DataFrame): pl.DataFrame {
  const users = requests
    .groupBy("ip", "date")
    .agg(pl.col("user_id").nUnique().alias("users"))
    .groupBy("ip")
    .agg(
      pl.len().cast(pl.Int64).alias("days"),
      pl.col("users").max().cast(pl.Int64).alias("most_users_on_a_day"),
      pl.col("users").median().alias("users_on_a_middle_day"),
    );
  return requests
    .groupBy("ip")
    .agg(
      different("user_id").alias("users"),
      different("cohort_id").alias("cohorts"),
      pl.len().cast(pl.Int64).alias("rows"),
      pl.col("timestamp").min().alias("first_access"),
      pl.col("timestamp").max().alias("last_access"),
      onWeekday().mean().alias("weekday_share"),
      inClassHours().mean().alias("class_hours_share"),
    )
    .join(users, { on: "ip" })
    .sort("ip")
    .select(
      ...["ip", "users", "cohorts", "rows", "days", "first_access", "last_access"],
      ...["most_users_on_a_day", "users_on_a_middle_day", "weekday_share", "class_hours_share"],
    );
}

/** Median over cohorts of their users. */
function usersOfAClass(requests: pl.DataFrame): number {
  const users = where(requests, { cohort_id: not(null) })
    .groupBy("cohort_id")
    .agg(pl.col("user_id").nUnique().alias("users"));
  return Math.max(SMALLEST_CLASS, users.getColumn("users").median() ?? 0);
}

function sentence(row: Row, limit: number): string {
  return (
    `${counted(row.users, "account")} of ${counted(row.cohorts, "cohort")} made ` +
    `${counted(row.rows, "request")} from ${visibleText(row.ip, { max: 60 })} on ${counted(row.days, "day")}, ` +
    `${formatNumber(row.users_on_a_middle_day, 1)} at once on the middle day and ` +
    `${formatCount(row.most_users_on_a_day)} at most, ${formatPercent(row.class_hours_share, 0)} in class hours: ` +
    `unlike a campus, and more than the ${formatNumber(limit, 1)} of a class.`
  );
}
