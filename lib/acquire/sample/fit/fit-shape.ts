import type { BandItem } from "./fit-bands";

/** The value that the user of a rank has, from 0 for the least. */
export type Knot = readonly [rank: number, rows: number];

const ROUNDS = 12;

/**
 * Brings users' rows near a distribution, and the rows of each group near their sum, in
 * turn: everyone gets the rows of their rank, then each group is scaled. Ends with the
 * groups; leaves the exact part to `fitBands`.
 *
 * @param shape from the first to the last rank, straight lines between
 */
export function fitShape(
  items: readonly BandItem[],
  groupRows: ArrayLike<number>,
  shape: readonly Knot[],
): void {
  const order = items.map((_, i) => i);
  for (let round = 0; round < ROUNDS; round++) {
    const totals = items.map(({ base, rows }) => base + rows);
    order.sort((a, b) => totals[a]! - totals[b]! || a - b);
    let knot = 0;
    order.forEach((i, rank) => {
      while (knot < shape.length - 2 && rank > shape[knot + 1]![0]) knot++;
      const item = items[i]!;
      if (!item.free) return;
      const [from, low] = shape[knot]!;
      const [to, high] = shape[knot + 1]!;
      const wanted = low + ((high - low) * (rank - from)) / (to - from);
      item.rows = Math.min(item.most, Math.max(item.least, wanted - item.base));
    });
    scaleGroups(items, groupRows);
  }
}

function scaleGroups(items: readonly BandItem[], groupRows: ArrayLike<number>): void {
  const fixed = new Float64Array(groupRows.length);
  const above = new Float64Array(groupRows.length);
  for (const { group, rows, least, free } of items) {
    fixed[group]! += free ? least : rows;
    if (free) above[group]! += rows - least;
  }
  for (const item of items) {
    const { group, rows, least, free } = item;
    if (!free || above[group] === 0) continue;
    const scale = Math.max(0, groupRows[group]! - fixed[group]!) / above[group]!;
    item.rows = Math.min(item.most, least + (rows - least) * scale);
  }
}
