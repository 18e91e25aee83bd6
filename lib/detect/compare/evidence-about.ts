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
} from "../../log/columns";
import { frameOf } from "../../log/frame-of";
import { monthsBetween } from "../../log/months-between";
import { STAFF_COHORT_ID } from "../../log/programs";
import { requireColumns } from "../../log/require-columns";
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
  const all = [
    ...users.map((id) => ({
      name: { [WHAT]: "user", [WHO]: String(id) },
      ...evidence(named.filter(isUser(id))),
    })),
    ...addresses.map((ip) => ({
      name: { [WHAT]: "address", [WHO]: ip },
      ...evidence(named.filter(isAddress(ip))),
    })),
  ];
  const haste = mostPerMinute(all.map(({ day }) => day));
  const rows = all.map(({ name, found }, place) => ({
    ...name,
    ...found,
    [MOST_PER_MINUTE]: haste.get(place),
  }));
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

/** What pages of one user or address come to, and those of the busiest day. */
function evidence(own: pl.DataFrame): { found: Record<string, unknown>; day?: pl.DataFrame } {
  const different = (name: string) => own.getColumn(name).dropNulls().nUnique();
  const seen = { [PAGES]: own.height, [USERS]: different(USER_ID), [ADDRESSES]: different(IP) };
  if (own.height === 0) {
    return { found: { ...seen, [DAYS]: 0, [BUSIEST_DAY_PAGES]: 0, [DISTINCT_PAGES]: 0 } };
  }
  const days = own
    .groupBy(DATE)
    .agg(pl.len().cast(pl.Float64).alias(PAGES))
    .withColumns(pl.col(DATE).cast(pl.Int32))
    .sort([DATE])
    .toRecords() as { [DATE]: number; [PAGES]: number }[];
  const top = days.reduce((most, day) => (day[PAGES] > most[PAGES] ? day : most));
  const day = own.filter(pl.col(DATE).cast(pl.Int32).eq(pl.lit(top[DATE])));
  const found = {
    ...seen,
    ...cohortOf(day, top[DATE]),
    [DAYS]: days.length,
    [FIRST_DAY]: days[0]![DATE],
    [LAST_DAY]: days[days.length - 1]![DATE],
    [BUSIEST_DAY]: top[DATE],
    [BUSIEST_DAY_PAGES]: top[PAGES],
    [DISTINCT_PAGES]: day.getColumn(PATH).nUnique(),
  };
  return { found, day };
}

/** The most different pages within 60 seconds of each day, by the day's place in the list. */
function mostPerMinute(days: readonly (pl.DataFrame | undefined)[]): Map<number, number> {
  const marked = days.flatMap((day, place) =>
    day ? [day.select(TIMESTAMP, PATH).withColumns(pl.lit(place).cast(pl.Int32).alias(PLACE))] : [],
  );
  if (marked.length === 0) return new Map();
  // Visits without an end: whole days.
  const found = visits(pl.concat(marked), { by: PLACE, pause: 1e9 }).toRecords();
  return new Map(found.map((row) => [Number(row[PLACE]), Number(row[MOST_PER_MINUTE])]));
}

// Names for columns on the way that no log has.
const PLACE = "\0place";
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
