import { fitProportions } from "../fit/fit-proportions";
import { fitTable } from "../fit/fit-table";
import { GROUPS, type Group, STAFF, TEACHERS } from "../groups";
import { type RandomStream, randomStream } from "../random-stream";
import { activeDays } from "./active-days";
import { isWeekend } from "./log-days";
import { DAY_ROWS, type Margins } from "./margins";
import { BUCKET_STARTS, bucketOf, type Piece, wholePieces } from "./parts";
import { phaseOf } from "./stretches";

const DAYS = DAY_ROWS.length;
/** What is added to shares of arrived readers, for the days of a group to have some weight. */
const LEAST_ARRIVED = 0.02;
/** How often the days that groups come on are drawn. */
const TRIES = 12;
/** Rounds of fitting proportions: the rest is the rounding's. */
const ROUNDS = 40;

/**
 * Rows of each group on each day, groups by days, of the whole log: every day's and every
 * published stretch's rows exactly, on as many days as published for the group.
 *
 * @param needed groups by days: rows that are known to lie there
 * @param arrived groups by days: share of the phase's readers, by rows, who have come
 * @throws {RangeError} if what is needed leaves no such table
 */
export function wholeGroupDays(
  needed: Int32Array,
  arrived: Float64Array,
  seed: number,
): Int32Array {
  for (let tries = 1; ; tries++) {
    // Some draws of the days that groups come on leave no such table: then the next.
    const random = randomStream(seed, `group-days ${tries}`);
    try {
      return fitDays(needed, arrived, random);
    } catch (error) {
      if (tries === TRIES) throw error;
    }
  }
}

function fitDays(needed: Int32Array, arrived: Float64Array, random: RandomStream): Int32Array {
  const { pieces, floor, weights } = plan(needed, random);
  for (let cell = 0; cell < weights.length; cell++) {
    weights[cell]! *= arrived[cell]! + LEAST_ARRIVED;
  }
  const table = Int32Array.from(floor);
  forEachBucket(pieces, floor, weights, (own, days, cells, margins) => {
    const fitted = fitTable(cells, margins, { maxRounds: ROUNDS });
    own.forEach(({ group }, r) => {
      days.forEach((day, c) => {
        table[group * DAYS + day]! += fitted[r * days.length + c]!;
      });
    });
  });
  return table;
}

/**
 * The same for a sample of another size: only rows of groups and of days are kept exactly,
 * in the proportions of the whole log.
 */
export function scaledGroupDays({ groupRows, dayRows }: Margins, seed: number): Int32Array {
  const none = new Int32Array(GROUPS.length * DAYS);
  const { pieces, floor, weights } = plan(none, randomStream(seed, "group-days"));
  const whole = Float64Array.from(floor);
  forEachBucket(pieces, floor, weights, (own, days, cells, margins) => {
    const fitted = fitProportions(cells, margins, { tolerance: 0.5, maxRounds: ROUNDS });
    own.forEach(({ group }, r) => {
      days.forEach((day, c) => {
        whole[group * DAYS + day]! += fitted[r * days.length + c]!;
      });
    });
  });
  GROUPS.forEach(({ firstDay }, g) => {
    // Never quite 0 from the first day on: that any table exists rests on it.
    for (let day = firstDay; day < DAYS; day++) whole[g * DAYS + day]! += 1e-9;
  });
  return fitTable(whole, { rowTotals: groupRows, columnTotals: dayRows });
}

/** Pieces, the rows that cells have at least, and how the others are shared out. */
function plan(needed: Int32Array, random: RandomStream) {
  const pieces = wholePieces();
  const active = activeDays(pieces, needed, random);
  const floor = Int32Array.from(active, (on, cell) => Math.max(on, needed[cell]!));
  const weights = new Float64Array(active.length);
  GROUPS.forEach((group, g) => {
    for (let day = group.firstDay; day < DAYS; day++) {
      if (active[g * DAYS + day]) weights[g * DAYS + day] = zeal(group, day, random);
    }
  });
  return { pieces, floor, weights };
}

type BucketTask = (
  pieces: Piece[],
  days: number[],
  weights: Float64Array,
  margins: { rowTotals: number[]; columnTotals: number[] },
) => void;

/** No stretch reaches over two buckets of time: each is a table of its own. */
function forEachBucket(
  pieces: readonly Piece[],
  floor: Int32Array,
  weights: Float64Array,
  task: BucketTask,
): void {
  BUCKET_STARTS.forEach((start, bucket) => {
    const own = pieces.filter((piece) => piece.bucket === bucket);
    const days: number[] = [];
    for (let day = start; day < DAYS && bucketOf(day) === bucket; day++) days.push(day);
    const cells = new Float64Array(own.length * days.length);
    const columnTotals = days.map((day) => DAY_ROWS[day]!);
    const rowTotals = own.map(({ group, days: ownDays, rows }, r) => {
      let left = rows;
      for (const day of ownDays) {
        const cell = group * DAYS + day;
        left -= floor[cell]!;
        columnTotals[day - start]! -= floor[cell]!;
        cells[r * days.length + day - start] = weights[cell]!;
      }
      return left;
    });
    task(own, days, cells, { rowTotals, columnTotals });
  });
}

/** How much a group reads on a day on which it reads; only proportions matter. */
function zeal(group: Group, day: number, random: RandomStream): number {
  const mood = 0.75 + 0.5 * random.next();
  if (phaseOf(group, day) === "class") {
    const progress = (day - group.startDay) / (group.endDay - group.startDay);
    const begun = day - group.startDay < 21 ? 1.4 : progress > 0.8 ? 0.6 : 1;
    return begun * mood * (isWeekend(day) ? 0.5 : 1);
  }
  if (group.cohortId === STAFF) return mood * (isWeekend(day) ? 0.3 : 1);
  const since = Math.max(0, day - Math.max(group.endDay, 0));
  if (TEACHERS.has(group.cohortId)) return mood * (isWeekend(day) ? 0.15 : 1);
  return (mood * (isWeekend(day) ? 0.8 : 1) * 60) / (60 + since);
}
