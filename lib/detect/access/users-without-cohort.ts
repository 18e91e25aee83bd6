import pl from "nodejs-polars";
import { codesOf } from "../../log/coded-column";
import { requireColumns } from "../../log/require-columns";
import { numbers } from "../../log/typed-arrays";
import { counted, formatDate } from "../../words/format-words";

export interface UsersWithoutCohortOptions {
  /** Most rows of someone without a cohort that are let pass as a look around. */
  look?: number;
}

/** Days within which others began with a user: less than a week before or after. */
const WEEK = 7;

/**
 * Users with rows that name no cohort: who reads here without belonging to any class?
 *
 * Flagged is who never has a cohort and has more than `look` rows: 20 are two days of a
 * student's reading. Users with both kinds of rows are never flagged: they
 * belong somewhere, and were at work before their cohort was entered, or after it was
 * forgotten. `started_with` counts others who never have a cohort and whose first row is less
 * than a week away: many who began together are most likely a class that was never entered
 * (an outsider comes alone).
 *
 * @param accessLog access log, as `prepareLogs` gives it
 * @returns one row per user with any row without a `cohort_id`, by `user_id`: `rows` (without
 *   cohort), `rows_with_cohort` (Int64), `share` (without, of all their rows; Float64); of the rows
 *   without cohort `first_access`, `last_access` (Datetime ms), `days` (with requests),
 *   `distinct_pages`, `addresses`; `started_with` (all Int64); `score` (rows in looks for those who
 *   never have a cohort, `share` for others), `finding`
 * @throws {RangeError} if `look` is not a number of 1 or more
 * @throws {Error} if a column is missing or of another type
 */
export function usersWithoutCohort(
  accessLog: pl.DataFrame,
  { look = 20 }: UsersWithoutCohortOptions = {},
): pl.DataFrame {
  if (!(look >= 1 && look < Infinity)) {
    throw new RangeError(`usersWithoutCohort needs a look of 1 row or more, got ${look}`);
  }
  requireColumns(
    "usersWithoutCohort",
    accessLog,
    "timestamp",
    "date",
    "path",
    "user_id",
    "cohort_id",
    "ip",
  );
  const users = withoutCohort(accessLog);
  const rows = numbers(users, "rows");
  const rest = numbers(users, "rows_with_cohort");
  const share = rows.map((count, i) => count / (count + rest[i]!));
  const score = rows.map((count, i) => (rest[i] === 0 ? count / look : share[i]!));
  const startedWith = othersWithinAWeek(
    users.getColumn("first_access").toArray() as unknown as (Date | null)[],
    Array.from(rest, (count) => count === 0),
  );
  return users
    .withColumns(
      pl.Series("share", share),
      pl.Series("started_with", startedWith, pl.Int64),
      pl.Series("score", score),
      pl.Series("finding", findings(users, startedWith, score), pl.String),
    )
    .select(
      "user_id",
      "rows",
      "rows_with_cohort",
      "share",
      "first_access",
      "last_access",
      "days",
      "distinct_pages",
      "addresses",
      "started_with",
      "score",
      "finding",
    );
}

function withoutCohort(accessLog: pl.DataFrame): pl.DataFrame {
  const { codes: user, values } = codesOf(accessLog, "user_id");
  const { codes: cohort } = codesOf(accessLog, "cohort_id");
  const withCohort = new Float64Array(values.length);
  for (let row = 0; row < user.length; row++) {
    if (user[row]! >= 0 && cohort[row]! >= 0) withCohort[user[row]!]!++;
  }
  const belongs = pl.DataFrame([
    values.cast(pl.Int64).alias("user_id"),
    pl.Series("rows_with_cohort", withCohort).cast(pl.Int64),
  ]);
  const different = (name: string) =>
    pl.col(name).filter(pl.col(name).isNotNull()).nUnique().cast(pl.Int64);
  return accessLog
    .select("user_id", "timestamp", "date", "path", "ip", "cohort_id")
    .filter(pl.col("cohort_id").isNull().and(pl.col("user_id").isNotNull()))
    .withColumns(pl.col("user_id").cast(pl.Int64), pl.col("timestamp").cast(pl.Datetime("ms")))
    .groupBy("user_id")
    .agg(
      pl.len().cast(pl.Int64).alias("rows"),
      pl.col("timestamp").min().alias("first_access"),
      pl.col("timestamp").max().alias("last_access"),
      different("date").alias("days"),
      different("path").alias("distinct_pages"),
      different("ip").alias("addresses"),
    )
    .join(belongs, { on: "user_id", how: "left" })
    .withColumns(pl.col("rows_with_cohort").fillNull(pl.lit(0)).cast(pl.Int64))
    .sort("user_id");
}

/** For each user, how many of the others who never have a cohort began less than a week away. */
function othersWithinAWeek(first: (Date | null)[], never: boolean[]): number[] {
  const days = first.map((time) => (time === null ? Number.NaN : Math.floor(+time / 86_400_000)));
  const starts = days.filter((day, i) => never[i] && !Number.isNaN(day)).sort((a, b) => a - b);
  return days.map((day, i) => {
    const near = starts.filter((start) => Math.abs(start - day) < WEEK).length;
    return never[i] && near > 0 ? near - 1 : near;
  });
}

function findings(
  users: pl.DataFrame,
  startedWith: number[],
  score: Float64Array,
): (string | null)[] {
  const [ids, rows, days, pages, addresses] = [
    "user_id",
    "rows",
    "days",
    "distinct_pages",
    "addresses",
  ].map((name) => numbers(users, name)) as Float64Array[];
  const first = users.getColumn("first_access").toArray() as unknown as (Date | null)[];
  const last = users.getColumn("last_access").toArray() as unknown as (Date | null)[];
  return Array.from(score, (strange, i) => {
    if (!(strange > 1)) return null;
    const others = startedWith[i]!;
    return (
      `User ${ids![i]} made ${counted(rows![i]!, "request")} for ${counted(pages![i]!, "page")} on ` +
      `${counted(days![i]!, "day")} from ${spoken(first[i]!)} to ${spoken(last[i]!)}, from ` +
      `${counted(addresses![i]!, "address", "addresses")}, and never had a cohort; ` +
      `${others === 0 ? "no one else" : counted(others, "other")} without a cohort began within a week.`
    );
  });
}

function spoken(time: Date | null): string {
  return time === null ? "an unknown day" : formatDate(time);
}
