import pl from "nodejs-polars";
import { isInClassHours } from "../../log/class-hours";
import { codesOf } from "../../log/coded-column";
import { STAFF_COHORT_ID } from "../../log/programs";
import { int32, numbers } from "../../log/typed-arrays";
import { addressUse } from "./address-use";
import {
  type Coded,
  coded,
  columnsOf,
  KNOWN_COLUMNS,
  type KnownRequests,
  knownRequests,
  withoutNulls,
} from "./known-requests";
import { rowsByGroup } from "./rows-by-group";

/** What is known of each user, by place of the user in `users`. */
export interface StaffEvidence {
  users: number[];
  cohort: (string | null)[];
  labelled: boolean[];
  rows: Float64Array;
  /** Milliseconds since 1970. */
  first: Float64Array;
  last: Float64Array;
  tenureDays: Float64Array;
  days: Float64Array;
  months: Float64Array;
  breadth: Float64Array;
  sections: Float64Array;
  distinctPages: Float64Array;
  viewsPerPage: Float64Array;
  classHoursShare: Float64Array;
  campusShare: Float64Array;
  busiestHalfYearShare: Float64Array;
  cohortsSpanned: Float64Array;
}

/** Length of what counts as half a year: 26 weeks. */
const HALF_YEAR = 182;
/** Days of reading in a cohort's time that count as reading through it. */
const SPANNING_DAYS = 5;

/**
 * How each user reads, in the measures by which `staffCandidates` tells staff from students.
 *
 * @param accessLog access log; rows without user, day or time count for nothing
 */
export function staffEvidence(accessLog: pl.DataFrame): StaffEvidence {
  const log = requestsOf(accessLog);
  const classes = classesOf(accessLog);
  const sums = sumsOf(log);
  const reading = readingOf(log);
  const time = timeOf(log, classTimes(classes));
  return {
    users: log.user.values,
    cohort: usualCohorts(log, cohortNames(classes)),
    ...sums,
    ...reading,
    ...time,
    tenureDays: time.days.map((_, u) => dayOf(sums.last[u]!) - dayOf(sums.first[u]!) + 1),
  };
}

interface Requests extends KnownRequests {
  /** Id of the program; Infinity where there is none. */
  program: Coded<number>;
  path: Coded<string>;
  /** 1 where there is a path. */
  hasPath: Int32Array;
}

function requestsOf(accessLog: pl.DataFrame): Requests {
  const isWhole = ["user_id", "timestamp", "date", "ip"].every(
    (name) => accessLog.getColumn(name).nullCount() === 0,
  );
  // As a rule every row counts, and other detectors have numbered the same columns.
  if (isWhole) {
    const path = codesOf(accessLog, "path", pl.String);
    const program = codesOf(accessLog, "program_id");
    const paths = path.values.toArray() as string[];
    const programs = program.values.cast(pl.Float64).toArray() as number[];
    return {
      ...knownRequests(accessLog),
      path: { values: [...paths, NONE], codes: orLast(path.codes, paths.length) },
      program: {
        values: [...programs, Number.POSITIVE_INFINITY],
        codes: orLast(program.codes, programs.length),
      },
      hasPath: path.codes.map((code) => (code < 0 ? 0 : 1)),
    };
  }
  const orEmpty = (name: string) => pl.col(name).cast(pl.String).fillNull(pl.lit(NONE));
  const rows = withoutNulls(
    accessLog.select(
      ...KNOWN_COLUMNS,
      orEmpty("ip"),
      pl.col("program_id").cast(pl.Float64).fillNull(pl.lit(Number.POSITIVE_INFINITY)),
      orEmpty("path"),
      pl.col("path").isNotNull().cast(pl.Int32).alias(HAS_PATH),
    ),
  );
  return {
    ...columnsOf(rows),
    program: coded(rows.getColumn("program_id")),
    path: coded(rows.getColumn("path")),
    hasPath: int32(rows, HAS_PATH),
  };
}

/** Codes with a place of its own, the last, for rows without a value. */
function orLast(codes: Int32Array, last: number): Int32Array {
  return codes.map((code) => (code < 0 ? last : code));
}

// A column on the way that no log has.
const HAS_PATH = "\0has_path";
/** In place of an address or a path that a row has not. */
const NONE = "";

/** What adds up row by row. */
function sumsOf(log: Requests) {
  const { user, time, cohort, address } = log;
  const isCampus = addressUse(log).map((use, a) => use.isCampus && address.values[a] !== NONE);
  const count = user.values.length;
  const rows = new Float64Array(count);
  const first = new Float64Array(count).fill(Infinity);
  const last = new Float64Array(count).fill(-Infinity);
  const classHoursShare = new Float64Array(count);
  const campusShare = new Float64Array(count);
  const labelled = new Array<boolean>(count).fill(false);
  for (let row = 0; row < user.codes.length; row++) {
    const u = user.codes[row]!;
    rows[u]!++;
    if (time[row]! < first[u]!) first[u] = time[row]!;
    if (time[row]! > last[u]!) last[u] = time[row]!;
    if (cohort[row] === STAFF_COHORT_ID) labelled[u] = true;
    if (isInClassHours(time[row]!)) classHoursShare[u]!++;
    if (isCampus[address.codes[row]!]) campusShare[u]!++;
  }
  for (let u = 0; u < count; u++) {
    classHoursShare[u]! /= rows[u]!;
    campusShare[u]! /= rows[u]!;
  }
  return { rows, first, last, labelled, classHoursShare, campusShare };
}

/** The cohort with most of each user's rows, the one with the lowest id of several; null without any. */
function usualCohorts({ user, cohort }: Requests, nameOf: ReadonlyMap<number, string | null>) {
  const counts = user.values.map(() => new Map<number, number>());
  for (let row = 0; row < cohort.length; row++) {
    const id = cohort[row]!;
    if (id === Infinity) continue;
    const own = counts[user.codes[row]!]!;
    own.set(id, (own.get(id) ?? 0) + 1);
  }
  return counts.map((own) => {
    const [most] = [...own].sort(([a, n], [b, m]) => m - n || a - b);
    return most ? (nameOf.get(most[0]) ?? null) : null;
  });
}

function cohortNames(classes: pl.DataFrame): Map<number, string | null> {
  const names = classes.getColumn("cohort").toArray() as (string | null)[];
  return new Map(Array.from(numbers(classes, "cohort_id"), (id, i) => [id, names[i] ?? null]));
}

/** What is read, and how evenly. */
function readingOf(log: Requests) {
  const { user, path } = log;
  const count = user.values.length;
  const distinctPages = new Float64Array(count);
  const viewsPerPage = new Float64Array(count);
  const sections = new Float64Array(count).fill(1);
  const breadth = new Float64Array(count).fill(1);
  const programs = log.program.values.length;
  const profiles = pageProfiles(log);
  const sectionOf = codedSections(path.values);
  eachUser(runsOf(user, path.codes, log.hasPath), (u, pages, views) => {
    const inSections = new Map<number, number>();
    const inPrograms = new Float64Array(programs);
    let all = 0;
    pages.forEach((page, i) => {
      const section = sectionOf[page]!;
      inSections.set(section, (inSections.get(section) ?? 0) + views[i]!);
      all += views[i]!;
      for (let p = 0; p < programs; p++) {
        inPrograms[p]! += views[i]! * profiles[page * programs + p]!;
      }
    });
    distinctPages[u] = pages.length;
    viewsPerPage[u] = all / pages.length;
    sections[u] = effectiveNumber([...inSections.values()]);
    breadth[u] = effectiveNumber(Array.from(inPrograms));
  });
  return { distinctPages, viewsPerPage, sections, breadth };
}

/** Of each page's views by students, the share of each program. */
function pageProfiles({ path, hasPath, program, cohort }: Requests): Float64Array {
  const programs = program.values.length;
  const profiles = new Float64Array(path.values.length * programs);
  for (let row = 0; row < path.codes.length; row++) {
    if (
      !hasPath[row] ||
      program.values[program.codes[row]!] === Infinity ||
      cohort[row] === STAFF_COHORT_ID
    )
      continue;
    profiles[path.codes[row]! * programs + program.codes[row]!]!++;
  }
  for (let start = 0; start < profiles.length; start += programs) {
    const page = profiles.subarray(start, start + programs);
    const all = page.reduce((sum, views) => sum + views, 0);
    if (all > 0) for (let p = 0; p < programs; p++) page[p]! /= all;
  }
  return profiles;
}

/** Place of each path's section: what stands before its first slash. */
function codedSections(paths: readonly string[]): Int32Array {
  const places = new Map<string, number>();
  return Int32Array.from(paths, (path) => {
    const section = path.split("/", 1)[0]!;
    if (!places.has(section)) places.set(section, places.size);
    return places.get(section)!;
  });
}

/** Over how many kinds something is spread: as many even ones have the same entropy. 1 of none. */
function effectiveNumber(counts: readonly number[]): number {
  const all = counts.reduce((sum, count) => sum + count, 0);
  let entropy = 0;
  for (const count of counts) if (count > 0) entropy -= (count / all) * Math.log(count / all);
  return Math.exp(entropy);
}

/** When is read, and for how long. */
function timeOf({ user, day }: Requests, classes: readonly { start: number; end: number }[]) {
  const count = user.values.length;
  const days = new Float64Array(count);
  const months = new Float64Array(count);
  const busiestHalfYearShare = new Float64Array(count);
  const cohortsSpanned = new Float64Array(count);
  eachUser(runsOf(user, day), (u, dates, requests) => {
    days[u] = dates.length;
    months[u] = new Set(Array.from(dates, monthOf)).size;
    busiestHalfYearShare[u] = busiestShare(dates, requests);
    for (const { start, end } of classes) {
      let within = 0;
      for (const d of dates) if (d >= start && d <= end) within++;
      if (within >= SPANNING_DAYS) cohortsSpanned[u]!++;
    }
  });
  return { days, months, busiestHalfYearShare, cohortsSpanned };
}

function busiestShare(dates: Int32Array, requests: Int32Array): number {
  let [all, within, most, oldest] = [0, 0, 0, 0];
  dates.forEach((date, i) => {
    all += requests[i]!;
    within += requests[i]!;
    while (dates[oldest]! <= date - HALF_YEAR) within -= requests[oldest++]!;
    most = Math.max(most, within);
  });
  return most / all;
}

function dayOf(time: number): number {
  return Math.floor(time / 86_400_000);
}

function monthOf(epochDay: number): number {
  const date = new Date(86_400_000 * epochDay);
  return 12 * date.getUTCFullYear() + date.getUTCMonth();
}

/** Name, first and last day of class of each cohort. */
function classesOf(accessLog: pl.DataFrame): pl.DataFrame {
  return accessLog
    .select("cohort_id", "cohort", "start_date", "end_date")
    .groupBy(["cohort_id", "cohort"])
    .agg(pl.col("start_date").min(), pl.col("end_date").max())
    .filter(pl.col("cohort_id").isNotNull())
    .sort(["cohort_id", "cohort"])
    .unique({ maintainOrder: true, keep: "last", subset: ["cohort_id"] });
}

/** First and last day of class of each cohort but Staff, as days since 1970. */
function classTimes(classes: pl.DataFrame): { start: number; end: number }[] {
  const dated = classes
    .filter(pl.col("cohort_id").neq(pl.lit(STAFF_COHORT_ID)))
    .select(
      pl.col("start_date").cast(pl.Date).cast(pl.Int32),
      pl.col("end_date").cast(pl.Date).cast(pl.Int32),
    )
    .dropNulls();
  const ends = int32(dated, "end_date");
  return Array.from(int32(dated, "start_date"), (start, i) => ({ start, end: ends[i]! }));
}

interface Runs {
  user: Int32Array;
  value: Int32Array;
  count: Int32Array;
}

/** How often each user has each value, by user and value; with `counts`, of rows where it is not 0. */
function runsOf(users: Coded<number>, values: Int32Array, counts?: Int32Array): Runs {
  const { rows, ends } = rowsByGroup(users.codes, users.values.length);
  const [user, value, count] = [0, 1, 2].map(() => new Int32Array(rows.length)) as [
    Int32Array,
    Int32Array,
    Int32Array,
  ];
  let runs = 0;
  let start = 0;
  ends.forEach((end, u) => {
    const own = new Int32Array(end - start);
    let length = 0;
    for (; start < end; start++) {
      if (!counts || counts[rows[start]!]) own[length++] = values[rows[start]!]!;
    }
    const sorted = own.subarray(0, length).sort();
    for (let i = 0; i < length; i++) {
      if (i === 0 || sorted[i] !== sorted[i - 1]) {
        user[runs] = u;
        value[runs++] = sorted[i]!;
      }
      count[runs - 1]!++;
    }
  });
  return {
    user: user.subarray(0, runs),
    value: value.subarray(0, runs),
    count: count.subarray(0, runs),
  };
}

function eachUser(
  { user, value, count }: Runs,
  visit: (user: number, values: Int32Array, counts: Int32Array) => void,
): void {
  for (let start = 0, end = 0; start < user.length; start = end) {
    while (end < user.length && user[end] === user[start]) end++;
    visit(user[start]!, value.subarray(start, end), count.subarray(start, end));
  }
}
