import pl from "nodejs-polars";
import { count } from "../../log/count";
import type { Row } from "../../log/first-row";
import { numbers } from "../../log/typed-arrays";
import { typedColumns } from "../../log/typed-columns";
import { not, where } from "../../log/where";
import { requireNumber } from "../../stats/require-option";
import { counted, formatDate } from "../../words/format-words";
import { different, REQUEST } from "./known-requests";
import { withFindings } from "./with-findings";

export interface UsersWithoutCohortOptions {
  /** Most rows of someone without a cohort that are let pass as a look around. */
  look?: number;
}

const WEEK = 7;

/**
 * Users with rows that name no cohort. Flagged is who never has a cohort and has more than `look`
 * rows. Many who began together are most likely a class that was never entered.
 * @returns one row per user with any row without a `cohort_id`, by `user_id`: `rows` (without
 *   cohort), `rows_with_cohort`, `share`; of the rows without cohort `first_access`, `last_access`,
 *   `days`, `distinct_pages`, `addresses`; `started_with` (others who began within a week); `score`
 *   (`share` for those who ever have a cohort), `finding`
 * @throws {RangeError} if `look` is not a number of 1 or more
 * @throws {Error} if a column is missing or of another type
 * @example
 * usersWithoutCohort(accessLog).sort("score", true).head(5);
 */
export function usersWithoutCohort(
  accessLog: pl.DataFrame,
  { look = 20 }: UsersWithoutCohortOptions = {},
): pl.DataFrame {
  requireNumber("usersWithoutCohort", { look }, { atLeast: 1 });
  const log = typedColumns("usersWithoutCohort", accessLog, "path", ...REQUEST);
  const users = withoutCohort(log);
  const [without, belonging] = [numbers(users, "rows"), numbers(users, "rows_with_cohort")];
  const share = without.map((rows, i) => rows / (rows + belonging[i]!));
  const score = without.map((rows, i) => (belonging[i] === 0 ? rows / look : share[i]!));
  const others = othersWithinAWeek(users);
  const all = users.withColumns(
    pl.Series("share", share),
    pl.Series("started_with", others).cast(pl.Int64),
  );
  return withFindings(all, score, sentence).select(
    ...["user_id", "rows", "rows_with_cohort", "share", "first_access", "last_access", "days"],
    ...["distinct_pages", "addresses", "started_with", "score", "finding"],
  );
}

function withoutCohort(log: pl.DataFrame): pl.DataFrame {
  const belongs = count(where(log, { cohort_id: not(null) }), "user_id");
  return where(log, { cohort_id: null, user_id: not(null) })
    .groupBy("user_id")
    .agg(
      pl.len().cast(pl.Int64).alias("rows"),
      pl.col("timestamp").min().alias("first_access"),
      pl.col("timestamp").max().alias("last_access"),
      different("date").alias("days"),
      different("path").alias("distinct_pages"),
      different("ip").alias("addresses"),
    )
    .join(belongs.rename({ rows: "rows_with_cohort" }), { on: "user_id", how: "left" })
    .withColumns(pl.col("rows_with_cohort").fillNull(pl.lit(0)).cast(pl.Int64))
    .sort("user_id");
}

function othersWithinAWeek(users: pl.DataFrame): Float64Array {
  const belongs = numbers(users, "rows_with_cohort");
  const days = users.getColumn("first_access").cast(pl.Date).cast(pl.Int32).toArray();
  const known = Float64Array.from(days, (day) => (day as number | null) ?? Number.NaN);
  const isNear = (day: number, other: number) => Math.abs(other - day) < WEEK; // NaN to none
  return known.map(
    (day, i) =>
      known.filter((other, j) => j !== i && belongs[j] === 0 && isNear(day, other)).length,
  );
}

function sentence(row: Row): string {
  const said = (time: Date | null) => (time === null ? "an unknown day" : formatDate(time));
  const others = row.started_with === 0 ? "no one else" : counted(row.started_with, "other");
  return (
    `User ${row.user_id} made ${counted(row.rows, "request")} for ${counted(row.distinct_pages, "page")} on ` +
    `${counted(row.days, "day")} from ${said(row.first_access)} to ${said(row.last_access)}, from ` +
    `${counted(row.addresses, "address", "addresses")}, and never had a cohort; ` +
    `${others} without a cohort began within a week.`
  );
}
