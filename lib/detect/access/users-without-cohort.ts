import pl from "nodejs-polars";
import { codesOf } from "../../log/coded-column";
import {
  ADDRESSES,
  COHORT_ID,
  DATE,
  DAYS,
  DISTINCT_PAGES,
  FINDING,
  FIRST_ACCESS,
  IP,
  LAST_ACCESS,
  PATH,
  ROWS,
  ROWS_WITH_COHORT,
  SCORE,
  SHARE,
  STARTED_WITH,
  TIMESTAMP,
  USER_ID,
} from "../../log/columns";
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
  requireColumns("usersWithoutCohort", accessLog, {
    [TIMESTAMP]: "Datetime",
    [DATE]: "Date",
    [PATH]: "String",
    [USER_ID]: "integer",
    [COHORT_ID]: "integer",
    [IP]: "String",
  });
  const users = withoutCohort(accessLog);
  const rows = numbers(users, ROWS);
  const rest = numbers(users, ROWS_WITH_COHORT);
  const share = rows.map((count, i) => count / (count + rest[i]!));
  const score = rows.map((count, i) => (rest[i] === 0 ? count / look : share[i]!));
  const startedWith = othersWithinAWeek(
    users.getColumn(FIRST_ACCESS).toArray() as unknown as (Date | null)[],
    Array.from(rest, (count) => count === 0),
  );
  return users
    .withColumns(
      pl.Series(SHARE, share),
      pl.Series(STARTED_WITH, startedWith, pl.Int64),
      pl.Series(SCORE, score),
      pl.Series(FINDING, findings(users, startedWith, score), pl.String),
    )
    .select(
      USER_ID,
      ROWS,
      ROWS_WITH_COHORT,
      SHARE,
      FIRST_ACCESS,
      LAST_ACCESS,
      DAYS,
      DISTINCT_PAGES,
      ADDRESSES,
      STARTED_WITH,
      SCORE,
      FINDING,
    );
}

function withoutCohort(accessLog: pl.DataFrame): pl.DataFrame {
  const { codes: user, values } = codesOf(accessLog, USER_ID);
  const { codes: cohort } = codesOf(accessLog, COHORT_ID);
  const withCohort = new Float64Array(values.length);
  for (let row = 0; row < user.length; row++) {
    if (user[row]! >= 0 && cohort[row]! >= 0) withCohort[user[row]!]!++;
  }
  const belongs = pl.DataFrame([
    values.cast(pl.Int64).alias(USER_ID),
    pl.Series(ROWS_WITH_COHORT, withCohort).cast(pl.Int64),
  ]);
  const different = (name: string) =>
    pl.col(name).filter(pl.col(name).isNotNull()).nUnique().cast(pl.Int64);
  return accessLog
    .select(USER_ID, TIMESTAMP, DATE, PATH, IP, COHORT_ID)
    .filter(pl.col(COHORT_ID).isNull().and(pl.col(USER_ID).isNotNull()))
    .withColumns(pl.col(USER_ID).cast(pl.Int64), pl.col(TIMESTAMP).cast(pl.Datetime("ms")))
    .groupBy(USER_ID)
    .agg(
      pl.len().cast(pl.Int64).alias(ROWS),
      pl.col(TIMESTAMP).min().alias(FIRST_ACCESS),
      pl.col(TIMESTAMP).max().alias(LAST_ACCESS),
      different(DATE).alias(DAYS),
      different(PATH).alias(DISTINCT_PAGES),
      different(IP).alias(ADDRESSES),
    )
    .join(belongs, { on: USER_ID, how: "left" })
    .withColumns(pl.col(ROWS_WITH_COHORT).fillNull(pl.lit(0)).cast(pl.Int64))
    .sort(USER_ID);
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
  const [ids, rows, days, pages, addresses] = [USER_ID, ROWS, DAYS, DISTINCT_PAGES, ADDRESSES].map(
    (name) => numbers(users, name),
  ) as Float64Array[];
  const first = users.getColumn(FIRST_ACCESS).toArray() as unknown as (Date | null)[];
  const last = users.getColumn(LAST_ACCESS).toArray() as unknown as (Date | null)[];
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
