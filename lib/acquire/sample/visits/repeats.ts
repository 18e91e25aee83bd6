import { DAY_ROWS } from "../days/margins";
import { SNAPSHOT_DAY } from "../days/snapshot";
import { GROUPS } from "../groups";
import { type RandomStream, randomStream } from "../random-stream";
import type { Draft } from "./draft";
import { timeOrder } from "./time-order";

/** Days on which single seconds are published: their rows stay where they are. */
const FIXED_DAYS = new Set([0, SNAPSHOT_DAY, DAY_ROWS.length - 1]);
const ROUNDS = 8;
/** By group: 1 where it is a cohort. */
const HAS_COHORT = Uint8Array.from(GROUPS, ({ cohortId }) => (cohortId > 0 ? 1 : 0));

/**
 * Makes just `count` of the rows with a cohort exact repetitions of an earlier row: same
 * second, page, user and address. Where a page was opened twice in a row the second time
 * is moved to the first's second, or away from it. Changes the draft's seconds.
 *
 * @returns whether there were enough pages opened twice in a row
 */
export function repeatRows(
  draft: Draft,
  address: Int32Array,
  count: number,
  seed: number,
): boolean {
  const random = randomStream(seed, "repeats");
  const { second } = draft;
  // Moving a row may rarely make another repetition: a second round sees to it.
  for (let round = 0; round < ROUNDS; round++) {
    const { rows, involved } = repeatedRows(draft, address);
    if (rows.length === count) return true;
    if (rows.length > count) {
      const movable = rows.filter((row) => !FIXED_DAYS.has(draft.day[row]!));
      for (let over = rows.length - count; over > 0 && movable.length > 0; over--) {
        moveOn(draft, draw(movable, random));
      }
      continue;
    }
    const candidates = openedTwice(draft, address, involved);
    for (let missing = count - rows.length; missing > 0; missing--) {
      if (candidates.length === 0) break;
      const row = draw(candidates, random);
      second[row] = second[row - 1]!;
    }
  }
  return false;
}

/**
 * Brings the number of different times among the rows with a cohort down to `count`: pages
 * opened within two seconds of the one before come at its second. Changes the draft's
 * seconds; makes no two rows alike.
 *
 * @throws {Error} if there are not enough such pages
 */
export function shareSeconds(draft: Draft, count: number, seed: number): void {
  const random = randomStream(seed, "shared seconds");
  const { second, path } = draft;
  const alone = rowsAlone(draft);
  const candidates: number[] = [];
  for (let row = 1; row < draft.count; row++) {
    if (!alone.isAlone[row] || path[row] === path[row - 1]) continue;
    if (!isNext(draft, row, CLOSE) || isOpenBefore(draft, row)) continue;
    candidates.push(row);
    // The next one may stay where this row was.
    row++;
  }
  for (let over = alone.times - count; over > 0; over--) {
    if (candidates.length === 0) throw new Error(`the sample has ${over} times too many`);
    const row = draw(candidates, random);
    second[row] = second[row - 1]!;
  }
}

/** Whether the user opened the row's page at the second of the row before it. */
function isOpenBefore(draft: Draft, row: number): boolean {
  const { second, path, userId, day } = draft;
  const [user, on, when, page] = [userId[row]!, day[row]!, second[row - 1]!, path[row]!];
  for (let at = row - 1; at >= 0 && userId[at] === user && day[at] === on; at--) {
    if (second[at] === when && path[at] === page) return true;
  }
  for (let at = row + 1; at < draft.count && userId[at] === user && day[at] === on; at++) {
    if (second[at] === when && path[at] === page) return true;
  }
  return false;
}

/** Most seconds between two pages that are brought together. */
const CLOSE = 2;

/** Whether a row with a cohort follows the one before it, of the same visit or the next. */
function isNext({ day, second, userId, group }: Draft, row: number, within: number): boolean {
  const gap = second[row]! - second[row - 1]!;
  return (
    userId[row] === userId[row - 1] &&
    day[row] === day[row - 1] &&
    group[row] === group[row - 1] &&
    HAS_COHORT[group[row]!] === 1 &&
    gap > 0 &&
    gap <= within &&
    !FIXED_DAYS.has(day[row]!)
  );
}

/** Which rows with a cohort have their second to themselves, and how many seconds there are. */
function rowsAlone(draft: Draft): { isAlone: Uint8Array; times: number } {
  const { day, second, group } = draft;
  const isAlone = new Uint8Array(draft.count);
  let times = 0;
  let before = -1;
  let shared = false;
  const order = timeOrder(day, second);
  for (const row of order) {
    if (HAS_COHORT[group[row]!] === 0) continue;
    const same = before >= 0 && day[row] === day[before] && second[row] === second[before];
    if (!same) {
      times++;
      if (before >= 0 && !shared) isAlone[before] = 1;
    }
    shared = same;
    before = row;
  }
  return { isAlone, times };
}

/** Takes one out, at random. */
function draw(rows: number[], random: RandomStream): number {
  const at = random.below(rows.length);
  const row = rows[at]!;
  rows[at] = rows[rows.length - 1]!;
  rows.pop();
  return row;
}

/** Same in all columns but the time. */
function alike({ path, userId, group }: Draft, address: Int32Array, a: number, b: number): boolean {
  return (
    path[a] === path[b] &&
    userId[a] === userId[b] &&
    address[a] === address[b] &&
    group[a] === group[b]
  );
}

/** Rows with a cohort that repeat an earlier one, and all rows that are alike at one second. */
function repeatedRows(draft: Draft, address: Int32Array) {
  const { day, second, group, count } = draft;
  const order = timeOrder(day, second);
  const rows: number[] = [];
  const involved = new Set<number>();
  let start = 0;
  for (let at = 1; at < count; at++) {
    const row = order[at]!;
    const first = order[start]!;
    if (day[row] !== day[first] || second[row] !== second[first]) {
      start = at;
      continue;
    }
    for (let before = at - 1; before >= start; before--) {
      if (!alike(draft, address, order[before]!, row)) continue;
      involved.add(row).add(order[before]!);
      if (HAS_COHORT[group[row]!] === 1) rows.push(row);
      break;
    }
  }
  return { rows, involved };
}

/** Moves a row and those after it in its visit on by a second. */
function moveOn({ second, day, userId, count }: Draft, row: number): void {
  for (let next = row; next < count; next++) {
    if (day[next] !== day[row] || userId[next] !== userId[row]) return;
    if (next > row && second[next]! > second[next - 1]!) return;
    if (second[next]! < 86_399) second[next]!++;
  }
}

/** Rows with a cohort whose page was opened just before, some seconds earlier. */
function openedTwice(draft: Draft, address: Int32Array, involved: Set<number>): number[] {
  const { day, second, group, path, count } = draft;
  const rows: number[] = [];
  for (let row = 1; row < count; row++) {
    if (path[row] !== path[row - 1] || path[row]! < 0 || FIXED_DAYS.has(day[row]!)) continue;
    if (day[row] !== day[row - 1] || HAS_COHORT[group[row]!] === 0) continue;
    if (!alike(draft, address, row, row - 1) || second[row]! <= second[row - 1]!) continue;
    if (involved.has(row) || involved.has(row - 1)) continue;
    rows.push(row);
    // Neighbors share a row: one of them is enough.
    row++;
  }
  return rows;
}
