import { GROUPS, STAFF, TEACHERS } from "../groups";
import type { RandomStream } from "../random-stream";
import { isWeekend } from "./log-days";
import { DAY_ROWS } from "./margins";
import type { Piece } from "./parts";
import { phaseOf } from "./stretches";

/** How much of a day's rows may be spoken for by groups that came, one row each. */
const ROOM = 0.75;
/** Days on which the rows of all in class are published: graduates must have the others. */
const FIRST_DAYS = 5;

/**
 * On which days each group has rows: as many days as are published for it, class days
 * first, graduates in runs of days and less and less.
 *
 * @param pieces rows of groups by stretches of days: one with rows gets a day at least, and
 *   never more days than rows
 * @param needed groups by days: rows that are known to lie there
 * @returns groups by days, 1 where the group has rows
 */
export function activeDays(
  pieces: readonly Piece[],
  needed: Int32Array,
  random: RandomStream,
): Uint8Array {
  const days = DAY_ROWS.length;
  const active = new Uint8Array(GROUPS.length * days);
  const room = DAY_ROWS.map((rows) => Math.max(1, Math.floor(rows * ROOM)));
  const pieceOf = piecesByDay(pieces, days);
  const left = pieces.map(({ rows }) => rows);
  const take = (g: number, day: number) => {
    const cell = g * days + day;
    if (active[cell]) return;
    active[cell] = 1;
    room[day]! -= Math.max(1, needed[cell]!);
    left[pieceOf[cell]!]! -= Math.max(1, needed[cell]!);
  };
  GROUPS.forEach((group, g) => {
    take(g, group.firstDay);
    for (let day = 0; day < days; day++) if (needed[g * days + day]! > 0) take(g, day);
  });
  pieces.forEach(({ group, days: own, rows }) => {
    if (rows === 0 || own.some((day) => active[group * days + day])) return;
    const open = own.filter((day) => room[day]! > 0);
    take(group, open[random.below(open.length)]!);
  });
  GROUPS.forEach((group, g) => {
    const weights = dayWeights(g, pieces, pieceOf, random);
    let taken = 0;
    for (let day = 0; day < days; day++) taken += active[g * days + day]!;
    // Systematic draws in order of days give the number wanted; a second and third
    // round makes up for days that had no room.
    for (let round = 0; round < 40 && taken < group.activeDays; round++) {
      const open = (day: number) =>
        weights[day]! > 0 &&
        !active[g * days + day] &&
        room[day]! > 0 &&
        left[pieceOf[g * days + day]!]! > 0;
      for (const day of draw(weights, open, group.activeDays - taken, random)) {
        if (!open(day)) continue;
        take(g, day);
        taken++;
      }
    }
    if (taken !== group.activeDays && group.cohortId > 0) {
      throw new Error(`${group.name} should have rows on ${group.activeDays} days, has ${taken}`);
    }
  });
  return active;
}

/** Place in `pieces` of each group's day; -1 for none. */
function piecesByDay(pieces: readonly Piece[], days: number): Int32Array {
  const pieceOf = new Int32Array(GROUPS.length * days).fill(-1);
  pieces.forEach(({ group, days: own }, p) => {
    for (const day of own) pieceOf[group * days + day] = p;
  });
  return pieceOf;
}

/** How likely a group came on each day; 0 where it cannot have. */
function dayWeights(
  g: number,
  pieces: readonly Piece[],
  pieceOf: Int32Array,
  random: RandomStream,
): Float64Array {
  const days = DAY_ROWS.length;
  const weights = new Float64Array(days);
  const group = GROUPS[g]!;
  let streak = 1;
  for (let day = group.firstDay; day < days; day++) {
    // Those who are not in class come in runs of days, with weeks between them.
    if (random.next() < 0.14) streak = random.next() < 0.3 ? 0.5 + random.next() : 0.03;
    const p = pieceOf[g * days + day]!;
    if (p < 0 || pieces[p]!.rows === 0) continue;
    if (phaseOf(group, day) === "class") {
      weights[day] = isWeekend(day) || DAY_ROWS[day]! < 300 ? 60 : 2_000;
      continue;
    }
    if (day < FIRST_DAYS && group.activeDays > 200) {
      weights[day] = 2_000;
      continue;
    }
    const density = pieces[p]!.rows / pieces[p]!.days.length;
    const works = group.cohortId === STAFF || TEACHERS.has(group.cohortId);
    const rest = isWeekend(day) ? (works ? 0.2 : 0.6) : 1;
    const quiet = Math.min(1, DAY_ROWS[day]! / 200);
    weights[day] = Math.sqrt(density) * streak * rest * quiet;
  }
  return weights;
}

/** Days by systematic sampling: each with its weight's share of `count`, at most once. */
function draw(
  weights: Float64Array,
  open: (day: number) => boolean,
  count: number,
  random: RandomStream,
): number[] {
  const candidates: number[] = [];
  for (let day = 0; day < weights.length; day++) if (open(day)) candidates.push(day);
  if (candidates.length <= count) return candidates;
  const scale = shareScale(candidates, weights, count);
  const drawn: number[] = [];
  let at = random.next();
  let sum = 0;
  for (const day of candidates) {
    sum += Math.min(1, weights[day]! * scale);
    if (sum < at || drawn.length === count) continue;
    drawn.push(day);
    at++;
  }
  return drawn;
}

/** The factor that makes weights, none counting more than 1, sum to `count`. */
function shareScale(candidates: number[], weights: Float64Array, count: number): number {
  let scale = 0;
  for (let round = 0; round < 60; round++) {
    let certain = 0;
    let rest = 0;
    for (const day of candidates) {
      if (weights[day]! * scale >= 1) certain++;
      else rest += weights[day]!;
    }
    const next = rest > 0 ? (count - certain) / rest : scale;
    if (next <= scale) return scale;
    scale = next;
  }
  return scale;
}
