import pl from "nodejs-polars";
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
  requireColumns(
    "evidenceAbout",
    accessLog,
    "timestamp",
    "date",
    "path",
    "user_id",
    "ip",
    "cohort_id",
    "cohort",
    "end_date",
  );
  const isPage = pl.col("path").isNotNull().and(pl.col("date").isNotNull());
  const isUser = (id: number) => pl.col("user_id").eq(pl.lit(id));
  const isAddress = (ip: string) => pl.col("ip").eq(pl.lit(ip));
  // A look at the whole log once, not once for each name.
  const isNamed = [...users.map(isUser), ...addresses.map(isAddress)].reduce(
    (any, one) => any.or(one),
    pl.lit(false),
  );
  const named = accessLog.filter(isNamed.and(isPage));
  const all = [
    ...users.map((id) => ({
      name: { what: "user", who: String(id) },
      ...evidence(named.filter(isUser(id))),
    })),
    ...addresses.map((ip) => ({
      name: { what: "address", who: ip },
      ...evidence(named.filter(isAddress(ip))),
    })),
  ];
  const haste = mostPerMinute(all.map(({ day }) => day));
  const rows = all.map(({ name, found }, place) => ({
    ...name,
    ...found,
    most_per_minute: haste.get(place),
  }));
  return frameOf(
    rows,
    "what",
    "who",
    "pages",
    "days",
    { first_day: pl.Int32, last_day: pl.Int32 },
    "users",
    "addresses",
    { busiest_day: pl.Int32 },
    "busiest_day_pages",
    "distinct_pages",
    "most_per_minute",
    "cohort",
    { end_date: pl.Int32 },
    "months_after_end",
  ).withColumns(
    ...["first_day", "last_day", "busiest_day", "end_date"].map((name) =>
      pl.col(name).cast(pl.Date),
    ),
  );
}

/** What pages of one user or address come to, and those of the busiest day. */
function evidence(own: pl.DataFrame): { found: Record<string, unknown>; day?: pl.DataFrame } {
  const different = (name: string) => own.getColumn(name).dropNulls().nUnique();
  const seen = { pages: own.height, users: different("user_id"), addresses: different("ip") };
  if (own.height === 0) {
    return { found: { ...seen, days: 0, busiest_day_pages: 0, distinct_pages: 0 } };
  }
  const days = own
    .groupBy("date")
    .agg(pl.len().cast(pl.Float64).alias("pages"))
    .withColumns(pl.col("date").cast(pl.Int32))
    .sort(["date"])
    .toRecords() as { date: number; pages: number }[];
  const top = days.reduce((most, day) => (day.pages > most.pages ? day : most));
  const day = own.filter(pl.col("date").cast(pl.Int32).eq(pl.lit(top.date)));
  const found = {
    ...seen,
    ...cohortOf(day, top.date),
    days: days.length,
    first_day: days[0]!.date,
    last_day: days[days.length - 1]!.date,
    busiest_day: top.date,
    busiest_day_pages: top.pages,
    distinct_pages: day.getColumn("path").nUnique(),
  };
  return { found, day };
}

/** The most different pages within 60 seconds of each day, by the day's place in the list. */
function mostPerMinute(days: readonly (pl.DataFrame | undefined)[]): Map<number, number> {
  const marked = days.flatMap((day, place) =>
    day
      ? [day.select("timestamp", "path").withColumns(pl.lit(place).cast(pl.Int32).alias(PLACE))]
      : [],
  );
  if (marked.length === 0) return new Map();
  // Visits without an end: whole days.
  const found = visits(pl.concat(marked), { by: PLACE, pause: 1e9 }).toRecords();
  return new Map(found.map((row) => [Number(row[PLACE]), Number(row.most_per_minute)]));
}

// Names for columns on the way that no log has.
const PLACE = "\0place";
const COUNT = "\0count";

/** The cohort of most of a day's rows, of several the first by id, and how long it is over. */
function cohortOf(rows: pl.DataFrame, day: number): Record<string, unknown> {
  const [first] = rows
    .filter(pl.col("cohort_id").isNotNull())
    .groupBy(["cohort_id", "cohort", "end_date"])
    .agg(pl.len().cast(pl.Float64).mul(pl.lit(-1)).alias(COUNT))
    .withColumns(pl.col("end_date").cast(pl.Date).cast(pl.Int32))
    .sort([COUNT, "cohort_id", "cohort"])
    .head(1)
    .toRecords();
  if (!first) return {};
  const { cohort_id: id, cohort, end_date: end } = first as Record<string, unknown>;
  // Staff's dates are not dates of a class.
  if (typeof end !== "number" || Number(id) === STAFF_COHORT_ID) return { cohort: cohort };
  const months = day > end ? monthsBetween(end, day) : null;
  return { cohort: cohort, end_date: end, months_after_end: months };
}
