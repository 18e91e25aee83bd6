import pl from "nodejs-polars";
import type { Row } from "../../log/first-row";
import { remembered } from "../../log/remembered";
import { requireColumns } from "../../log/require-columns";
import { not, where } from "../../log/where";
import { requireNumber } from "../../stats/require-option";
import { counted, formatCount, formatNumber, formatPercent } from "../../words/format-words";
import { visibleText } from "../../words/visible-text";
import { different, inClassHours, knownRequests, onWeekday, REQUEST } from "./known-requests";
import { withFindings } from "./with-findings";

export interface SharedAddressesOptions {
  /** Most accounts that an address is let pass with; by default as many as a class has. */
  accounts?: number;
}

/** Below what a campus has (some 40 accounts on a median day), for samples of a log. */
const CAMPUS_ACCOUNTS = 10;
const CAMPUS_ACCOUNTS_ON_A_DAY = 3;
const CAMPUS_CLASS_HOURS = 0.75;
const SMALLEST_CLASS = 5;

/**
 * Addresses that many accounts use. A campus has 10 or more, 3 or more on a median day, and three
 * quarters of its requests in class hours. Others are flagged with more accounts than a class has:
 * the median over cohorts, at least 5.
 * @returns one row per address, by `ip`: `ip`, `users`, `cohorts`, `rows`, `days`, `first_access`,
 *   `last_access`, `most_users_on_a_day`, `users_on_a_middle_day` (median), `weekday_share`,
 *   `class_hours_share`, `address_kind` (`campus`, `shared`, `few` or `single`), `score` (accounts,
 *   in classes; 0 for a campus), `finding`
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
  const { uses, usersOfAClass } = addressUse("sharedAddresses", accessLog);
  const limit = accounts ?? usersOfAClass;
  const rows: Row[] = uses.toRecords();
  const kinds = rows.map((row) => addressKind(row, limit));
  const score = rows.map(({ users }, i) => (kinds[i] === "campus" ? 0 : users / limit));
  const told = uses.withColumns(pl.Series("address_kind", kinds, pl.String));
  return withFindings(told, Float64Array.from(score), (row) => sentence(row, limit));
}

function addressKind(row: Row, limit: number): string {
  if (isCampus(row)) return "campus";
  return row.users > limit ? "shared" : row.users > 1 ? "few" : "single";
}

const isCampus = (row: Row): boolean =>
  row.users >= CAMPUS_ACCOUNTS &&
  row.users_on_a_middle_day >= CAMPUS_ACCOUNTS_ON_A_DAY &&
  row.class_hours_share >= CAMPUS_CLASS_HOURS;

export function campusAddresses(caller: string, accessLog: pl.DataFrame): string[] {
  const uses: Row[] = addressUse(caller, accessLog).uses.toRecords();
  return uses.filter(isCampus).map(({ ip }) => ip);
}

/** The kind of each address, as `sharedAddresses` gives it by default. */
export function addressKinds(caller: string, accessLog: pl.DataFrame): Map<string, string> {
  const { uses, usersOfAClass } = addressUse(caller, accessLog);
  const rows: Row[] = uses
    .select("ip", "users", "users_on_a_middle_day", "class_hours_share")
    .toRecords();
  return new Map(rows.map((row) => [row.ip, addressKind(row, usersOfAClass)]));
}

function addressUse(caller: string, accessLog: pl.DataFrame) {
  requireColumns(caller, accessLog, ...REQUEST);
  return remembered(accessLog, REQUEST, "address use", () => {
    const requests = knownRequests(caller, accessLog);
    const usersOfAClass = Math.max(SMALLEST_CLASS, usersOfACohort(requests));
    return { uses: usesOf(requests), usersOfAClass };
  });
}

function usesOf(requests: pl.DataFrame): pl.DataFrame {
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

function usersOfACohort(requests: pl.DataFrame): number {
  const cohorts = where(requests, { cohort_id: not(null) }).groupBy("cohort_id");
  return cohorts.agg(pl.col("user_id").nUnique()).getColumn("user_id").median() ?? 0;
}

function sentence(row: Row, limit: number): string {
  return (
    `${counted(row.users, "account")} of ${counted(row.cohorts, "cohort")} made ` +
    `${counted(row.rows, "request")} from ${visibleText(row.ip, { max: 60 })} on ${counted(row.days, "day")}, ` +
    `${formatNumber(row.users_on_a_middle_day, 1)} at once on a median day and ` +
    `${formatCount(row.most_users_on_a_day)} at most, ${formatPercent(row.class_hours_share, 0)} in class hours: ` +
    `unlike a campus, and more than the ${formatNumber(limit, 1)} of a class.`
  );
}
