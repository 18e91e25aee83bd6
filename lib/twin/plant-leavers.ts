import { DAYS } from "./frozen";
import { type Bed, drawOne, homeNear } from "./plant-bed";
import type { Reader } from "./reader-book";

/** Two to nine of the rows in class are left, or a fifth. */
export function hardlyReading(bed: Bed, reader: Reader) {
  const { log, random, sizes } = bed;
  const { start, end } = reader.cohort;
  const inClass = reader.rows.filter((row) => log.day[row]! <= end);
  if (inClass.length < sizes.inClass || log.day[inClass[0]!]! < start) return undefined;
  const kept = Math.min(2 + random.below(8), Math.floor(inClass.length / 5));
  // The first row of all stays: users are numbered by it.
  const given = inClass.slice(1);
  const rows = [inClass[0]!];
  while (rows.length < kept) rows.push(drawOne(given, random));
  return giveAway(bed, reader, given) ? { rows } : undefined;
}

/** Shortest class, in days, in which leaving early shows. */
const LONG = 40;

/** Comes for a quarter to two thirds of class, and then no more. */
export function dropOut(bed: Bed, reader: Reader) {
  const { log, random, sizes } = bed;
  const { day } = log;
  const { cohort } = reader;
  const [begin, end] = [Math.max(0, cohort.start), Math.min(DAYS, cohort.end)];
  if (end - begin < LONG) return undefined;
  const until = begin + Math.floor((end - begin) * (0.25 + 0.4 * random.next()));
  const rows = reader.rows.filter((row) => day[row]! <= until);
  const gone = reader.rows.filter((row) => day[row]! > until);
  const inClass = gone.filter((row) => day[row]! < end);
  if (rows.length < sizes.before || inClass.length < sizes.before) return undefined;
  return giveAway(bed, reader, gone) ? { rows } : undefined;
}

/** No day grows above the first; those below the second take rows first. */
const [MOST_PER_DAY, WELCOME_PER_DAY] = [140, 70];

/** Gives rows to others of the cohort who read near that day; false, with no change, if none. */
function giveAway(bed: Bed, reader: Reader, rows: readonly number[]): boolean {
  const { log, book, taken, random, campus } = bed;
  const { day, address } = log;
  const others = book.readers.filter(
    ({ cohortId, userId }) =>
      cohortId === reader.cohortId && userId !== reader.userId && !taken.has(userId),
  );
  const byDay = new Map<number, number[]>();
  for (const row of rows) {
    const on = day[row]!;
    byDay.set(on, byDay.get(on) ?? []);
    byDay.get(on)!.push(row);
  }
  const takers: { to: Reader; given: number[] }[] = [];
  for (const [on, given] of byDay) {
    const sum = ({ userId }: Reader) => book.rowsOn(userId, on) + given.length;
    const able = others.filter((other) => {
      const [first, last] = [other.rows[0]!, other.rows.at(-1)!];
      return day[first]! < on && on <= day[last]! && sum(other) <= MOST_PER_DAY;
    });
    if (able.length === 0) return false;
    const present = able.filter((other) => sum(other) > given.length);
    const welcome = present.filter((other) => sum(other) <= WELCOME_PER_DAY);
    const from = welcome.length > 0 ? welcome : present.length > 0 ? present : able;
    takers.push({ to: from[random.below(from.length)]!, given });
  }
  for (const { to, given } of takers) {
    const home = homeNear(bed, to, given[0]!);
    for (const row of given) {
      if (!campus.has(address[row]!)) address[row] = home;
      book.give(row, to);
    }
  }
  return true;
}
