import { ASSETS } from "../calibration/curriculum";
import { PATHS } from "../calibration/paths";
import { CROSS_READING_LAST_DAY } from "../calibration/period-paths";
import type { Part } from "../days/parts";
import { GROUPS } from "../groups";
import { randomStream } from "../random-stream";
import { isCrossReading } from "./cross-reading";
import { HABIT_OF, HABITS, habitsOn, TOPIC_OF } from "./reading-habits";

export interface PartPageChooser {
  /** Every path; rows refer to them by place. */
  paths: readonly string[];
  /**
   * Goes on to a day of a part, which is a place in the parts. A part's days must come in
   * order, and one part after the other.
   *
   * @throws {RangeError} if the part has no rows on that day
   */
  open(part: number, day: number): void;
  /** Takes the page that is opened after `previous`, which is -1 at the start of a visit. */
  next(previous: number): number;
  /** What a page loads besides, as places. */
  assetsOf(page: number): readonly number[];
  /** Takes a file that a page loads; false if the part has no rows on it left. */
  take(asset: number): boolean;
  /**
   * Takes a row each of up to `count` different pages that this day has not had from here,
   * one after the other in the site's order; those that the time did not know come last.
   */
  scrape(count: number): number[];
  /** Takes a row each of the `count` pages that have most left. */
  favorites(count: number): number[];
  /** Takes one more row of a page; false if the part has none left. */
  repeat(page: number): boolean;
}

/** How much likelier home is at the start of a visit, and elsewhere. */
const HOME_FIRST = 4;
const HOME_LATER = 0.4;
/** Draws of used-up paths after which the weights are renewed. */
const PATIENCE = 20;
/** Below this a habit is of another time. */
const KNOWN_AT_THE_TIME = 1e-4;
/** Rows that must be gone by a day are taken first once they are so much of what is left. */
const PRESSING = 0.5;

const NAMES = PATHS.map(({ path }) => path);
const PLACE_OF = new Map(NAMES.map((path, place) => [path, place]));
const HOME = PLACE_OF.get("/")!;
const ASSETS_OF = NAMES.map((path) =>
  (ASSETS.get(path) ?? []).map((asset) => PLACE_OF.get(asset)!),
);
/** By path, the page that loads it; -1 where it is no file. */
const PAGE_OF = new Int32Array(NAMES.length).fill(-1);
ASSETS_OF.forEach((files, page) => {
  for (const file of files) PAGE_OF[file] = page;
});
/** By path, a number for its topic: the first path of the same. */
const TOPIC = firstOfEach(TOPIC_OF.map(({ segment }) => segment));
/** Habit of each path. */
const HABIT = Int32Array.from(HABIT_OF);
/** Pages in the order of the course, then by path; files and what has no place come last. */
const SITE_RANK = siteRank();

/**
 * Hands out each part's rows by path, so that all are used up when its last row is
 * written: what is read on a day is drawn from what is left, each path weighing as much
 * of its rows as that day has of all days of the part to come, by the layout of the time
 * and by how far the class has come. A reader stays with a topic more often than not.
 *
 * Cross-program reading is used up by its published last day, if the part goes beyond it.
 *
 * @param partDays rows by part and day
 * @param partPaths rows by part and path, with the same sums of parts
 * @param firstDayPaths which of them belong to a part's first day; where these are fewer
 *   than the day's rows, or more, the rest makes up for it
 */
export function partPageChooser(
  parts: readonly Part[],
  partDays: Int32Array,
  partPaths: Int32Array,
  seed: number,
  firstDayPaths?: Int32Array,
): PartPageChooser {
  const random = randomStream(seed, "pages");
  const days = partDays.length / parts.length;
  const running = new Float64Array(NAMES.length);
  const drawnFrom = new Int32Array(NAMES.length);
  let left: Int32Array = new Int32Array(NAMES.length);
  /** What of the part is not for its first day, while that lasts. */
  let later: Int32Array | undefined;
  let leftToday = 0;
  /** Paths that the part still reads. */
  let places: number[] = [];
  /** By day and habit, of the part; today's begin at `dueFrom`. */
  const due = new Float64Array(days * HABITS.length);
  let dueFrom = 0;
  /** Paths that must be used up by a day, and how many rows the part has until then. */
  const crossing = new Uint8Array(NAMES.length);
  let crossingLeft = 0;
  let rowsUntil = 0;
  let homeWeight = 0;
  let part = -1;
  let today = -1;
  let scraped = new Set<number>();

  const openPart = (p: number) => {
    part = p;
    const { group } = parts[p]!;
    const dayRows = partDays.subarray(p * days, (p + 1) * days);
    left = partPaths.slice(p * NAMES.length, (p + 1) * NAMES.length);
    places = Array.from(left.keys()).filter((place) => left[place]! > 0);
    later = undefined;
    fillDue(due, group, dayRows);
    crossing.fill(0);
    crossingLeft = 0;
    rowsUntil = 0;
    for (let day = 0; day <= CROSS_READING_LAST_DAY; day++) rowsUntil += dayRows[day]!;
    if (rowsUntil > 0) {
      const habits = habitsOn(GROUPS[group]!, CROSS_READING_LAST_DAY);
      for (const place of places) {
        if (habits[HABIT[place]!]! < KNOWN_AT_THE_TIME) continue;
        if (!isCrossReading(GROUPS[group]!, place)) continue;
        crossing[place] = 1;
        crossingLeft += left[place]!;
      }
    }
    const first = firstDayPaths?.subarray(p * NAMES.length, (p + 1) * NAMES.length);
    if (first?.some((rows) => rows > 0)) setAside(first);
  };

  /** Keeps to the first day's paths, as far as known rows have not been taken out of them. */
  const setAside = (first: Int32Array) => {
    later = left.map((rows, place) => Math.max(0, rows - first[place]!));
    left = left.map((rows, place) => rows - later![place]!);
    leftToday = left.reduce((a, b) => a + b);
  };

  const backFromAside = () => {
    for (const place of places) left[place]! += later![place]!;
    later = undefined;
    weigh();
  };

  const dropUsedUp = () => {
    let kept = 0;
    for (let i = 0; i < places.length; i++) {
      if (left[places[i]!]! > 0) places[kept++] = places[i]!;
    }
    places.length = kept;
  };

  const weigh = () => {
    if (!later) dropUsedUp();
    // Local to the loop, which is gone through on every day of every part.
    const [rest, read, from] = [left, places, dueFrom];
    let sum = 0;
    for (let i = 0; i < read.length; i++) {
      const p = read[i]!;
      const page = PAGE_OF[p]!;
      // Files come with their page; only what they have beyond it comes alone.
      const rows = page < 0 ? rest[p]! : Math.max(0, rest[p]! - rest[page]!);
      const weight = rows * due[from + HABIT[p]!]!;
      drawnFrom[p] = rows;
      if (p === HOME) homeWeight = weight;
      sum += p === HOME ? weight * HOME_LATER : weight;
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
    if (previous < 0 && left[HOME]! > 0) {
      if (random.next() * sum < HOME_FIRST * homeWeight) return HOME;
    }
    const page = draw();
    if (previous < 0 || sameTopic(page, previous)) return page;
    const other = draw();
    return sameTopic(other, previous) ? other : page;
  };

  /** A row that must be gone soon, if it is time. */
  const pressing = (): number | undefined => {
    if (crossingLeft === 0 || today > CROSS_READING_LAST_DAY) return undefined;
    if (crossingLeft < rowsUntil * PRESSING) return undefined;
    return places.find((place) => crossing[place] === 1 && left[place]! > 0);
  };

  const use = (page: number) => {
    left[page]!--;
    rowsUntil--;
    crossingLeft -= crossing[page]!;
    if (later && --leftToday === 0) backFromAside();
  };

  const takeOne = (page: number): boolean => {
    if (left[page]! <= 0) return false;
    use(page);
    return true;
  };

  return {
    paths: NAMES,
    assetsOf: (page) => ASSETS_OF[page]!,
    open(p, day) {
      if (p === part && day === today) return;
      if (p !== part) openPart(p);
      else if (later) backFromAside();
      if (!partDays[p * days + day]) throw new RangeError(`part ${p} has no rows on day ${day}`);
      today = day;
      dueFrom = day * HABITS.length;
      scraped = new Set();
      weigh();
    },
    next(previous) {
      const page = pressing() ?? choose(previous);
      use(page);
      return page;
    },
    take: takeOne,
    repeat: takeOne,
    favorites(count) {
      const pages = places.filter((place) => left[place]! > 0);
      pages.sort((a, b) => left[b]! - left[a]! || a - b);
      const chosen = pages.slice(0, count);
      for (const page of chosen) use(page);
      return chosen;
    },
    scrape(count) {
      const habits = habitsOn(GROUPS[parts[part]!.group]!, today);
      const pages = places.filter((place) => left[place]! > 0 && !scraped.has(place));
      pages.sort((a, b) => SITE_RANK[a]! - SITE_RANK[b]!);
      const known = pages.filter((place) => habits[HABIT[place]!]! >= KNOWN_AT_THE_TIME);
      const others = pages.filter((place) => habits[HABIT[place]!]! < KNOWN_AT_THE_TIME);
      const start = known.length > count ? random.below(known.length - count + 1) : 0;
      const chosen = [...known.slice(start), ...others].slice(0, count);
      for (const page of chosen) {
        use(page);
        scraped.add(page);
      }
      return chosen;
    },
  };
}

function siteRank(): Int32Array {
  const last = (place: number) => (TOPIC_OF[place]!.place < 0 ? 2 : TOPIC_OF[place]!.place);
  const order = NAMES.map((_, place) => place);
  order.sort((a, b) => {
    const files = Number(PAGE_OF[a]! >= 0) - Number(PAGE_OF[b]! >= 0);
    return files || last(a) - last(b) || (NAMES[a]! < NAMES[b]! ? -1 : 1);
  });
  const rank = new Int32Array(NAMES.length);
  order.forEach((place, i) => {
    rank[place] = i;
  });
  return rank;
}

/** For each text the place where it comes first. */
function firstOfEach(texts: readonly string[]): Int32Array {
  const first = new Map<string, number>();
  texts.forEach((text, place) => {
    if (!first.has(text)) first.set(text, place);
  });
  return Int32Array.from(texts, (text) => first.get(text)!);
}

function sameTopic(page: number, other: number): boolean {
  return TOPIC[page] === TOPIC[other];
}

/** Fills in, for days with rows and each habit, a row's share of all the part's rows to come. */
function fillDue(due: Float64Array, g: number, dayRows: Int32Array): void {
  const group = GROUPS[g]!;
  const toCome = new Float64Array(HABITS.length);
  for (let day = dayRows.length - 1; day >= 0; day--) {
    const rows = dayRows[day]!;
    if (rows === 0) continue;
    const habits = habitsOn(group, day);
    const from = day * habits.length;
    for (let h = 0; h < habits.length; h++) {
      toCome[h]! += habits[h]! * rows;
      due[from + h] = habits[h]! / toCome[h]!;
    }
  }
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
