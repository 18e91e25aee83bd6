import { type RandomStream, randomStream } from "../stats/random";
import { type Cohort, DATA_SCIENCE, STAFF } from "./cohorts";
import { DAYS, FIRST_EPOCH_DAY, type FrozenLog, FULL_SIZE, SNAPSHOT_DAY } from "./frozen";
import type { LogRows } from "./log-rows";
import { FIXED_DAYS, type Reader, type ReaderBook, readerBook } from "./reader-book";
import { LESSONS_CLOSED, type PlantedRows } from "./truth";

/** What is looked for on a site that has none of it; source: common lists of such requests. */
export const PROBES: readonly string[] = [
  ".env",
  "..%2f..%2f..%2fetc%2fpasswd",
  "admin.php",
  `search?q="><script>alert('1')</script>`,
  "backup.sql",
  "cgi-bin/test.cgi",
  "login.php?user=admin'%20or%20'1'='1'--",
  "phpmyadmin/index.php",
  "server-status",
  "%2e%2e%2f%2e%2e%2fwindows%2fwin.ini",
  "wp-content/plugins/index.php",
  `xmlrpc.php?x=<img%20src=x%20onerror="alert(1)">`,
];

const CAMPUS = ["97.105.19.61", "97.105.19.58"];
const LESSONS_CLOSED_DAY = LESSONS_CLOSED / 86_400_000 - FIRST_EPOCH_DAY;

/** Fewest rows that make a story. */
interface Sizes {
  scrape: number;
  peak: number;
  probes: number;
  /** Of the other program's lessons. */
  cross: number;
  /** In two weeks, from many addresses. */
  fortnight: number;
  /** In class, of someone who is made to hardly read. */
  inClass: number;
  /** In class, before a drop-out leaves, and again of what they would have read after. */
  before: number;
}

const WHOLE: Sizes = {
  scrape: 40,
  peak: 90,
  probes: 4,
  cross: 8,
  fortnight: 24,
  inClass: 200,
  before: 60,
};
/** In a small sample a reader has few rows, and few make a difference. */
const SMALL: Sizes = {
  scrape: 8,
  peak: 8,
  probes: 3,
  cross: 3,
  fortnight: 6,
  inClass: 8,
  before: 4,
};

/** What all kinds work on. */
interface Bed {
  log: LogRows;
  /** Users who have a further story already. */
  taken: Set<number>;
  book: ReaderBook;
  random: RandomStream;
  sizes: Sizes;
  /** A new address of 198.18.0.0/15. */
  newAddress: () => number;
  /** Places of the campus' addresses. */
  campus: ReadonlySet<number>;
  /** Rows of Staff on Java lessons. */
  lessons: number[];
  /** 1 for paths that data science reads more than all other students do. */
  isDataScience: Uint8Array;
}

/** Makes a reader's story, or leaves everything as it is. */
type Plant = (bed: Bed, reader: Reader) => PlantedRows | undefined;

interface Kind {
  plant: Plant;
  /** Fewest rows of a reader for it. */
  least: (sizes: Sizes) => number;
  fits?: (reader: Reader) => boolean;
}

/** Most of a reader's rows of that time that go to a day of theirs. */
const SHARE = 0.75;

/** Those that suit fewest readers first. */
const KINDS: readonly Kind[] = [
  {
    plant: crossProgram,
    least: ({ cross }) => cross,
    fits: ({ cohort }) => cohort.program === DATA_SCIENCE,
  },
  { plant: scraping, least: ({ scrape }) => scrape / SHARE },
  { plant: oneDayPeak, least: ({ peak }) => peak / SHARE },
  { plant: manyAddresses, least: ({ fortnight }) => fortnight },
  { plant: hardlyReading, least: ({ inClass }) => inClass },
  { plant: dropOut, least: ({ before }) => 2 * before },
  { plant: probing, least: ({ probes }) => 2 * probes },
];

/**
 * Plants up to `n` further stories of each kind, each with a student of one cohort who has
 * no other story, published or planted: scraping, one-day peaks, hardly reading, drop-outs,
 * cross-program reading, probing, accounts used from many addresses. Changes the rows, and
 * adds to the lists of paths and addresses.
 *
 * The number of rows stays, and so do every published story's rows, each user's first row
 * of all, rows per cohort in class and after it, and rows per day and second of the first
 * and last day and the day on which the log's earlier version ends. Rows per user stay but
 * for hardly reading and drop-outs, whose rows go to others of the cohort on the same day
 * (nobody's day comes to more than 140 by that); rows per path but for probing, whose
 * paths nobody else asks for; rows per path of a program but for cross-program reading,
 * whose pages are exchanged with Staff's; rows per day but for scraping, one-day peaks and
 * probing, which gather a reader's rows of the time around on one day. Addresses of
 * 198.18.0.0/15 are added.
 *
 * The whole log has room for all of 20. So have samples down to some 10,000 rows, with
 * fewer rows to a story: a scrape or a peak may be of 8, where no other day of the user's
 * has half as many. Of 1,000 rows or fewer hardly any reader has enough; a kind that finds
 * nobody is left out, and each has its turn in each round.
 */
export function plantAnomalies(
  log: LogRows,
  stories: FrozenLog["stories"],
  cohorts: ReadonlyMap<number, Cohort>,
  n: number,
  seed: number,
): PlantedRows[] {
  if (n === 0) return [];
  const random = randomStream(seed, "anomalies");
  const bed: Bed = {
    log,
    taken: new Set(),
    book: readerBook(log, stories, cohorts),
    random,
    sizes: log.day.length === FULL_SIZE ? WHOLE : SMALL,
    newAddress: addressMaker(log.addresses, random),
    campus: new Set(CAMPUS.map((ip) => log.addresses.indexOf(ip))),
    lessons: staffLessons(log),
    isDataScience: dataSciencePaths(log, cohorts),
  };
  const planted: PlantedRows[] = [];
  let kinds = KINDS;
  for (let round = 0; round < n && kinds.length > 0; round++) {
    // Where a kind finds nobody now, it will not later: readers only become fewer.
    kinds = kinds.filter((kind) => {
      const story = plantOne(bed, kind);
      if (!story) return false;
      bed.taken.add(story.userId);
      planted.push(story);
      return true;
    });
  }
  return planted;
}

/** Tries readers with rows enough in random order, until one's rows suit the kind. */
function plantOne(bed: Bed, { plant, least, fits }: Kind): PlantedRows | undefined {
  const { book, taken, random, sizes } = bed;
  const able = book.readers.filter(
    (reader) =>
      !taken.has(reader.userId) && reader.rows.length >= least(sizes) && (!fits || fits(reader)),
  );
  while (able.length > 0) {
    const story = plant(bed, drawOne(able, random));
    if (story) return story;
  }
  return undefined;
}

function scraping(bed: Bed, reader: Reader): PlantedRows | undefined {
  const { log, random, sizes, newAddress } = bed;
  const wanted = sizes.scrape + random.below(200);
  const gathered = gather(bed, reader, wanted, { least: sizes.scrape, distinct: true });
  if (!gathered) return undefined;
  const { rows } = gathered;
  const perSecond = 4 + random.below(24);
  const begin = random.below(86_400 - Math.ceil(rows.length / perSecond));
  const from = newAddress();
  rows.forEach((row, i) => {
    log.day[row] = gathered.day;
    log.second[row] = begin + Math.floor(i / perSecond);
    log.address[row] = from;
  });
  return { kind: "scraping", ...storyOf(reader), address: from, rows };
}

/** A day with more than twice the rows of any other of the reader's. */
function oneDayPeak(bed: Bed, reader: Reader): PlantedRows | undefined {
  const { log, book, random, sizes } = bed;
  const { day, second, address } = log;
  let most = 0;
  for (const row of reader.rows) most = Math.max(most, book.rowsOn(reader.userId, day[row]!));
  const least = Math.max(sizes.peak, 2 * most + 1);
  const wanted = Math.max(least, sizes.peak + random.below(120));
  const gathered = gather(bed, reader, wanted, { least, distinct: false });
  if (!gathered) return undefined;
  const { rows, anchor } = gathered;
  const step = 8 + random.below(40);
  const begin = Math.max(0, Math.min(second[anchor]!, 86_399 - rows.length * step));
  const from = homeNear(bed, reader, anchor);
  rows.forEach((row, i) => {
    day[row] = gathered.day;
    second[row] = Math.min(86_399, begin + i * step + random.below(step));
    address[row] = from;
  });
  const all = reader.rows.filter((row) => day[row] === gathered.day);
  return { kind: "one_day_peak", ...storyOf(reader), address: -1, rows: all };
}

/**
 * Rows of a reader around one of their days, of pages that differ as far as they do, in the
 * order of their paths; rows of the same phase of class and of the same version of the log.
 *
 * @returns the day, a row of it, and at least `least` and at most `wanted` rows; undefined
 *   where there are fewer
 */
function gather(
  { log, random }: Bed,
  reader: Reader,
  wanted: number,
  { least, distinct }: { least: number; distinct: boolean },
): { day: number; anchor: number; rows: number[] } | undefined {
  const { day, path, paths } = log;
  const movable = reader.rows.filter((row, i) => i > 0 && !FIXED_DAYS.has(day[row]!));
  if (movable.length === 0) return undefined;
  const anchor = movable[random.below(movable.length)]!;
  const on = day[anchor]!;
  const near = movable.filter((row) => isSameTime(reader, on, day[row]!));
  near.sort((a, b) => Math.abs(day[a]! - on) - Math.abs(day[b]! - on) || a - b);
  const size = Math.min(wanted, Math.floor(near.length * SHARE));
  if (size < least) return undefined;
  // From thrice as many, so that the days around do not become empty.
  const open = near.slice(0, 3 * size);
  const [different, again]: [number[], number[]] = [[], []];
  const seen = new Set<number>();
  while (open.length > 0) {
    const row = drawOne(open, random);
    (seen.has(path[row]!) ? again : different).push(row);
    seen.add(path[row]!);
  }
  const rows = (distinct ? different : different.concat(again)).slice(0, size);
  if (rows.length < least) return undefined;
  const text = (row: number) => paths[path[row]!]!;
  rows.sort((a, b) => (text(a) === text(b) ? a - b : text(a) < text(b) ? -1 : 1));
  return { day: on, anchor, rows };
}

function isSameTime({ cohort }: Reader, a: number, b: number): boolean {
  const isSameSide = Math.sign(a - cohort.end) === Math.sign(b - cohort.end);
  return isSameSide && a < SNAPSHOT_DAY === b < SNAPSHOT_DAY;
}

/** A data-science student reads Java lessons after that should have been shut off. */
function crossProgram(bed: Bed, reader: Reader): PlantedRows | undefined {
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
    const page = path[row]!;
    path[row] = path[other]!;
    path[other] = page;
  }
  return { kind: "cross_program", ...storyOf(reader), address: -1, rows };
}

function staffLessons({ cohortId, path, day, held, paths }: LogRows): number[] {
  const isLesson = paths.map((text) => text.startsWith("java"));
  const rows: number[] = [];
  for (let row = 0; row < day.length; row++) {
    if (cohortId[row] !== STAFF || !isLesson[path[row]!] || held[row] !== 0) continue;
    if (!FIXED_DAYS.has(day[row]!)) rows.push(row);
  }
  return rows;
}

function dataSciencePaths(
  { cohortId, path, paths }: LogRows,
  cohorts: ReadonlyMap<number, Cohort>,
): Uint8Array {
  const more = new Int32Array(paths.length);
  for (let row = 0; row < path.length; row++) {
    const cohort = cohorts.get(cohortId[row]!);
    if (!cohort || cohortId[row] === STAFF || path[row]! < 0) continue;
    more[path[row]!]! += cohort.program === DATA_SCIENCE ? 1 : -1;
  }
  return Uint8Array.from(more, (rows) => (rows > 0 ? 1 : 0));
}

/** Some paths that the site has not, one after the other within seconds. */
function probing(bed: Bed, reader: Reader): PlantedRows | undefined {
  const { log, random, sizes, newAddress } = bed;
  const { path, day, second, address, paths } = log;
  const movable = reader.rows.filter((row, i) => i > 0 && !FIXED_DAYS.has(day[row]!));
  if (movable.length === 0) return undefined;
  const start = random.below(movable.length);
  const size = sizes.probes + random.below(7);
  const first = movable[start]!;
  const on = day[first]!;
  const rows = movable
    .slice(start, start + size)
    .filter((row) => isSameTime(reader, on, day[row]!));
  if (rows.length < sizes.probes) return undefined;
  const from = newAddress();
  const begin = random.below(PROBES.length);
  let at = Math.min(second[first]!, 86_399 - 3 * rows.length);
  rows.forEach((row, i) => {
    path[row] = placeIn(paths, PROBES[(begin + i) % PROBES.length]!);
    day[row] = on;
    second[row] = at;
    address[row] = from;
    at += random.below(3);
  });
  return { kind: "probing", ...storyOf(reader), address: from, rows };
}

const FORTNIGHT = 14;
/** Seconds after which someone who reads on does so in another visit. */
const PAUSE = 1_800;

/** For two weeks every visit comes from another address, and many change it on the way. */
function manyAddresses(bed: Bed, reader: Reader): PlantedRows | undefined {
  const { log, random, sizes, newAddress } = bed;
  const { day, second, address } = log;
  const { rows: own } = reader;
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
  return { kind: "many_addresses", ...storyOf(reader), address: -1, rows };
}

/** Of the rows in class, by inclusive dates, two to nine are left, or a fifth. */
function hardlyReading(bed: Bed, reader: Reader): PlantedRows | undefined {
  const { log, random, sizes } = bed;
  const { start, end } = reader.cohort;
  const inClass = reader.rows.filter((row) => log.day[row]! <= end);
  if (inClass.length < sizes.inClass || log.day[inClass[0]!]! < start) return undefined;
  const kept = Math.min(2 + random.below(8), Math.floor(inClass.length / 5));
  // The first row of all stays: users are numbered by it.
  const given = inClass.slice(1);
  const rows = [inClass[0]!];
  while (rows.length < kept) rows.push(drawOne(given, random));
  if (!giveAway(bed, reader, given)) return undefined;
  return { kind: "hardly_reading", ...storyOf(reader), address: -1, rows };
}

/** Shortest time of class, in days, in which leaving early shows. */
const LONG = 40;

/** Comes for a quarter to two thirds of class, and then no more. */
function dropOut(bed: Bed, reader: Reader): PlantedRows | undefined {
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
  if (!giveAway(bed, reader, gone)) return undefined;
  return { kind: "drop_out", ...storyOf(reader), address: -1, rows };
}

/** By rows that are given no day comes to more; those whose day comes to less take them first. */
const [MOST_PER_DAY, WELCOME_PER_DAY] = [140, 70];

/**
 * Gives each day's rows to another of the cohort who reads that day or, where nobody does,
 * around it; from the campus, or from where they are when they are not there.
 *
 * @returns false, and nothing is changed, if for one of the days there is nobody
 */
function giveAway(bed: Bed, reader: Reader, rows: readonly number[]): boolean {
  const { log, book, taken, random, campus } = bed;
  const { day, address } = log;
  const others = book.readers.filter(
    ({ cohortId, userId }) =>
      cohortId === reader.cohortId && userId !== reader.userId && !taken.has(userId),
  );
  const byDay = new Map<number, number[]>();
  for (const row of rows) {
    const known = byDay.get(day[row]!);
    if (known) known.push(row);
    else byDay.set(day[row]!, [row]);
  }
  const takers: { to: Reader; given: number[] }[] = [];
  for (const [on, given] of byDay) {
    const sum = ({ userId }: Reader) => book.rowsOn(userId, on) + given.length;
    const able = others.filter((other) => {
      const last = other.rows[other.rows.length - 1]!;
      return day[other.rows[0]!]! < on && on <= day[last]! && sum(other) <= MOST_PER_DAY;
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

/** From where a reader reads about the time of `row` when not on campus. */
function homeNear({ log, campus, newAddress }: Bed, reader: Reader, row: number) {
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

const storyOf = ({ userId, cohortId }: Reader) => ({ userId, cohortId });

/** Takes one out, at random. */
function drawOne<T>(list: T[], random: RandomStream): T {
  const at = random.below(list.length);
  const one = list[at]!;
  list[at] = list[list.length - 1]!;
  list.pop();
  return one;
}

const NETWORK_SIZE = 131_072;

/** Adds addresses of 198.18.0.0/15 that nobody has, first and last of each 256 left out. */
function addressMaker(addresses: string[], random: RandomStream): () => number {
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
    throw new Error("there are no made-up addresses left");
  };
}

function placeIn(texts: string[], text: string): number {
  const place = texts.indexOf(text);
  return place >= 0 ? place : texts.push(text) - 1;
}
