import { PATHS } from "../calibration/paths";
import { isoDay } from "../days/log-days";
import { phaseOf } from "../days/stretches";
import { GROUPS, STAFF } from "../groups";
import { TOPIC_OF } from "../paths/reading-habits";
import { type RandomStream, randomStream } from "../random-stream";
import type { Draft } from "../visits/draft";

/** Rows of a further story, by place in the draft. */
export interface PlantedRows {
  kind: string;
  userId: number;
  group: number;
  /** Place of its address, where it has one of its own; -1 otherwise. */
  address: number;
  rows: number[];
}

/** The draft with all addresses, and lists that grow as things are planted. */
export interface Plantable {
  draft: Draft;
  /** Place of each row's address in `addresses`. */
  address: Int32Array;
  addresses: string[];
  paths: string[];
  /** Users who have a story already. */
  taken: Set<number>;
}

/** What is looked for on a site that has none of it; source: common lists of such requests. */
const PROBES = [
  ".env",
  "..%2f..%2f..%2fetc%2fpasswd",
  "admin.php",
  "backup.sql",
  "cgi-bin/test.cgi",
  "phpmyadmin/index.php",
  "server-status",
  "%2e%2e%2f%2e%2e%2fwindows%2fwin.ini",
  "wp-content/plugins/index.php",
  "xmlrpc.php",
];

const CROSS_FROM = isoDay("2020-01-01");
/** Fewest rows with which something can be told from chance. */
const FEW = 24;

/**
 * Plants `n` further stories of each kind at random places, among users who have none:
 * scraping, one-day peaks, hardly reading, drop-outs, cross-program reading, probing,
 * accounts used from many addresses. Rows per user, cohort and path stay as they are,
 * but for probing (paths that nobody else asks for), cross-program reading (rows change
 * paths with Staff's) and hardly reading and drop-outs (rows go to others of the
 * cohort); rows per day change by those of the first two kinds.
 *
 * A kind finds no place where no user has enough rows, as in very small samples.
 */
export function plantAnomalies(log: Plantable, n: number, seed: number): PlantedRows[] {
  if (n === 0) return [];
  const random = randomStream(seed, "anomalies");
  const book = readers(log.draft);
  const planted: PlantedRows[] = [];
  const kinds = [
    scraping,
    oneDayPeak,
    crossProgram,
    probing,
    manyAddresses,
    hardlyReading,
    dropOut,
  ];
  for (const plant of kinds) {
    for (let i = 0; i < n; i++) {
      const story = plant(log, book, random);
      if (!story) continue;
      log.taken.add(story.userId);
      planted.push(story);
    }
  }
  return planted;
}

/** A user in a group, with the places of their rows. */
interface ReaderRows {
  userId: number;
  group: number;
  rows: number[];
}

type Plant = (log: Plantable, book: ReaderRows[], random: RandomStream) => PlantedRows | undefined;

function readers({ userId, group, path, count }: Draft): ReaderRows[] {
  const byKey = new Map<number, ReaderRows>();
  for (let i = 0; i < count; i++) {
    if (path[i]! < 0) continue;
    const key = group[i]! * 100_000 + userId[i]!;
    const known = byKey.get(key);
    if (known) known.rows.push(i);
    else byKey.set(key, { userId: userId[i]!, group: group[i]!, rows: [i] });
  }
  return [...byKey.values()].sort((a, b) => a.userId - b.userId || a.group - b.group);
}

/** A reader without a story who fits; of small samples, of those with most rows. */
function choose(
  { taken }: Plantable,
  book: ReaderRows[],
  random: RandomStream,
  fits: (reader: ReaderRows) => boolean,
): ReaderRows | undefined {
  const fitting = book.filter((reader) => {
    const { cohortId } = GROUPS[reader.group]!;
    return cohortId > 0 && cohortId !== STAFF && !taken.has(reader.userId) && fits(reader);
  });
  return fitting.length > 0 ? fitting[random.below(fitting.length)] : undefined;
}

const scraping: Plant = (log, book, random) => {
  const reader = choose(log, book, random, ({ rows }) => rows.length >= 2 * FEW);
  if (!reader) return undefined;
  const size = Math.min(40 + random.below(200), Math.floor(reader.rows.length * 0.6));
  const rows = takeDay(log, reader, size, random);
  const perSecond = 4 + random.below(24);
  const begin = random.below(86_400 - Math.ceil(rows.length / perSecond));
  rows.forEach((row, i) => {
    log.draft.second[row] = begin + Math.floor(i / perSecond);
  });
  const address = newAddress(log, random);
  for (const row of rows) log.address[row] = address;
  return { kind: "scraping", userId: reader.userId, group: reader.group, address, rows };
};

const oneDayPeak: Plant = (log, book, random) => {
  const reader = choose(log, book, random, ({ rows }) => rows.length >= 2 * FEW);
  if (!reader) return undefined;
  const size = Math.min(90 + random.below(120), Math.floor(reader.rows.length * 0.5));
  const rows = takeDay(log, reader, size, random);
  const step = 8 + random.below(40);
  const begin = random.below(86_400 - rows.length * step);
  const address = log.address[rows[0]!]!;
  rows.forEach((row, i) => {
    log.draft.second[row] = begin + i * step + random.below(step);
    log.address[row] = address;
  });
  return { kind: "one_day_peak", userId: reader.userId, group: reader.group, address: -1, rows };
};

/** Moves rows of a reader to one of their days, each on a page of its own, in site order. */
function takeDay(
  { draft }: Plantable,
  reader: ReaderRows,
  size: number,
  random: RandomStream,
): number[] {
  const { day, path } = draft;
  const group = GROUPS[reader.group]!;
  const on = day[reader.rows[random.below(reader.rows.length)]!]!;
  const near = reader.rows.filter((row) => phaseOf(group, day[row]!) === phaseOf(group, on));
  near.sort((a, b) => Math.abs(day[a]! - on) - Math.abs(day[b]! - on) || a - b);
  const rows = near.slice(0, size);
  makeDistinct(draft, reader, rows);
  for (const row of rows) day[row] = on;
  rows.sort((a, b) => inSiteOrder(path[a]!, path[b]!) || a - b);
  return rows;
}

/** Swaps pages that come twice among `rows` with others of the same reader. */
function makeDistinct({ path }: Draft, reader: ReaderRows, rows: number[]): void {
  const seen = new Set<number>();
  const chosen = new Set(rows);
  const others = reader.rows.filter((row) => !chosen.has(row));
  let at = 0;
  for (const row of rows) {
    if (!seen.has(path[row]!)) {
      seen.add(path[row]!);
      continue;
    }
    while (at < others.length && seen.has(path[others[at]!]!)) at++;
    if (at === others.length) return;
    const other = others[at++]!;
    const page = path[row]!;
    path[row] = path[other]!;
    path[other] = page;
    seen.add(path[row]!);
  }
}

function inSiteOrder(a: number, b: number): number {
  if (a === b) return 0;
  const [left, right] = [TOPIC_OF[a]!, TOPIC_OF[b]!];
  return left.place - right.place || (PATHS[a]!.path < PATHS[b]!.path ? -1 : 1);
}

/** A data-science student reads Java lessons after that should have been shut off. */
const crossProgram: Plant = (log, book, random) => {
  const { path, day, group, count } = log.draft;
  const late = ({ rows }: ReaderRows) => rows.filter((row) => day[row]! >= CROSS_FROM);
  const reader = choose(
    log,
    book,
    random,
    (one) => GROUPS[one.group]!.programId === 3 && late(one).length >= FEW,
  );
  if (!reader) return undefined;
  const own = late(reader).filter((row) => isLesson(path[row]!));
  const size = Math.min(8 + random.below(30), own.length);
  const start = random.below(own.length - size + 1);
  const rows = own.slice(start, start + size);
  const staff = GROUPS.findIndex(({ cohortId }) => cohortId === STAFF);
  const lessons: number[] = [];
  for (let i = 0; i < count; i++) {
    if (group[i] === staff && TOPIC_OF[path[i]!]?.course === "java") lessons.push(i);
  }
  const taken = rows.filter((row) => {
    if (lessons.length === 0) return false;
    const other = lessons.splice(random.below(lessons.length), 1)[0]!;
    const page = path[row]!;
    path[row] = path[other]!;
    path[other] = page;
    return true;
  });
  if (taken.length === 0) return undefined;
  return {
    kind: "cross_program",
    userId: reader.userId,
    group: reader.group,
    address: -1,
    rows: taken,
  };
};

function isLesson(place: number): boolean {
  const course = TOPIC_OF[place]?.course;
  return course === "numbered" || course === "plain";
}

const probing: Plant = (log, book, random) => {
  const reader = choose(log, book, random, ({ rows }) => rows.length >= FEW);
  if (!reader) return undefined;
  const { path, day, second } = log.draft;
  const start = random.below(reader.rows.length - 12);
  const first = reader.rows[start]!;
  const rows = reader.rows.slice(start, start + 4 + random.below(7));
  const address = newAddress(log, random);
  rows.forEach((row, i) => {
    path[row] = placeIn(log.paths, PROBES[(i + start) % PROBES.length]!);
    day[row] = day[first]!;
    second[row] = Math.min(86_399, second[first]! + i);
    log.address[row] = address;
  });
  return { kind: "probing", userId: reader.userId, group: reader.group, address, rows };
};

/** For two weeks nearly every page comes from another address. */
const manyAddresses: Plant = (log, book, random) => {
  const reader = choose(log, book, random, ({ rows }) => rows.length >= FEW);
  if (!reader) return undefined;
  const { day } = log.draft;
  const from = day[reader.rows[random.below(reader.rows.length)]!]!;
  const rows = reader.rows.filter((row) => day[row]! >= from && day[row]! < from + 14);
  let left = 0;
  let address = 0;
  for (const row of rows) {
    if (left-- <= 0) {
      address = newAddress(log, random);
      left = random.below(4);
    }
    log.address[row] = address;
  }
  return { kind: "many_addresses", userId: reader.userId, group: reader.group, address: -1, rows };
};

const hardlyReading: Plant = (log, book, random) => {
  const reader = choose(log, book, random, (one) => inClass(log.draft, one).length >= FEW);
  if (!reader) return undefined;
  const rows = inClass(log.draft, reader);
  const kept = 2 + random.below(8);
  for (let i = rows.length - 1; i > 0; i--) {
    const other = random.below(i + 1);
    [rows[i], rows[other]] = [rows[other]!, rows[i]!];
  }
  giveAway(log, book, reader, rows.slice(kept), random);
  const left = rows.slice(0, kept);
  return {
    kind: "hardly_reading",
    userId: reader.userId,
    group: reader.group,
    address: -1,
    rows: left,
  };
};

const dropOut: Plant = (log, book, random) => {
  const { day } = log.draft;
  const reader = choose(log, book, random, (one) => inClass(log.draft, one).length >= FEW);
  if (!reader) return undefined;
  const { startDay, endDay } = GROUPS[reader.group]!;
  const until = startDay + Math.floor((endDay - startDay) * (0.25 + 0.4 * random.next()));
  const gone = reader.rows.filter((row) => day[row]! > until);
  const rows = reader.rows.filter((row) => day[row]! <= until);
  if (rows.length === 0 || gone.length === 0) return undefined;
  giveAway(log, book, reader, gone, random);
  return { kind: "drop_out", userId: reader.userId, group: reader.group, address: -1, rows };
};

function inClass({ day }: Draft, { group, rows }: ReaderRows): number[] {
  const { startDay } = GROUPS[group]!;
  return rows.filter(
    (row) => day[row]! >= startDay && phaseOf(GROUPS[group]!, day[row]!) === "class",
  );
}

/** Rows go to others of the group, who read them from where they were that day. */
function giveAway(
  { draft, address, taken }: Plantable,
  book: ReaderRows[],
  from: ReaderRows,
  rows: number[],
  random: RandomStream,
): void {
  const others = book.filter(
    ({ group, userId }) => group === from.group && userId !== from.userId && !taken.has(userId),
  );
  if (others.length === 0) return;
  const byDay = new Map<number, ReaderRows>();
  const given = new Set(rows);
  for (const row of rows) {
    const on = draft.day[row]!;
    const present = byDay.get(on) ?? others[random.below(others.length)]!;
    byDay.set(on, present);
    const known = present.rows.find((own) => draft.day[own] === on) ?? present.rows[0]!;
    draft.userId[row] = present.userId;
    address[row] = address[known]!;
    present.rows.push(row);
  }
  from.rows = from.rows.filter((row) => !given.has(row));
}

/** An address of 198.18.0.0/15 that nobody has. */
function newAddress({ addresses }: Plantable, random: RandomStream): number {
  const known = new Set(addresses);
  for (;;) {
    const n = random.below(131_072);
    const text = `198.${18 + (n >> 16)}.${(n >> 8) & 255}.${n & 255}`;
    if (!known.has(text)) return addresses.push(text) - 1;
  }
}

function placeIn(texts: string[], text: string): number {
  const place = texts.indexOf(text);
  return place >= 0 ? place : texts.push(text) - 1;
}
