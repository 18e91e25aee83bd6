import { GROUPS } from "./groups";
import type { Member } from "./members";
import { randomStream } from "./random-stream";

/** One user's rows on one day, as a member of one group. */
export type VisitSink = (group: number, member: Member, day: number, rows: number) => void;

/**
 * Shares each group's rows of a day among its members, so that every member ends with
 * just their own number of rows: whoever has more left comes more often and reads more.
 *
 * Calls `visit` once per member and day with rows, groups in turn, days in order.
 */
export function forEachVisit(
  table: Int32Array,
  members: Member[][],
  seed: number,
  visit: VisitSink,
): void {
  const days = table.length / GROUPS.length;
  const random = randomStream(seed, "user-days");
  members.forEach((group, g) => {
    const left = Int32Array.from(group, (member) => member.rows);
    const today = new Int32Array(group.length);
    const weights = new Float64Array(group.length);
    for (let day = 0; day < days; day++) {
      let open = table[g * days + day]!;
      if (open === 0) continue;
      today.fill(0);
      const rows = open;
      const sum = weighMembers(group, left, day, weights);
      while (open > 0) {
        const m = pick(weights, left, today, random.next());
        const share = (1.3 * rows * weights[m]!) / sum;
        const size = Math.ceil(Math.max(10, share) * (0.3 + random.next() * (0.5 + random.next())));
        const taken = Math.min(size, open, left[m]!);
        today[m]! += taken;
        left[m]! -= taken;
        open -= taken;
      }
      for (let m = 0; m < group.length; m++) {
        if (today[m]! > 0) visit(g, group[m]!, day, today[m]!);
      }
    }
  });
}

/** Weights by rows left, for those who have come by this day; for all if none of them has any. */
function weighMembers(
  group: Member[],
  left: Int32Array,
  day: number,
  weights: Float64Array,
): number {
  let sum = 0;
  for (let m = 0; m < group.length; m++) {
    const { fromDay, haste } = group[m]!;
    weights[m] = fromDay <= day ? left[m]! * haste : 0;
    sum += weights[m]!;
  }
  if (sum > 0) return sum;
  for (let m = 0; m < group.length; m++) {
    weights[m] = left[m]!;
    sum += left[m]!;
  }
  return sum;
}

/** A member with rows left, by weight: one who has not come today if there is any. */
function pick(weights: Float64Array, left: Int32Array, today: Int32Array, at: number): number {
  let fresh = 0;
  let any = 0;
  for (let m = 0; m < left.length; m++) {
    if (left[m] === 0) continue;
    any += weights[m]!;
    if (today[m] === 0) fresh += weights[m]!;
  }
  let until = at * (fresh > 0 ? fresh : any);
  let last = -1;
  for (let m = 0; m < left.length; m++) {
    if (left[m] === 0) continue;
    if (any > 0 ? weights[m] === 0 || (fresh > 0 && today[m]! > 0) : false) continue;
    last = m;
    until -= weights[m]!;
    if (until < 0) break;
  }
  return last;
}
