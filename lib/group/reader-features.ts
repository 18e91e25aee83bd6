import pl from "nodejs-polars";
import { isInClassHours, isOnWeekday } from "../log/class-hours";
import { codesOf } from "../log/coded-column";
import { frameOf } from "../log/frame-of";
import { daysOf, NO_DAY, timesOf } from "../log/log-arrays";
import { STAFF_COHORT_ID } from "../log/programs";
import { requireColumns } from "../log/require-columns";

/** The features by which readers are grouped, in their order. */
export const READER_FEATURES = [
  "active_days",
  "tenure_days",
  "avg_cont_use",
  "pages_log10",
  "distinct_pages",
  "night_share",
  "weekend_share",
  "class_hours_share",
] as const;

export interface ReaderFeaturesOptions {
  /** Which page views count: all, those from the cohort's first day to its last, or those after it. */
  when?: "all" | "in class" | "after class";
}

/**
 * How each student reads the curriculum, by the same lens as `usageFeatures` looks
 * through at an API's users: how often, how long, how steadily, how much, how
 * broadly, and at what hours.
 *
 * Who has a cohort other than Staff is a student, while the row says so: rows of
 * Staff, without a cohort, a path, a day or a time do not count. A student who changed cohorts is
 * one reader; class is what the row's own cohort says.
 *
 * @param accessLog access log in any order, as `prepareLogs` gives it
 * @returns one row per user with page views that count, by user: `user_id`
 *   (Int64), `cohort` (String; the one with most of them, of equals the first by
 *   id; null where it has no name), `pages` (page views), `active_days`, `tenure_days` (from
 *   first to last day, both counted), `distinct_pages` (Int64), `avg_cont_use` (mean length of runs
 *   of consecutive days), `pages_log10`, `night_share` (from 22:00 to before
 *   6:00), `weekend_share`, `class_hours_share` (Monday to Friday, 8:00 to
 *   before 17:00; all Float64). None is scaled
 * @throws {RangeError} if `when` is none of its three
 * @throws {Error} if a column is missing or of another type
 * @example
 * readerFeatures(accessLog, { when: "in class" });
 */
export function readerFeatures(
  accessLog: pl.DataFrame,
  { when = "all" }: ReaderFeaturesOptions = {},
): pl.DataFrame {
  if (!["all", "in class", "after class"].includes(when)) {
    throw new RangeError(
      `readerFeatures needs when to be all, in class or after class; got ${when}`,
    );
  }
  requireColumns(
    "readerFeatures",
    accessLog,
    "timestamp",
    "date",
    "path",
    "user_id",
    "cohort_id",
    "cohort",
    "start_date",
    "end_date",
  );
  const readers = countReaders(accessLog, when);
  return frameOf(
    readers,
    "user_id",
    "cohort",
    "pages",
    "active_days",
    "tenure_days",
    "distinct_pages",
    "avg_cont_use",
    "pages_log10",
    "night_share",
    "weekend_share",
    "class_hours_share",
  );
}

/** Most marks that are kept as one byte each; beyond, a set holds those there are. */
const MOST_BYTES = 1 << 28;

function countReaders(accessLog: pl.DataFrame, when: "all" | "in class" | "after class") {
  const users = codesOf(accessLog, "user_id", pl.Int64);
  const paths = codesOf(accessLog, "path", pl.String);
  const cohorts = codesOf(accessLog, "cohort_id", pl.Int64);
  const days = daysOf(accessLog);
  const times = timesOf(accessLog);
  const cohortIds = (cohorts.values.toArray() as unknown[]).map(Number);
  const staff = cohortIds.indexOf(STAFF_COHORT_ID);
  const [starts, ends] =
    when === "all"
      ? [null, null]
      : [dayColumn(accessLog, "start_date"), dayColumn(accessLog, "end_date")];

  const count = users.values.length;
  const pages = new Int32Array(count);
  const night = new Int32Array(count);
  const weekend = new Int32Array(count);
  const classHours = new Int32Array(count);
  const distinct = new Int32Array(count);
  const activeDays = new Int32Array(count);
  const runs = new Int32Array(count);
  const firstDay = new Int32Array(count);
  const lastDay = new Int32Array(count);
  const hasRead = marks(count * paths.values.length);
  // A user's rows carry one cohort for years: they are counted up when it changes.
  const cohortRows = new Map<number, number>();
  const lastCohort = new Int32Array(count).fill(-1);
  const sinceCohort = new Int32Array(count);
  const tally = (user: number) => {
    if (sinceCohort[user] === 0) return;
    const place = user * cohortIds.length + lastCohort[user]!;
    cohortRows.set(place, (cohortRows.get(place) ?? 0) + sinceCohort[user]!);
    sinceCohort[user] = 0;
  };
  const rows = inOrderOfDays(days);
  for (let i = 0; i < days.length; i++) {
    const row = rows ? rows[i]! : i;
    const [user, path, cohort] = [users.codes[row]!, paths.codes[row]!, cohorts.codes[row]!];
    const [day, time] = [days[row]!, times[row]!];
    if (user < 0 || path < 0 || cohort < 0 || cohort === staff) continue;
    if (day === NO_DAY || Number.isNaN(time)) continue;
    if (starts && ends) {
      const [start, end] = [starts[row]!, ends[row]!];
      if (end === NO_DAY) continue;
      const isWanted =
        when === "in class" ? start !== NO_DAY && day >= start && day <= end : day > end;
      if (!isWanted) continue;
    }
    if (pages[user] === 0) {
      firstDay[user] = day;
      activeDays[user] = 1;
      runs[user] = 1;
    } else if (day !== lastDay[user]) {
      activeDays[user]!++;
      if (day !== lastDay[user]! + 1) runs[user]!++;
    }
    lastDay[user] = day;
    pages[user]!++;
    const hour = Math.floor(time / 3_600_000) % 24;
    if (hour >= 22 || hour < 6) night[user]!++;
    if (!isOnWeekday(time)) weekend[user]!++;
    if (isInClassHours(time)) classHours[user]!++;
    if (hasRead(user * paths.values.length + path)) distinct[user]!++;
    if (cohort !== lastCohort[user]) {
      tally(user);
      lastCohort[user] = cohort;
    }
    sinceCohort[user]!++;
  }

  for (let user = 0; user < count; user++) tally(user);
  const names = cohortNames(accessLog, cohorts.codes, cohortIds.length);
  const homes = homesOf(cohortRows, cohortIds.length);
  const ids = (users.values.toArray() as unknown[]).map(Number);
  return ids
    .map((id, user) => ({ id, user }))
    .filter(({ user }) => pages[user]! > 0)
    .map(({ id, user }) => ({
      user_id: id,
      cohort: names[homes.get(user)!] ?? null,
      pages: pages[user]!,
      active_days: activeDays[user]!,
      tenure_days: lastDay[user]! - firstDay[user]! + 1,
      distinct_pages: distinct[user]!,
      avg_cont_use: activeDays[user]! / runs[user]!,
      pages_log10: Math.log10(pages[user]!),
      night_share: night[user]! / pages[user]!,
      weekend_share: weekend[user]! / pages[user]!,
      class_hours_share: classHours[user]! / pages[user]!,
    }));
}

/** Says of each place whether it is asked for the first time. */
function marks(size: number): (place: number) => boolean {
  if (size > MOST_BYTES) {
    const seen = new Set<number>();
    return (place) => seen.size < seen.add(place).size;
  }
  const seen = new Uint8Array(size);
  return (place) => {
    if (seen[place] === 1) return false;
    seen[place] = 1;
    return true;
  };
}

/** Rows in order of their days; null where they are so already, as a log's rows are. */
function inOrderOfDays(days: Int32Array): Int32Array | null {
  let isOrdered = true;
  for (let i = 1; i < days.length && isOrdered; i++) isOrdered = days[i]! >= days[i - 1]!;
  if (isOrdered) return null;
  return Int32Array.from(days.keys()).sort((a, b) => days[a]! - days[b]!);
}

function dayColumn(accessLog: pl.DataFrame, name: string): Int32Array {
  return accessLog
    .select(pl.col(name).cast(pl.Date).cast(pl.Int32).fillNull(pl.lit(NO_DAY)).cast(pl.Int32))
    .getColumn(name)
    .toTypedArray() as Int32Array;
}

/** Each user's cohort with the most page views, of equals the first. */
function homesOf(cohortRows: ReadonlyMap<number, number>, cohorts: number): Map<number, number> {
  const best = new Map<number, { cohort: number; rows: number }>();
  for (const [place, rows] of cohortRows) {
    const [user, cohort] = [Math.floor(place / cohorts), place % cohorts];
    const known = best.get(user);
    if (!known || rows > known.rows || (rows === known.rows && cohort < known.cohort)) {
      best.set(user, { cohort, rows });
    }
  }
  return new Map([...best].map(([user, { cohort }]) => [user, cohort]));
}

/** A name of each cohort; of several the first by the alphabet. */
function cohortNames(accessLog: pl.DataFrame, codes: Int32Array, count: number): (string | null)[] {
  const named = codesOf(accessLog, "cohort", pl.String);
  const values = named.values.toArray() as string[];
  const least = new Int32Array(count).fill(values.length);
  for (let row = 0; row < codes.length; row++) {
    const [cohort, name] = [codes[row]!, named.codes[row]!];
    if (cohort >= 0 && name >= 0 && name < least[cohort]!) least[cohort] = name;
  }
  return Array.from(least, (name) => values[name] ?? null);
}
