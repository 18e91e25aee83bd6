import type { RowBand } from "../calibration/users";

/** Rows of one user, of which a part may be changed. */
export interface BandItem {
  /** The group whose rows the changing part belongs to. */
  group: number;
  /** Rows that stay. */
  base: number;
  /** The changing part: wanted, then found; from `least` to `most`. */
  rows: number;
  least: number;
  most: number;
  /** Whether it may change at all. */
  free: boolean;
}

/**
 * Makes the changing parts whole, so that each group's sum to its rows and so many users
 * as asked for lie in each band of rows, some at its edge. Stays near what is wanted.
 *
 * @param items users; `rows` is overwritten
 * @param groupRows rows of each group: the sum of its items' changing parts, of those that
 *   are not free as well
 * @param bands from few to many rows; they hold all users together
 * @throws {Error} if the users cannot be moved into the bands
 */
export function fitBands(
  items: readonly BandItem[],
  groupRows: ArrayLike<number>,
  bands: readonly RowBand[],
): void {
  const fit = startFit(items, groupRows, bands);
  placeExact(fit);
  for (let steps = 0; ; steps++) {
    const group = fit.missing.findIndex((rows) => rows !== 0);
    if (group < 0) break;
    if (steps > 4_000) throw new Error(`Rows of group ${group} do not fit the users' bands.`);
    level(fit, group);
    if (fit.missing[group] !== 0) swapBands(fit, group);
  }
}

interface Fit {
  items: readonly BandItem[];
  bands: readonly RowBand[];
  band: Int32Array;
  /** Rows that each group's items lack; negative where they have too many. */
  missing: number[];
  members: number[][];
  /** Users who stay at the edge of a band. */
  pinned: Uint8Array;
}

const total = ({ base, rows }: BandItem) => base + rows;

/** The whole rows next to an item's present ones that its band and bounds allow. */
function within({ base, rows, least, most }: BandItem, { from, upTo }: RowBand): number {
  const low = Math.max(from - base, least);
  const high = Math.min(upTo - base, most);
  if (low > high) throw new Error(`A user with ${base} rows does not fit from ${from} to ${upTo}.`);
  return Math.min(high, Math.max(low, Math.round(rows)));
}

function startFit(
  items: readonly BandItem[],
  groupRows: ArrayLike<number>,
  bands: readonly RowBand[],
): Fit {
  const band = assignBands(items, bands);
  const missing = Array.from(groupRows);
  const members: number[][] = missing.map(() => []);
  items.forEach((item, i) => {
    if (item.free) {
      members[item.group]!.push(i);
      item.rows = within(item, bands[band[i]!]!);
    }
    missing[item.group]! -= item.rows;
  });
  return { items, bands, band, missing, members, pinned: new Uint8Array(items.length) };
}

/** Fixed users lie in the band of their rows; the others fill what is left, in order. */
function assignBands(items: readonly BandItem[], bands: readonly RowBand[]): Int32Array {
  const band = new Int32Array(items.length).fill(-1);
  const room = bands.map(({ users }) => users);
  const lowest = (rows: number) => {
    const found = bands.findIndex(({ upTo }) => rows <= upTo);
    return found < 0 ? bands.length - 1 : found;
  };
  items.forEach((item, i) => {
    if (item.free) return;
    band[i] = lowest(total(item));
    room[band[i]!]!--;
  });
  const free = items.flatMap(({ free }, i) => (free ? [i] : []));
  free.sort((a, b) => total(items[b]!) - total(items[a]!) || a - b);
  // From the top, those who cannot lie lower first.
  for (let b = bands.length - 1; b >= 0; b--) {
    const open = free.filter((i) => band[i]! < 0);
    const least = (i: number) => lowest(items[i]!.base + items[i]!.least);
    const able = (i: number) => items[i]!.base + items[i]!.most >= bands[b]!.from;
    const forced = open.filter((i) => least(i) === b);
    const others = open.filter((i) => least(i) < b && able(i));
    const chosen = [...forced, ...others].slice(0, room[b]!);
    if (forced.length > room[b]! || chosen.length < room[b]!) {
      throw new Error(`Band ${b} of rows has too many or too few users.`);
    }
    for (const i of chosen) band[i] = b;
  }
  return band;
}

/** Sets the published values: each to the user of its band who is nearest to it. */
function placeExact({ items, bands, band, members, missing, pinned }: Fit): void {
  bands.forEach(({ exactly }, b) => {
    for (const value of exactly) {
      let nearest = -1;
      const far = (i: number) => Math.abs(total(items[i]!) - value);
      items.forEach(({ free, base, least, most, group }, i) => {
        if (!free || band[i] !== b || pinned[i]) return;
        if (base + least > value || base + most < value) return;
        if (members[group]!.length < 8) return;
        if (nearest < 0 || far(i) < far(nearest)) nearest = i;
      });
      if (nearest < 0) throw new Error(`No user can have ${value} rows.`);
      const item = items[nearest]!;
      missing[item.group]! += total(item) - value;
      item.rows = value - item.base;
      pinned[nearest] = 1;
    }
  });
}

/** How far an item may move within its band, up or down. */
function slack({ items, bands, band, pinned }: Fit, i: number, up: boolean): number {
  if (pinned[i]) return 0;
  const item = items[i]!;
  const { from, upTo } = bands[band[i]!]!;
  if (up) return Math.max(0, Math.min(upTo, item.base + item.most) - total(item));
  return Math.max(0, total(item) - Math.max(from, item.base + item.least));
}

/** Gives a group's missing rows to its members, or takes them, as their bands allow. */
function level(fit: Fit, group: number): void {
  const { items, members, missing } = fit;
  const up = missing[group]! > 0;
  const sign = up ? 1 : -1;
  const room = members[group]!.map((i) => slack(fit, i, up));
  const sum = room.reduce((a, b) => a + b, 0);
  const wanted = Math.min(sum, Math.abs(missing[group]!));
  let left = wanted;
  members[group]!.forEach((i, m) => {
    const share = sum > 0 ? Math.floor((room[m]! * wanted) / sum) : 0;
    items[i]!.rows += sign * share;
    room[m]! -= share;
    left -= share;
  });
  for (let m = 0; left > 0; m++) {
    const step = Math.min(left, room[m]!);
    items[members[group]![m]!]!.rows += sign * step;
    left -= step;
  }
  missing[group]! -= sign * wanted;
}

/**
 * Moves a member of a group to the next band and a member of another group back from it,
 * for as few rows as possible in the other group.
 */
function swapBands(fit: Fit, group: number): void {
  const { items, bands, band, members, missing, pinned } = fit;
  const up = missing[group]! > 0;
  const step = up ? 1 : -1;
  let best = { i: -1, j: -1, cost: Number.POSITIVE_INFINITY };
  for (const i of members[group]!) {
    const from = band[i]!;
    const into = from + step;
    if (pinned[i] || into < 0 || into >= bands.length) continue;
    const item = items[i]!;
    const least = item.base + item.least;
    if (!up && least > bands[into]!.upTo) continue;
    if (up && item.base + item.most < bands[into]!.from) continue;
    const edge = up ? bands[into]!.from : bands[into]!.upTo;
    const back = up ? bands[from]!.upTo : bands[from]!.from;
    items.forEach((other, j) => {
      if (!other.free || pinned[j] || band[j] !== into || other.group === group) return;
      if (up && other.base + other.least > back) return;
      if (!up && other.base + other.most < back) return;
      if (!up && members[other.group]!.length < 4) return;
      const cost = Math.abs(total(other) - back) + Math.abs(edge - total(item));
      if (cost < best.cost) best = { i, j, cost };
    });
  }
  if (best.i < 0) throw new Error(`Group ${group} has no user who can have other rows.`);
  const place = (i: number, into: number) => {
    const item = items[i]!;
    const rows = within(item, bands[into]!);
    missing[item.group]! -= rows - item.rows;
    item.rows = rows;
    band[i] = into;
  };
  const [from, into] = [band[best.i]!, band[best.j]!];
  place(best.i, into);
  place(best.j, from);
}
