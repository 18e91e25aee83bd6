import { type Cohort, DATA_SCIENCE, STAFF } from "./cohorts";
import { FIRST_EPOCH_DAY } from "./frozen";
import type { LogRows } from "./log-rows";
import { type Bed, drawOne } from "./plant-bed";
import { FIXED_DAYS, type Reader } from "./reader-book";
import { LESSONS_CLOSED } from "./truth";

const LESSONS_CLOSED_DAY = LESSONS_CLOSED / 86_400_000 - FIRST_EPOCH_DAY;

export function crossProgram(bed: Bed, reader: Reader) {
  const { log, random, sizes, lessons, isDataScience } = bed;
  const { path, day, paths } = log;
  const late = reader.rows.filter((row) => day[row]! >= LESSONS_CLOSED_DAY);
  if (late.some((row) => paths[path[row]!]!.startsWith("java"))) return undefined;
  const own = late.filter((row) => isDataScience[path[row]!] === 1 && !FIXED_DAYS.has(day[row]!));
  const size = Math.min(sizes.cross + random.below(30), own.length, lessons.length);
  if (size < sizes.cross) return undefined;
  const start = random.below(own.length - size + 1);
  const rows = own.slice(start, start + size);
  for (const row of rows) {
    const other = drawOne(lessons, random);
    [path[row], path[other]] = [path[other]!, path[row]!];
  }
  return { rows };
}

/** What cross-program reading exchanges. */
export function lessonsOf(
  { cohortId, path, day, held, paths }: LogRows,
  cohorts: ReadonlyMap<number, Cohort>,
): Pick<Bed, "lessons" | "isDataScience"> {
  const isLesson = paths.map((text) => text.startsWith("java"));
  const lessons: number[] = [];
  const more = new Int32Array(paths.length);
  for (let row = 0; row < day.length; row++) {
    const place = path[row]!;
    if (cohortId[row] === STAFF) {
      if (isLesson[place] && held[row] === 0 && !FIXED_DAYS.has(day[row]!)) lessons.push(row);
      continue;
    }
    const cohort = cohorts.get(cohortId[row]!);
    if (cohort && place >= 0) more[place]! += cohort.program === DATA_SCIENCE ? 1 : -1;
  }
  return { lessons, isDataScience: Uint8Array.from(more, (rows) => (rows > 0 ? 1 : 0)) };
}

const FORTNIGHT = 14;
/** Seconds between visits. */
const PAUSE = 1_800;

/** For two weeks every visit comes from another address, and many change it on the way. */
export function manyAddresses({ log, random, sizes, newAddress }: Bed, { rows: own }: Reader) {
  const { day, second, address } = log;
  const starts: number[] = [];
  for (let i = 0, end = 0; i < own.length; i++) {
    while (end < own.length && day[own[end]!]! < day[own[i]!]! + FORTNIGHT) end++;
    const isFirst = i === 0 || day[own[i - 1]!]! < day[own[i]!]!;
    if (isFirst && end - i >= sizes.fortnight) starts.push(i);
  }
  if (starts.length === 0) return undefined;
  const start = starts[random.below(starts.length)]!;
  const rows = own.slice(start).filter((row) => day[row]! < day[own[start]!]! + FORTNIGHT);
  let left = 0;
  let from = -1;
  rows.forEach((row, i) => {
    const before = rows[i - 1];
    const isSameVisit =
      before !== undefined && day[before] === day[row] && second[row]! - second[before]! < PAUSE;
    if (!isSameVisit || left === 0) {
      from = newAddress();
      left = 1 + random.below(4);
    }
    address[row] = from;
    left--;
  });
  return { rows };
}
