import pl from "nodejs-polars";
import {
  ADDRESSES,
  BUSIEST_DAY,
  BUSIEST_DAY_PAGES,
  COHORT,
  COHORT_ID,
  DATE,
  DAYS,
  DISTINCT_PAGES,
  END_DATE,
  FIRST_DAY,
  IP,
  LAST_DAY,
  MONTHS_AFTER_END,
  MOST_PER_MINUTE,
  PAGES,
  PATH,
  TIMESTAMP,
  USER_ID,
  USERS,
  WHAT,
  WHO,
} from "../../columns";
import { frameOf } from "../../frame-of";
import { STAFF_COHORT_ID } from "../../prepare/programs";
import { requireColumns } from "../../require-columns";
import { monthsBetween } from "../access/months-between";
import { visits } from "../requests/visits";

export interface EvidenceAboutOptions {
  /** Ids of users. */
  users?: readonly number[];
  addresses?: readonly string[];
}

/**
 * What the log says of users and addresses that somebody has named, whatever a detector makes of
 * them: to check a claim such as "225 pages in a day, four years after leaving".
 *
 * @param accessLog access log in any order, as `prepareLogs` gives it
 * @returns one row per name, users first, in the order given: `what` (`user` or `address`), `who`
 *   (String), `pages` (rows with a path and a day), `days` (with pages), `first_day`, `last_day`
 *   (Date), `users`, `addresses` (different ones; all Int64), `busiest_day` (Date, of several the
 *   first), `busiest_day_pages`, `distinct_pages` (of that day), `most_per_minute` (different
 *   pages within 60 seconds of that day; Int64), `cohort` (String, of most of that day's pages),
 *   `end_date` (Date, that cohort's), `months_after_end` (Int64, whole months from then to the
 *   busiest day; null in class, of Staff and without a date). Who has no page has 0 and nulls.
 * @throws {Error} if a column is missing or of another type
 * @example
 * evidenceAbout(accessLog, { users: [313], addresses: ["198.18.0.1"] });
 */
export function evidenceAbout(
  accessLog: pl.DataFrame,
  { users = [], addresses = [] }: EvidenceAboutOptions,
): pl.DataFrame {
  requireColumns("evidenceAbout", accessLog, {
    [TIMESTAMP]: "Datetime",
    [DATE]: "Date",
    [PATH]: "String",
    [USER_ID]: "integer",
    [IP]: "String",
    [COHORT_ID]: "integer",
    [COHORT]: "String",
    [END_DATE]: "Date",
  });
  const isPage = pl.col(PATH).isNotNull().and(pl.col(DATE).isNotNull());
  const isUser = (id: number) => pl.col(USER_ID).eq(pl.lit(id));
  const isAddress = (ip: string) => pl.col(IP).eq(pl.lit(ip));
  // A look at the whole log once, not once for each name.
  const isNamed = [...users.map(isUser), ...addresses.map(isAddress)].reduce(
    (any, one) => any.or(one),
    pl.lit(false),
  );
  const named = accessLog.filter(isNamed.and(isPage));
  const rows = [
    ...users.map((id) => ({
      ...evidence(named.filter(isUser(id))),
      [WHAT]: "user",
      [WHO]: String(id),
    })),
    ...addresses.map((ip) => ({
      ...evidence(named.filter(isAddress(ip))),
      [WHAT]: "address",
      [WHO]: ip,
    })),
  ];
  return frameOf(rows, {
    [WHAT]: pl.String,
    [WHO]: pl.String,
    [PAGES]: pl.Int64,
    [DAYS]: pl.Int64,
    [FIRST_DAY]: pl.Int32,
    [LAST_DAY]: pl.Int32,
    [USERS]: pl.Int64,
    [ADDRESSES]: pl.Int64,
    [BUSIEST_DAY]: pl.Int32,
    [BUSIEST_DAY_PAGES]: pl.Int64,
    [DISTINCT_PAGES]: pl.Int64,
    [MOST_PER_MINUTE]: pl.Int64,
    [COHORT]: pl.String,
    [END_DATE]: pl.Int32,
    [MONTHS_AFTER_END]: pl.Int64,
  }).withColumns(
    ...[FIRST_DAY, LAST_DAY, BUSIEST_DAY, END_DATE].map((name) => pl.col(name).cast(pl.Date)),
  );
}

/** What pages of one user or address come to. */
function evidence(own: pl.DataFrame): Record<string, unknown> {
  const different = (name: string) => own.getColumn(name).dropNulls().nUnique();
  const seen = { [PAGES]: own.height, [USERS]: different(USER_ID), [ADDRESSES]: different(IP) };
  if (own.height === 0) return { ...seen, [DAYS]: 0, [BUSIEST_DAY_PAGES]: 0, [DISTINCT_PAGES]: 0 };
  const days = own
    .groupBy(DATE)
    .agg(pl.len().cast(pl.Float64).alias(PAGES))
    .withColumns(pl.col(DATE).cast(pl.Int32))
    .sort([DATE]);
  const [dates, counts] = [DATE, PAGES].map((name) => days.getColumn(name).toArray()) as [
    number[],
    number[],
  ];
  const most = counts.indexOf(counts.reduce((a, b) => Math.max(a, b)));
  const [busiest, pages] = [dates[most]!, counts[most]!];
  const that = own.filter(pl.col(DATE).cast(pl.Int32).eq(pl.lit(busiest)));
  // One visit without an end: the whole day.
  const day = visits(that.withColumns(pl.lit(1).alias(ALL)), { by: ALL, pause: 1e9 });
  const minute = day.height > 0 ? Number(day.getColumn(MOST_PER_MINUTE).get(0)) : null;
  return {
    ...seen,
    ...cohortOf(that, busiest),
    [DAYS]: days.height,
    [FIRST_DAY]: dates[0],
    [LAST_DAY]: dates[dates.length - 1],
    [BUSIEST_DAY]: busiest,
    [BUSIEST_DAY_PAGES]: pages,
    [DISTINCT_PAGES]: that.getColumn(PATH).nUnique(),
    [MOST_PER_MINUTE]: minute,
  };
}

// Names for columns on the way that no log has.
const ALL = "\0all";
const COUNT = "\0count";

/** The cohort of most of a day's rows, of several the first by id, and how long it is over. */
function cohortOf(rows: pl.DataFrame, day: number): Record<string, unknown> {
  const [first] = rows
    .filter(pl.col(COHORT_ID).isNotNull())
    .groupBy([COHORT_ID, COHORT, END_DATE])
    .agg(pl.len().cast(pl.Float64).mul(pl.lit(-1)).alias(COUNT))
    .withColumns(pl.col(END_DATE).cast(pl.Date).cast(pl.Int32))
    .sort([COUNT, COHORT_ID, COHORT])
    .head(1)
    .toRecords();
  if (!first) return {};
  const { [COHORT_ID]: id, [COHORT]: cohort, [END_DATE]: end } = first as Record<string, unknown>;
  // Staff's dates are not dates of a class.
  if (typeof end !== "number" || Number(id) === STAFF_COHORT_ID) return { [COHORT]: cohort };
  const months = day > end ? monthsBetween(end, day) : null;
  return { [COHORT]: cohort, [END_DATE]: end, [MONTHS_AFTER_END]: months };
}
