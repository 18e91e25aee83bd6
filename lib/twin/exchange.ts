import { type RandomStream, randomStream } from "../stats/random";
import { cohortsById } from "./cohorts";
import { CAMPUS, DAYS, FIRST_EPOCH_DAY, type FrozenLog, SNAPSHOT_DAY } from "./frozen";

/** The first day on which students no longer read the other program's lessons. */
const CROSS_READING_ENDS = Date.UTC(2019, 11, 23) / 86_400_000 - FIRST_EPOCH_DAY;

/** From which visit each one has its seconds and its pages. */
export type Contents = { seconds: Int32Array; pages: Int32Array };

/**
 * The log of another seed: visits of seed 1 exchange their contents where no published figure tells
 * them apart. Visits that are `held`, of the first or of the last day stay.
 *
 * - Of one cohort, day, place (campus or not) and length: seconds and pages, between users.
 * - Of one cohort, month, side of the end of class and of two published days, and pattern of
 *   seconds: pages.
 */
export function contentsOfSeed(log: FrozenLog, seed: number): Contents {
  const seconds = log.user.map((_, visit) => visit);
  if (seed === 1) return { seconds, pages: seconds };
  exchangeVisits(log, seconds, randomStream(seed, "visits"));
  const contents = { seconds, pages: seconds.slice() };
  exchangePages(log, contents, randomStream(seed, "pages"));
  return contents;
}

/** Visits by key; those without are left out. */
function groups(log: FrozenLog, key: (visit: number) => string | undefined): number[][] {
  const byKey = new Map<string, number[]>();
  for (let v = 0; v < log.user.length; v++) {
    if (log.held[v] !== 0 || log.day[v] === 0 || log.day[v] === DAYS - 1) continue;
    const own = key(v);
    if (own === undefined) continue;
    const visits = byKey.get(own);
    if (visits) visits.push(v);
    else byKey.set(own, [v]);
  }
  return [...byKey.values()];
}

function exchangeVisits(log: FrozenLog, from: Int32Array, random: RandomStream): void {
  const { user, day, cohort, address, start, second } = log;
  const campus = new Set(CAMPUS.map((ip) => log.addresses.indexOf(ip)));
  const firstDay = new Map<number, number>();
  const pair = (v: number) => user[v]! * 1_000 + cohort[v]!;
  for (let v = 0; v < user.length; v++) {
    if (!firstDay.has(pair(v))) firstDay.set(pair(v), day[v]!);
  }
  const begin = (v: number) => second[start[v]!]!;
  const end = (v: number) => second[start[v + 1]! - 1]!;
  // Functions are made once: one for each visit would take longer than all else.
  const isSameDay = (a: number, b: number) => user[a] === user[b] && day[a] === day[b];
  const meets = (a: number, b: number) => begin(a) <= end(b) && begin(b) <= end(a);
  const isFree = (visit: number, content: number) => {
    for (let v = visit - 1; v >= 0 && isSameDay(v, visit); v--) {
      if (meets(from[v]!, content)) return false;
    }
    for (let v = visit + 1; v < user.length && isSameDay(v, visit); v++) {
      if (meets(from[v]!, content)) return false;
    }
    return true;
  };
  const alike = groups(log, (v) => {
    if (firstDay.get(pair(v)) === day[v]) return undefined;
    return `${cohort[v]} ${day[v]} ${campus.has(address[v]!)} ${start[v + 1]! - start[v]!}`;
  });
  for (const visits of alike) {
    for (const a of visits) {
      const b = visits[random.below(visits.length)]!;
      if (user[a] === user[b] || !isFree(a, from[b]!) || !isFree(b, from[a]!)) continue;
      [from[a], from[b]] = [from[b]!, from[a]!];
    }
  }
}

function exchangePages(log: FrozenLog, { seconds, pages }: Contents, random: RandomStream): void {
  const { day, cohort, start, second } = log;
  const cohorts = cohortsById(log);
  const months = Array.from({ length: DAYS }, (_, on) =>
    new Date((FIRST_EPOCH_DAY + on) * 86_400_000).toISOString().slice(0, 7),
  );
  // Published figures end with these days.
  const stretch = (on: number) => (on < CROSS_READING_ENDS ? 0 : on < SNAPSHOT_DAY ? 1 : 2);
  /** How many rows, and which have the second of the row before. */
  const pattern = (visit: number) => {
    const first = start[visit]!;
    let text = `${start[visit + 1]! - first}`;
    for (let row = first + 1; row < start[visit + 1]!; row++) {
      if (second[row] === second[row - 1]) text += `,${row - first}`;
    }
    return text;
  };
  const alike = groups(log, (v) => {
    const on = day[v]!;
    const side = Math.sign(on - (cohorts.get(cohort[v]!)?.end ?? 0));
    return `${cohort[v]} ${months[on]} ${side} ${stretch(on)} ${pattern(seconds[v]!)}`;
  });
  for (const visits of alike) {
    // Fisher and Yates's shuffle.
    for (let last = visits.length - 1; last > 0; last--) {
      const [a, b] = [visits[last]!, visits[random.below(last + 1)]!];
      [pages[a], pages[b]] = [pages[b]!, pages[a]!];
    }
  }
}
