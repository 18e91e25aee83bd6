import type { RandomStream } from "../stats/random";
import { SNAPSHOT_DAY } from "./frozen";
import type { LogRows } from "./log-rows";
import { FIXED_DAYS, type Reader, type ReaderBook } from "./reader-book";

/** Largest share of a reader's rows around a day that move to it. */
export const SHARE = 0.75;

/** Fewest rows that make a story. */
export const WHOLE = {
  scrape: 40,
  peak: 90,
  probes: 4,
  /** Of the other program's lessons. */
  cross: 8,
  /** In two weeks. */
  fortnight: 24,
  inClass: 200,
  before: 60,
};
export const SMALL: typeof WHOLE = {
  ...{ scrape: 8, peak: 8, probes: 3, cross: 3, fortnight: 6, inClass: 8, before: 4 },
};

export interface Bed {
  log: LogRows;
  /** Users who have a further story. */
  taken: Set<number>;
  book: ReaderBook;
  random: RandomStream;
  sizes: typeof WHOLE;
  newAddress: () => number;
  campus: ReadonlySet<number>;
  /** Rows of Staff on Java lessons. */
  lessons: number[];
  /** 1 for paths that data science reads more than all other students do. */
  isDataScience: Uint8Array;
}

/** A reader's rows without the first, by which users are numbered, and those of fixed days. */
export const movableRows = ({ day }: LogRows, { rows }: Reader): number[] =>
  rows.filter((row, i) => i > 0 && !FIXED_DAYS.has(day[row]!));

/** Whether two days are of one phase of class and one version of the log. */
export function isSameTime({ cohort }: Reader, a: number, b: number): boolean {
  const isSameSide = Math.sign(a - cohort.end) === Math.sign(b - cohort.end);
  return isSameSide && a < SNAPSHOT_DAY === b < SNAPSHOT_DAY;
}

/** A reader's address near `row` when not on campus. */
export function homeNear({ log, campus, newAddress }: Bed, reader: Reader, row: number): number {
  const { day, second, address } = log;
  const at = day[row]! * 86_400 + second[row]!;
  let [nearest, least] = [-1, Number.POSITIVE_INFINITY];
  for (const own of reader.rows) {
    const after = day[own]! * 86_400 + second[own]! - at;
    if (after >= least) break;
    if (campus.has(address[own]!) || Math.abs(after) >= least) continue;
    [nearest, least] = [own, Math.abs(after)];
  }
  return nearest < 0 ? newAddress() : address[nearest]!;
}

export function drawOne<T>(list: T[], random: RandomStream): T {
  const at = random.below(list.length);
  const one = list[at]!;
  list[at] = list[list.length - 1]!;
  list.pop();
  return one;
}

const NETWORK_SIZE = 131_072;

/** Adds addresses of 198.18.0.0/15 that nobody has, first and last of each 256 left out. */
export function addressMaker(addresses: string[], random: RandomStream): () => number {
  const known = new Set(addresses);
  return () => {
    let n = random.below(NETWORK_SIZE);
    for (let tries = 0; tries < NETWORK_SIZE; tries++) {
      const last = n & 255;
      const text = `198.${18 + (n >> 16)}.${(n >> 8) & 255}.${last}`;
      if (last > 0 && last < 255 && !known.has(text)) {
        known.add(text);
        return addresses.push(text) - 1;
      }
      n = (n + 1) % NETWORK_SIZE;
    }
    throw new Error("no made-up addresses are left");
  };
}
