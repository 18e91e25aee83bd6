import { ASSETS } from "./calibration/curriculum";
import { PATHS } from "./calibration/paths";
import { GROUPS } from "./groups";
import { randomStream } from "./random-stream";
import { HABIT_OF, HABITS, habitsOn, TOPIC_OF } from "./reading-habits";

export interface PageChooser {
  /** Every path; rows refer to them by place. */
  paths: readonly string[];
  /** Goes on to a group's day; groups and their days must come in order. */
  open(group: number, day: number): void;
  /** Takes the page that is opened after `previous`, which is -1 at the start of a visit. */
  next(previous: number): number;
  /** What a page loads besides, as places. */
  assetsOf(page: number): readonly number[];
  /** Takes a file that a page loads; false if the group has no rows on it left. */
  take(asset: number): boolean;
}

/** How much likelier home is at the start of a visit, and elsewhere. */
const HOME_FIRST = 4;
const HOME_LATER = 0.4;
/** Draws of used-up paths after which the weights are renewed. */
const PATIENCE = 20;

/**
 * Hands out each group's rows by path, so that all are used up when its last row is
 * written: what is read on a day is drawn from what is left, each path weighing as much
 * of its rows as that day has of all days to come, by the layout of the time and by how
 * far the class has come. A reader stays with a topic more often than not.
 *
 * @param table rows by group and day
 * @param pathTable rows by group and path, with the same sums of groups; it is used up
 */
export function pageChooser(table: Int32Array, pathTable: Int32Array, seed: number): PageChooser {
  const random = randomStream(seed, "pages");
  const days = table.length / GROUPS.length;
  const paths = PATHS.map((page) => page.path);
  const place = new Map(paths.map((path, i) => [path, i]));
  const home = place.get("/")!;
  const assets = paths.map((path) => (ASSETS.get(path) ?? []).map((asset) => place.get(asset)!));
  const pageOf = new Map(assets.flatMap((files, page) => files.map((file) => [file, page])));
  const running = new Float64Array(paths.length);
  const drawnFrom = new Int32Array(paths.length);
  let left: Int32Array = new Int32Array(paths.length);
  /** Paths that the group reads at all. */
  let places: number[] = [];
  let dueOn: Float64Array[] = [];
  let due: Float64Array = new Float64Array(HABITS.length);
  let homeWeight = 0;
  let group = -1;

  const openGroup = (g: number) => {
    group = g;
    left = pathTable.subarray(g * paths.length, (g + 1) * paths.length);
    places = Array.from(left.keys()).filter((p) => left[p]! > 0);
    dueOn = dueByDay(g, table.subarray(g * days, (g + 1) * days));
  };

  const weigh = () => {
    let sum = 0;
    for (let i = 0; i < places.length; i++) {
      const p = places[i]!;
      const page = pageOf.get(p);
      // Files come with their page; only what they have beyond it comes alone.
      const rows = page === undefined ? left[p]! : Math.max(0, left[p]! - left[page]!);
      const weight = rows * due[HABIT_OF[p]!]!;
      drawnFrom[p] = rows;
      if (p === home) homeWeight = weight;
      sum += p === home ? weight * HOME_LATER : weight;
      running[i] = sum;
    }
    if (sum > 0) return;
    for (let i = 0; i < places.length; i++) {
      drawnFrom[places[i]!] = left[places[i]!]!;
      sum += left[places[i]!]!;
      running[i] = sum;
    }
  };

  /** A path with rows left: one that has been used since it was weighed is drawn less. */
  const draw = (): number => {
    for (let tries = 0; ; tries++) {
      if (tries % PATIENCE === PATIENCE - 1) weigh();
      const p = places[find(running, places.length, random.next() * running[places.length - 1]!)]!;
      const rest = Math.min(left[p]!, drawnFrom[p]!);
      if (rest > 0 && (rest === drawnFrom[p] || random.next() * drawnFrom[p]! < rest)) return p;
    }
  };

  const choose = (previous: number): number => {
    const sum = running[places.length - 1]!;
    if (previous < 0 && left[home]! > 0) {
      if (random.next() * sum < HOME_FIRST * homeWeight) return home;
    }
    const page = draw();
    if (previous < 0 || sameTopic(page, previous)) return page;
    const other = draw();
    return sameTopic(other, previous) ? other : page;
  };

  return {
    paths,
    assetsOf: (page) => assets[page]!,
    open(g, day) {
      if (g !== group) openGroup(g);
      if (due === dueOn[day]) return;
      due = dueOn[day]!;
      weigh();
    },
    next(previous) {
      const page = choose(previous);
      left[page]!--;
      return page;
    },
    take(asset) {
      if (left[asset]! <= 0) return false;
      left[asset]!--;
      return true;
    },
  };
}

function sameTopic(page: number, other: number): boolean {
  return TOPIC_OF[page]!.segment === TOPIC_OF[other]!.segment;
}

/** For each day with rows and each habit, a row's share of all the group's rows to come. */
function dueByDay(g: number, dayRows: Int32Array): Float64Array[] {
  const group = GROUPS[g]!;
  const toCome = new Float64Array(HABITS.length);
  const due: Float64Array[] = [];
  for (let day = dayRows.length - 1; day >= 0; day--) {
    const rows = dayRows[day]!;
    if (rows === 0) continue;
    due[day] = habitsOn(group, day).map((habit, h) => {
      toCome[h]! += habit * rows;
      return habit / toCome[h]!;
    });
  }
  return due;
}

/** First index below `length` whose running sum exceeds `at`. */
function find(running: Float64Array, length: number, at: number): number {
  let low = 0;
  let high = length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (running[middle]! > at) high = middle;
    else low = middle + 1;
  }
  return low;
}
