import { COHORT_PATH_ROWS } from "../calibration/cohort-paths";
import { COHORTS } from "../calibration/cohorts";
import { PUBLISHED_ROWS } from "../calibration/published-rows";
import { CROSS_READING, STORY_DAYS } from "../calibration/stories";
import { clockSeconds, isoDay } from "../days/log-days";
import { SNAPSHOT_DAY } from "../days/snapshot";
import { STAFF } from "../groups";
import type { SampleRows } from "../log-rows";
import { isDataScience } from "../paths/cross-reading";
import { TOPIC_OF } from "../paths/reading-habits";
import { type RandomStream, randomStream } from "../random-stream";
import { PROBING } from "../stories/probing";

// What the generator leaves wrong in the log of seed 1, mended by exchanging the paths of two
// rows of one program and one side of class. No published figure moves but those that are met.

/** Paths of which rows are published by program, year or phase. */
const COUNTED: ReadonlySet<string> = new Set([
  ..."/ toc search/search_index.json javascript-i spring html-css java-iii mysql".split(" "),
  ..."sql/mysql-overview classification/overview anomaly-detection/overview".split(" "),
  "classification/scale_features_or_not.svg",
]);
const CERES = 33;
/** Published: the last reading across programs is of the day before. */
const LAST_CROSS_READING = isoDay("2019-12-23");
const NEPTUNE = 138;

export function mend(rows: SampleRows): Uint8Array {
  const desk = newDesk(rows);
  const distinct = distinctPaths(desk);
  const pathsAfter = readAfter(desk).filter((rows) => rows > 0).length;
  assessments(desk);
  cells(desk);
  ceres(desk);
  loneVisitor(desk);
  settle(desk, distinct);
  afterwards(desk, pathsAfter);
  return desk.held;
}

interface Desk extends SampleRows {
  random: RandomStream;
  /** 2 for rows of stories and rows known word for word, which stay; 1 for others that do. */
  held: Uint8Array;
  /** 0 in class, 1 on the last day, 2 after it. */
  side: Uint8Array;
  program: Uint8Array;
  /** Rows by cohort and path. */
  counts: Map<number, Int32Array>;
  /** Rows of one user at one second. */
  together: Map<number, number[]>;
  /** Published cells of cohort and path, which stay. */
  pinned: Set<string>;
}

function newDesk(rows: SampleRows): Desk {
  const { day, path, userId, cohortId, paths } = rows;
  const n = day.length;
  const cohorts = new Map(COHORTS.map((cohort) => [cohort.id, cohort]));
  const held = new Uint8Array(n);
  const isProbing = paths.map((text) => PROBING.has(text));
  const [side, program] = [new Uint8Array(n), new Uint8Array(n)];
  const counts = new Map<number, Int32Array>();
  const together = new Map<number, number[]>();
  const known = new Set(
    [...PUBLISHED_ROWS, ...CROSS_READING.map((row) => ({ ...row, day: isoDay(row.date) }))].map(
      ({ userId: user, day: on }) => user * 2_000 + on,
    ),
  );
  for (const { userId: user, date } of STORY_DAYS) known.add(user * 2_000 + isoDay(date));
  for (let i = 0; i < n; i++) {
    if (known.has(userId[i]! * 2_000 + day[i]!)) held[i] = 2;
    else if (day[i] === SNAPSHOT_DAY || isProbing[path[i]!]) held[i] = 1;
    const cohort = cohorts.get(cohortId[i]!);
    if (cohort) {
      const end = isoDay(cohort.endDate);
      side[i] = day[i]! < end ? 0 : day[i] === end ? 1 : 2;
      program[i] = cohort.programId;
    }
    let own = counts.get(cohortId[i]!);
    if (!own) {
      own = new Int32Array(paths.length);
      counts.set(cohortId[i]!, own);
    }
    if (path[i]! >= 0) own[path[i]!]!++;
    const at = secondOf(rows, i);
    const others = together.get(at);
    if (others) others.push(i);
    else together.set(at, [i]);
  }
  const pinned = new Set(COHORT_PATH_ROWS.map((cell) => `${cell.cohortId} ${cell.path}`));
  for (const { cohort, path: cell } of CELLS) pinned.delete(`${cohort} ${cell}`);
  const random = randomStream(1, "mend");
  return { ...rows, held, side, program, counts, together, pinned, random };
}

const secondOf = ({ day, second, userId }: SampleRows, i: number) =>
  (userId[i]! * 2_000 + day[i]!) * 86_400 + second[i]!;

/** Whether a row may have another path without making or ending a repetition. */
function takes(desk: Desk, row: number, path: number): boolean {
  if (desk.held[row]! > 0) return false;
  return desk.together
    .get(secondOf(desk, row))!
    .every(
      (other) =>
        desk.path[other] !== path && (other === row || desk.path[other] !== desk.path[row]),
    );
}

/** Exchanges two rows' paths where both may have the other's. */
function exchange(desk: Desk, a: number, b: number): boolean {
  const { path, cohortId, counts } = desk;
  const [p, q] = [path[a]!, path[b]!];
  if (p === q || !takes(desk, a, q) || !takes(desk, b, p)) return false;
  const isPinned = (row: number, place: number) =>
    desk.pinned.has(`${cohortId[row]} ${desk.paths[place]}`);
  if (cohortId[a] !== cohortId[b] && [a, b].some((row) => isPinned(row, p) || isPinned(row, q))) {
    return false;
  }
  // What students read of the other program's lessons is published up to a day.
  const isOpen = (row: number) => desk.day[row]! < LAST_CROSS_READING;
  const isOthers = (place: number) =>
    desk.program[a] === 3 ? TOPIC_OF[place]!.course === "java" : isDataScience(place);
  if (isOpen(a) !== isOpen(b) && (isOthers(p) || isOthers(q))) return false;
  path[a] = q;
  path[b] = p;
  const [ofA, ofB] = [counts.get(cohortId[a]!)!, counts.get(cohortId[b]!)!];
  ofA[p]!--;
  ofA[q]!++;
  ofB[q]!--;
  ofB[p]!++;
  return true;
}

const distinctPaths = ({ counts }: Desk) =>
  new Map([...counts].map(([cohort, own]) => [cohort, own.filter((rows) => rows > 0).length]));

function* rowsWhere(desk: Desk, isMeant: (row: number) => boolean): Generator<number> {
  const n = desk.day.length;
  const start = desk.random.below(n);
  for (let i = 0; i < n; i++) {
    const row = (start + i * 7_919) % n; // 7,919 is prime and no divisor of the number of rows
    if (isMeant(row)) yield row;
  }
}

/** A cohort's own assessments, which others of its program read: now its class on one day. */
function assessments(desk: Desk): void {
  const names = new Map([
    ["bayes", 34],
    ["curie", 55],
    ["darden", 59],
    ["florence", 137],
  ]);
  const days = new Map([
    ["bayes", "2019-10-24"],
    ["curie", "2020-04-09"],
    ["darden", "2020-09-17"],
    ["florence", "2021-04-09"],
  ]);
  // What goes to a row before the log's earlier version ends must have been read there.
  const early = new Set(desk.path.filter((_, row) => desk.day[row]! < SNAPSHOT_DAY));
  desk.paths.forEach((text, place) => {
    const name = text.split("-")[0]!;
    const own = names.get(name);
    if (own === undefined || !/assessment/.test(text) || !early.has(place)) return;
    const on = isoDay(days.get(name)!);
    const sources = Array.from(
      rowsWhere(desk, (row) => desk.path[row] === place && desk.program[row] === 3),
    );
    const used = new Set<number>();
    for (const source of sources) {
      const targets = rowsWhere(
        desk,
        (row) =>
          desk.cohortId[row] === own &&
          desk.side[row] === 0 &&
          desk.day[row] === on &&
          desk.second[row]! > 32_400 &&
          desk.second[row]! < 61_200 &&
          !used.has(desk.userId[row]!) &&
          isCommon(desk, row) &&
          desk.counts.get(desk.cohortId[source]!)![desk.path[row]!]! > 0 &&
          early.has(desk.path[row]!),
      );
      for (const target of targets) {
        if (!exchange(desk, source, target)) continue;
        used.add(desk.userId[target]!);
        break;
      }
    }
  });
}

/** A row on a page that its cohort and the other reads much, and of which no part is published. */
function isCommon({ path, cohortId, counts, paths }: Desk, row: number): boolean {
  const place = path[row]!;
  return place >= 0 && counts.get(cohortId[row]!)![place]! > 20 && !COUNTED.has(paths[place]!);
}

/** Published rows of a cohort on a path that the generator did not know. */
const CELLS = [
  { cohort: 62, path: "javascript-i", rows: 926 },
  { cohort: 58, path: "javascript-i", rows: 910 },
  { cohort: 135, path: "javascript-i", rows: 907 },
  { cohort: 133, path: "classification/overview", rows: 445 },
  { cohort: 55, path: "classification/overview", rows: 136 },
];

function cells(desk: Desk): void {
  for (const { cohort, path, rows } of CELLS) {
    const place = desk.paths.indexOf(path);
    const topic = path.split("/")[0]!;
    const program = COHORTS.find(({ id }) => id === cohort)!.programId;
    const givers = rowsWhere(
      desk,
      (row) =>
        desk.path[row] === place &&
        desk.program[row] === program &&
        !CELLS.some((cell) => cell.cohort === desk.cohortId[row] && cell.path === path) &&
        desk.counts.get(desk.cohortId[row]!)![place]! > 5,
    );
    const takers = Array.from(
      rowsWhere(
        desk,
        (row) =>
          desk.cohortId[row] === cohort &&
          isCommon(desk, row) &&
          desk.paths[desk.path[row]!]!.split("/")[0] === topic,
      ),
    );
    const own = desk.counts.get(cohort)!;
    for (const giver of givers) {
      if (own[place]! >= rows) break;
      // Who gives gets a page that their cohort reads.
      const theirs = desk.counts.get(desk.cohortId[giver]!)!;
      const at = takers.findIndex(
        (taker) =>
          desk.side[taker] === desk.side[giver] &&
          theirs[desk.path[taker]!]! > 4 &&
          exchange(desk, taker, giver),
      );
      if (at >= 0) takers.splice(at, 1);
    }
    desk.pinned.add(`${cohort} ${path}`);
    if (own[place]! < rows) throw new Error(`too few rows for ${cohort} on ${path}: ${own[place]}`);
  }
}

/** Rows of classes like Ceres that a lesson has; of the others Ceres need not read any. */
const LEAST = 110;

/** Ceres read some 35 lessons three times as much as others and no other: now as they do. */
function ceres(desk: Desk): void {
  const { path, paths, cohortId, side, day, counts, program } = desk;
  const everywhere = new Set(["/", "toc", "search/search_index.json"]);
  const movable = (row: number) =>
    path[row]! >= 0 &&
    !everywhere.has(paths[path[row]!]!) &&
    !desk.pinned.has(`${CERES} ${paths[path[row]!]}`) &&
    side[row] === 0;
  const topicOf = paths.map((text) => text.split("/")[0]!);
  const own = counts.get(CERES)!;
  // What classes within a year of Ceres read in class, itself included.
  const like = new Set([26, 27, 29, 31, 32, CERES, 51, 52, 53, 56]);
  const pool = new Int32Array(paths.length);
  const mine = new Int32Array(paths.length);
  const perTopic = new Map<string, { mine: number; pool: number }>();
  for (let row = 0; row < day.length; row++) {
    if (!like.has(cohortId[row]!) || !movable(row)) continue;
    pool[path[row]!]!++;
    const topic = topicOf[path[row]!]!;
    const sums = perTopic.get(topic) ?? { mine: 0, pool: 0 };
    sums.pool++;
    if (cohortId[row] === CERES) {
      mine[path[row]!]!++;
      sums.mine++;
    }
    perTopic.set(topic, sums);
  }
  // Topics that Ceres hardly opened get their part of all it read.
  let [all, allMine] = [0, 0];
  for (const sums of perTopic.values()) [all, allMine] = [all + sums.pool, allMine + sums.mine];
  const wanted = paths.map((_, place) => {
    const sums = perTopic.get(topicOf[place]!);
    if (!sums || pool[place]! < LEAST || /^(examples|slides|[0-9])/.test(paths[place]!)) return 0;
    const ofTopic =
      sums.mine * 4 * all < sums.pool * allMine ? (sums.pool * allMine) / all : sums.mine;
    return Math.round((pool[place]! * ofTopic) / sums.pool);
  });
  // The others' rows by path, at random.
  const offers = new Map<number, number[]>();
  for (const row of rowsWhere(
    desk,
    (row) =>
      like.has(cohortId[row]!) && cohortId[row] !== CERES && movable(row) && program[row] === 2,
  )) {
    const list = offers.get(path[row]!);
    if (list) list.push(row);
    else offers.set(path[row]!, [row]);
  }
  const lacking = paths.flatMap((_, place) => (wanted[place]! > mine[place]! ? [place] : []));
  const byTopic = (topic: string) => lacking.filter((place) => topicOf[place] === topic);
  const swap = (row: number, place: number): boolean => {
    const list = offers.get(place) ?? [];
    const p = path[row]!;
    for (let tries = Math.min(list.length, 40); tries > 0; tries--) {
      const at = desk.random.below(list.length);
      const other = list[at]!;
      const theirs = counts.get(cohortId[other]!)!;
      if (path[other] !== place || theirs[place]! < 3 || theirs[p]! === 0) continue;
      if (!exchange(desk, row, other)) continue;
      list.splice(at, 1);
      mine[p]!--;
      mine[place]!++;
      return true;
    }
    return false;
  };
  const order = Array.from(rowsWhere(desk, (row) => cohortId[row] === CERES && movable(row)));
  // First what Ceres hardly read of what nobody misses there, then what it read too much.
  for (const few of [true, false]) {
    for (const row of order) {
      const p = path[row]!;
      if (few ? wanted[p]! > 0 || own[p]! > 12 : mine[p]! <= wanted[p]! || wanted[p] === 0)
        continue;
      const inTopic = byTopic(topicOf[p]!).filter((place) => wanted[place]! > mine[place]!);
      const open =
        inTopic.length > 0 ? inTopic : lacking.filter((place) => wanted[place]! > mine[place]!);
      if (open.length === 0) continue;
      let sum = open.reduce((total, place) => total + wanted[place]! - mine[place]!, 0);
      sum = desk.random.below(sum);
      const place = open.find((each) => {
        sum -= wanted[each]! - mine[each]!;
        return sum < 0;
      })!;
      swap(row, place);
    }
  }
}

/** Brings every cohort back to its published number of different paths. */
function settle(desk: Desk, distinct: ReadonlyMap<number, number>): void {
  const { path, paths, cohortId, side, day, counts, program } = desk;
  // What Ceres alone has goes to others, who then have more than they should.
  const order = [...distinct].sort(([a], [b]) => Number(b === CERES) - Number(a === CERES));
  for (const [cohort, wanted] of order) {
    const own = counts.get(cohort)!;
    const now = () => own.filter((rows) => rows > 0).length;
    let over = now() - wanted;
    const rowsOf = new Map<number, number[]>();
    for (let row = 0; row < day.length; row++) {
      if (cohortId[row] !== cohort || path[row]! < 0) continue;
      const list = rowsOf.get(path[row]!);
      if (list) list.push(row);
      else rowsOf.set(path[row]!, [row]);
    }
    // Rarest first: each of its rows goes to a cohort that has the page anyway.
    const rare = [...rowsOf].sort((a, b) => a[1].length - b[1].length);
    for (const [place, rows] of rare) {
      if (over <= 0) break;
      if (COUNTED.has(paths[place]!) || rows.length > 60) continue;
      if (paths[place]!.includes("assessment")) continue;
      for (const row of rows) {
        for (const other of rowsWhere(
          desk,
          (each) =>
            program[each] === program[row] &&
            cohortId[each] !== cohort &&
            cohortId[each] !== STAFF &&
            side[each] === side[row] &&
            day[each]! < SNAPSHOT_DAY === day[row]! < SNAPSHOT_DAY &&
            isCommon(desk, each) &&
            own[path[each]!]! > 20 &&
            (cohort === CERES || counts.get(cohortId[each]!)![place]! > 0),
        )) {
          if (exchange(desk, row, other)) break;
        }
      }
      if (own[place] === 0) over--;
    }
    // A page that others have, for one that they keep.
    while (over < 0) {
      let done = false;
      for (const row of rowsWhere(
        desk,
        (each) => cohortId[each] === cohort && isCommon(desk, each),
      )) {
        for (const other of rowsWhere(
          desk,
          (each) =>
            program[each] === program[row] &&
            cohortId[each] !== STAFF &&
            side[each] === side[row] &&
            day[each]! < SNAPSHOT_DAY === day[row]! < SNAPSHOT_DAY &&
            path[each]! >= 0 &&
            !COUNTED.has(paths[path[each]!]!) &&
            own[path[each]!] === 0 &&
            counts.get(cohortId[each]!)![path[each]!]! > 1 &&
            counts.get(cohortId[each]!)![path[row]!]! > 0,
        )) {
          done = exchange(desk, row, other);
          if (done) break;
        }
        if (done) break;
      }
      if (!done) throw new Error(`cohort ${cohort} lacks ${-over} different paths`);
      over++;
    }
    if (over > 0) throw new Error(`cohort ${cohort} has ${over} different paths too many`);
  }
}

/** The only row of user 918 is the home page at 16:59:56. */
function loneVisitor(desk: Desk): void {
  const { path, paths, day, second, userId, cohortId, held } = desk;
  const row = userId.indexOf(918);
  const home = paths.indexOf("/");
  for (const other of rowsWhere(
    desk,
    (each) =>
      cohortId[each] === NEPTUNE &&
      path[each] === home &&
      desk.side[each] === 0 &&
      held[each] === 0,
  )) {
    if (exchange(desk, row, other)) break;
  }
  const at = clockSeconds("16:59:56");
  const clock = second[row]!;
  const taken = (time: number) =>
    day.reduce(
      (sum, on, i) => (on === day[row] && second[i] === time && cohortId[i]! > 0 ? sum + 1 : sum),
      0,
    );
  if (taken(clock) !== 1 || taken(at) !== 0) {
    const there = day.findIndex((on, i) => on === day[row] && second[i] === at && cohortId[i]! > 0);
    if (there < 0)
      throw new Error(`user 918: ${taken(clock)} at the old time, ${taken(at)} at the new`);
    second[there] = clock;
  }
  second[row] = at;
  held[row] = 2;
}

/** Rows of each path after its cohort's last day. */
function readAfter({ path, paths, side }: Desk): Int32Array {
  const rows = new Int32Array(paths.length);
  path.forEach((place, row) => {
    if (place >= 0 && side[row] === 2) rows[place]!++;
  });
  return rows;
}

/** As many different paths as before are read after the last day. */
function afterwards(desk: Desk, wanted: number): void {
  const { path, paths, cohortId, side, day } = desk;
  const rows = readAfter(desk);
  let lacking = wanted - rows.filter((each) => each > 0).length;
  for (const row of rowsWhere(desk, (each) => path[each]! >= 0 && side[each] === 0)) {
    if (lacking <= 0) break;
    const place = path[row]!;
    if (rows[place] !== 0 || COUNTED.has(paths[place]!) || /assessment/.test(paths[place]!))
      continue;
    for (const other of rowsWhere(
      desk,
      (each) =>
        cohortId[each] === cohortId[row] &&
        side[each] === 2 &&
        day[each]! < SNAPSHOT_DAY === day[row]! < SNAPSHOT_DAY &&
        isCommon(desk, each) &&
        rows[path[each]!]! > 5,
    )) {
      if (!exchange(desk, row, other)) continue;
      rows[place]!++;
      lacking--;
      break;
    }
  }
  if (lacking !== 0) throw new Error(`${lacking} different paths after the last day are lacking`);
}
