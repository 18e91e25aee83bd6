import pl, { type DataType } from "nodejs-polars";
import { frameOf } from "../../log/frame-of";
import { STAFF_COHORT_ID } from "../../log/programs";
import { requireColumns } from "../../log/require-columns";
import { median } from "../../stats/median";
import { addressesInClass } from "./addresses-in-class";
import { type Attendance, attendance } from "./attendance";
import { hardlyActiveFinding } from "./hardly-active-finding";
import { AS_OTHERS, situationOf } from "./situations";

export interface HardlyActiveStudentsOptions {
  /** Share of their cohort's median below which a student hardly reads. */
  share?: number;
  /** Days without a page, at the beginning or the end of class, that make a late joiner or an early leaver. */
  silence?: number;
  /** Least share of a cohort's class that must lie within the log for its students to be judged. */
  seen?: number;
  /** Fewest students of a cohort with pages in class that make a median. */
  peers?: number;
  /** Who uses which address, as `sharedAddresses` gives it. */
  addresses?: pl.DataFrame;
}

/**
 * What counts where nothing else is said: an eighth of the median, as few lie near it (in the
 * sample of seed 1 nobody between 12 and 19 percent; other seeds have no such gap); four weeks
 * without a page, where nine in ten students are silent for twelve days or less before the end;
 * a quarter of the class; five students, of whom one does not make the median.
 */
export const HARDLY_ACTIVE = { share: 1 / 8, silence: 28, seen: 1 / 4, peers: 5 } as const;

/**
 * Students who, while in class, hardly open the curriculum, and what is known of them: each
 * student's pages in class beside those of the cohort, and when they were there.
 *
 * In class is every day from the cohort's first to its last, both included, of rows that carry that
 * cohort. Someone with fewer than `share` of the cohort's median is flagged (`score` above 1).
 * `situation` is the first that fits of
 *
 * - `class not in the log`: no day of class lies within it, or the dates are not known
 * - `class hardly in the log`: less than `seen` of it does, too little to say who left
 * - `never in class`: no page in class, only before or after; not flagged, as nobody can say
 *   whether they were enrolled
 * - `also Staff`, `changed cohort`: flagged, late or early as below, but rows of the same user
 *   carry another cohort within `silence` days of their time here
 * - `left early`: no page for `silence` days or more while some of the cohort read on
 * - `joined late`: the same after the cohort's first page
 * - `hardly reads`: flagged, and none of these: there to the end
 * - `as others`
 *
 * Students who never opened a page, not even before or after class, are not in any log and
 * cannot be found. A cohort whose class began before the log or goes on after it is only partly
 * seen; its students are compared on the days that are, and `seen_share` says how many. Staff
 * are left out. Who is in two cohorts has a row for each. A cohort's dates are taken to be the
 * same in all its rows.
 *
 * @param accessLog access log, as `prepareLogs` gives it, in any order
 * @returns one row per user and cohort with rows, by both: `user_id`, `cohort_id` (Int64),
 *   `cohort`, `program` (String), `start_date`, `end_date` (Date), `seen_share` (Float64),
 *   `class_days` (within the log), `pages`, `active_days` (in class; Int64), `first_read`,
 *   `last_read` (Date, in class), `silent_before`, `silent_after` (days from the cohort's first
 *   page to the student's, and from the student's last to the cohort's; Int64), `cohort_pages`
 *   (median of those with any), `share_of_pages`, `share_of_days` (of the median; null with fewer than
 *   `peers`), `classmates_below` (share of the others with fewer pages), `cohort_pages_meanwhile`
 *   (the median between the student's first and last day; null for those as others; Float64),
 *   `pages_before_class`, `pages_after_class`, `pages_elsewhere` (in class, but logged
 *   under another cohort or none; Int64), `other_cohorts` (String), `addresses` (different ones
 *   in class; Int64), `campus_share` (of requests in class; Float64), `address_kind` (that most
 *   of these came from; String), all three null for those as others, the last two null without
 *   the option `addresses`; `situation` (String), `score` (`share` of the median by the
 *   pages; Float64, null without pages or median), `finding` (String, null where neither
 *   flagged nor early, late or never in class)
 * @throws {RangeError} if `share` or `seen` is not above 0 and at most 1, or `silence` or `peers`
 *   is not an integer of 1 or more
 * @throws {Error} if a column is missing or of another type
 */
export function hardlyActiveStudents(
  accessLog: pl.DataFrame,
  {
    share = HARDLY_ACTIVE.share,
    silence = HARDLY_ACTIVE.silence,
    seen = HARDLY_ACTIVE.seen,
    peers = HARDLY_ACTIVE.peers,
    addresses,
  }: HardlyActiveStudentsOptions = {},
): pl.DataFrame {
  for (const [name, value] of Object.entries({ share, seen })) {
    if (value > 0 && value <= 1) continue;
    throw new RangeError(
      `hardlyActiveStudents needs ${name} above 0 and at most 1, got ${value}: it is part of a whole`,
    );
  }
  for (const [name, value] of Object.entries({ silence, peers })) {
    if (Number.isInteger(value) && value >= 1) continue;
    throw new RangeError(
      `hardlyActiveStudents needs ${name} to be an integer of 1 or more, got ${value}`,
    );
  }
  requireColumns(
    "hardlyActiveStudents",
    accessLog,
    "date",
    "path",
    "user_id",
    "cohort_id",
    "ip",
    "cohort",
    "program",
    "start_date",
    "end_date",
  );
  if (addresses) {
    requireColumns("hardlyActiveStudents", addresses, "ip", "address_kind");
  }
  const reading = attendance(accessLog);
  const userIds = reading.userIds.toArray();
  const cohorts = cohortsOf(accessLog, reading);
  const measures = measuresOf(reading, peers);
  const near = cohortsNear(reading, silence, cohorts);
  const students = [...reading.user.keys()].filter((p) => !cohorts[reading.cohort[p]!]!.isStaff);
  const found = students.map((p) => {
    const of = cohorts[reading.cohort[p]!]!;
    const { median, silentBefore, silentAfter, ...shares } = measures[p]!;
    const pages = reading.pages[p]!;
    const score = median === null || pages === 0 ? null : (share * median) / pages;
    const situation = situationOf(
      {
        seenShare: of.seenShare,
        pages,
        isFar: score !== null && score > 1,
        silentBefore: silentBefore ?? 0,
        silentAfter: silentAfter ?? 0,
        ...near[p]!,
      },
      { silence, seen },
    );
    const others = [...reading.pairsOfUser[reading.user[p]!]!].filter((q) => q !== p);
    const inOrder = others.sort(
      (a, b) =>
        reading.firstRow[a]! - reading.firstRow[b]! || reading.cohort[a]! - reading.cohort[b]!,
    );
    return {
      ...of,
      user_id: Number(userIds[reading.user[p]!]),
      pages: pages,
      active_days: reading.days[p]!,
      first_read: dayOrNull(reading.first[p]!, pages),
      last_read: dayOrNull(reading.last[p]!, pages),
      silent_before: silentBefore,
      silent_after: silentAfter,
      cohort_pages: median,
      ...shares,
      cohort_pages_meanwhile:
        situation === AS_OTHERS || median === null || pages === 0 ? null : meanwhile(reading, p),
      pages_before_class: reading.before[p]!,
      pages_after_class: reading.after[p]!,
      pages_elsewhere: reading.elsewhere[p]!,
      other_cohorts: inOrder.map((q) => cohorts[reading.cohort[q]!]!.shown).join(", ") || null,
      situation: situation,
      score: score,
      finding: null as string | null,
      otherSince: inOrder.map((q) => ({
        cohort: cohorts[reading.cohort[q]!]!.shown,
        since: reading.firstRow[q]!,
      })),
    };
  });
  for (const one of found) one.finding = hardlyActiveFinding(one);
  const asked = students.filter((_, i) => found[i]!.situation !== AS_OTHERS);
  const from = addressesInClass(accessLog, reading, asked, addresses);
  const rows = found.map((one, i) => ({ ...one, ...from.get(students[i]!) }));
  return frameOf(rows, TYPES)
    .withColumns(
      ...["start_date", "end_date", "first_read", "last_read"].map((name) =>
        pl.col(name).cast(pl.Date),
      ),
    )
    .sort(["user_id", "cohort_id"]);
}

const TYPES: Record<string, DataType> = {
  user_id: pl.Int64,
  cohort_id: pl.Int64,
  cohort: pl.String,
  program: pl.String,
  start_date: pl.Int32,
  end_date: pl.Int32,
  seen_share: pl.Float64,
  class_days: pl.Int64,
  pages: pl.Int64,
  active_days: pl.Int64,
  first_read: pl.Int32,
  last_read: pl.Int32,
  silent_before: pl.Int64,
  silent_after: pl.Int64,
  cohort_pages: pl.Float64,
  share_of_pages: pl.Float64,
  share_of_days: pl.Float64,
  classmates_below: pl.Float64,
  cohort_pages_meanwhile: pl.Float64,
  pages_before_class: pl.Int64,
  pages_after_class: pl.Int64,
  pages_elsewhere: pl.Int64,
  other_cohorts: pl.String,
  addresses: pl.Int64,
  campus_share: pl.Float64,
  address_kind: pl.String,
  situation: pl.String,
  score: pl.Float64,
  finding: pl.String,
};

function dayOrNull(day: number, pages: number): number | null {
  return pages > 0 ? day : null;
}

/** What the log says of each cohort. */
function cohortsOf(accessLog: pl.DataFrame, { cohortRow, cohortIds, ...reading }: Attendance) {
  const at = (name: string): (string | number | null)[] => {
    if (cohortRow.length === 0) return [];
    const column = accessLog.getColumn(name).gather([...cohortRow]);
    const isText = name === "cohort" || name === "program";
    return [...column.cast(isText ? pl.String : pl.Int32).toArray()];
  };
  const ids = cohortIds.toArray();
  const [names, programs, starts, ends] = ["cohort", "program", "start_date", "end_date"].map(at);
  return Array.from(cohortRow, (_, c) => {
    const id = Number(ids[c]);
    const days = Math.max(0, reading.to[c]! - reading.from[c]! + 1);
    return {
      cohort_id: id,
      cohort: names![c] as string | null,
      program: programs![c] as string | null,
      start_date: starts![c] as number | null,
      end_date: ends![c] as number | null,
      class_days: days,
      seen_share: days > 0 ? days / reading.courseDays[c]! : 0,
      seenShare: days > 0 ? days / reading.courseDays[c]! : 0,
      courseDays: reading.courseDays[c]!,
      isStaff: id === STAFF_COHORT_ID,
      shown: String(names![c] ?? `cohort ${id}`),
    };
  });
}

interface Measures {
  median: number | null;
  silentBefore: number | null;
  silentAfter: number | null;
  share_of_pages: number | null;
  share_of_days: number | null;
  classmates_below: number | null;
}

/** Each student beside those of the cohort who have pages in class. */
function measuresOf(reading: Attendance, peers: number): Measures[] {
  const { pages, days, first, last, pairsOfCohort } = reading;
  const measures: Measures[] = [];
  for (const pairs of pairsOfCohort) {
    const present = pairs.filter((p) => pages[p]! > 0);
    const sorted = Float64Array.from(present, (p) => pages[p]!).sort();
    const hasMedian = present.length >= peers;
    const middle = hasMedian ? median(sorted) : null;
    const middleDays = hasMedian ? median(present.map((p) => days[p]!)) : null;
    const begin = present.reduce((least, p) => Math.min(least, first[p]!), Infinity);
    const end = present.reduce((most, p) => Math.max(most, last[p]!), -Infinity);
    for (const p of pairs) {
      const isThere = pages[p]! > 0;
      const others = present.length - (isThere ? 1 : 0);
      measures[p] = {
        median: middle,
        silentBefore: isThere ? first[p]! - begin : null,
        silentAfter: isThere ? end - last[p]! : null,
        share_of_pages: middle === null ? null : pages[p]! / middle,
        share_of_days: middleDays === null ? null : days[p]! / middleDays,
        classmates_below: others > 0 ? countBelow(sorted, pages[p]!) / others : null,
      };
    }
  }
  return measures;
}

function countBelow(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What the cohort's middle student opened from one student's first day in class to the last. */
function meanwhile(
  { pairsOfCohort, cohort, pages, first, last, pagesBetween }: Attendance,
  p: number,
) {
  const present = pairsOfCohort[cohort[p]!]!.filter((q) => pages[q]! > 0);
  return median(present.map((q) => pagesBetween(q, first[p]!, last[p]!)));
}

/** Whether rows of the same user carry Staff, or another cohort, close to their time in class. */
function cohortsNear(
  { rows, pairsOfUser, cohort, pages, first, last }: Attendance,
  silence: number,
  cohorts: readonly { isStaff: boolean }[],
) {
  const near = Array.from(cohort, () => ({ isStaff: false, isElsewhere: false }));
  const isOnly = new Uint8Array(cohort.length);
  for (const pairs of pairsOfUser) if (pairs.length === 1) isOnly[pairs[0]!] = 1;
  for (let row = 0; row < rows.pair.length; row++) {
    const p = rows.pair[row]!;
    if (p < 0 || isOnly[p] === 1) continue;
    const own = pairsOfUser[rows.user[row]!]!;
    const d = rows.day[row]!;
    for (const q of own) {
      if (q === p || pages[q] === 0 || d < first[q]! - silence || d > last[q]! + silence) continue;
      if (cohorts[cohort[p]!]!.isStaff) near[q]!.isStaff = true;
      else near[q]!.isElsewhere = true;
    }
  }
  return near;
}
