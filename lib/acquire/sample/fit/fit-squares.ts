import type { RowBand } from "../calibration/users";
import type { BandItem } from "./fit-bands";

/** A user whose rows may change, and between which bounds: a band's, without its set values. */
interface Movable {
  item: BandItem;
  from: number;
  upTo: number;
}

/** Rounds of moves at most; a few are enough. */
const ROUNDS = 400;
/** From here on one last move may be all that it takes. */
const NEAR = 6_000;

/**
 * Moves rows between users of one group until the squares of the users' rows sum to what is
 * asked for. Sums of groups and users in bands stay as they are.
 *
 * @param items users, as `fitBands` left them
 * @param squares wanted sum of squares; odd or even as the present one is
 * @throws {Error} if the users' bands leave no room for it
 */
export function fitSquares(
  items: readonly BandItem[],
  bands: readonly RowBand[],
  squares: number,
): void {
  const groups = movableByGroup(items, bands);
  let missing = squares;
  for (const item of items) missing -= total(item) * total(item);
  for (let round = 0; round < ROUNDS && missing !== 0; round++) {
    const before = missing;
    for (const group of groups) missing = spread(group, missing, round);
    missing = finish(groups, missing);
    // Nothing fits: another start for the last steps.
    if (missing === before) missing = nudge(groups, missing, round);
  }
  if (missing !== 0) throw new Error(`Rows per user vary too much or too little: ${missing}.`);
}

function movableByGroup(items: readonly BandItem[], bands: readonly RowBand[]): Movable[][] {
  const groups: Movable[][] = [];
  for (const item of items) {
    const band = bands.find(({ upTo }) => total(item) <= upTo);
    if (!item.free || !band || band.exactly.includes(total(item))) continue;
    const { from, upTo, exactly } = band;
    const least = Math.max(exactly.includes(from) ? from + 1 : from, item.base + item.least);
    const edge = exactly.includes(upTo) ? upTo - 1 : upTo;
    const most = Math.min(edge, item.base + item.most);
    groups[item.group] ??= [];
    groups[item.group]!.push({ item, from: least, upTo: most });
  }
  return groups.filter((group) => group.length > 1);
}

const total = ({ base, rows }: BandItem) => base + rows;

/** Rows that one can give to another without either leaving its bounds. */
function movable(from: Movable, to: Movable): number {
  return Math.min(total(from.item) - from.from, to.upTo - total(to.item));
}

function move(from: Movable, to: Movable, rows: number): void {
  from.item.rows -= rows;
  to.item.rows += rows;
}

/** Spreads a group's users, or draws them together, by a part of what is missing. */
function spread(group: Movable[], missing: number, round: number): number {
  const order = group.map((_, i) => i);
  order.sort((a, b) => total(group[a]!.item) - total(group[b]!.item) || a - b);
  let left = missing;
  for (let m = 0; m < order.length >> 1 && left !== 0; m++) {
    const low = group[order[m]!]!;
    const high = group[order[order.length - 1 - m]!]!;
    const apart = total(high.item) - total(low.item);
    const [from, to] = left > 0 ? [low, high] : [high, low];
    const gain = (rows: number) => 2 * rows * (left > 0 ? apart + rows : rows - apart);
    // Small steps at first, so that no group bears all of it, and uneven ones.
    const step = 1 + ((low.item.base + 7 * m + 5 * round) % 11);
    let rows = Math.min(movable(from, to), step + round);
    if (left < 0) rows = Math.min(rows, apart >> 1);
    while (rows > 0 && Math.abs(gain(rows)) > Math.abs(left)) rows--;
    if (rows <= 0) continue;
    left -= gain(rows);
    move(from, to, rows);
  }
  return left;
}

/** Looks for one move of one row that gives just what is missing. */
function finish(groups: readonly Movable[][], missing: number): number {
  if (missing === 0 || Math.abs(missing) > NEAR) return missing;
  for (const group of groups) {
    for (const from of group) {
      for (const to of group) {
        if (from === to || 2 * (total(to.item) - total(from.item) + 1) !== missing) continue;
        if (movable(from, to) < 1) continue;
        move(from, to, 1);
        return 0;
      }
    }
  }
  return missing;
}

/** Moves one row within some group, whatever that gives. */
function nudge(groups: readonly Movable[][], missing: number, round: number): number {
  for (let g = 0; g < groups.length; g++) {
    const group = groups[(round + g) % groups.length]!;
    const [to, from] = [group[0]!, group[group.length - 1]!];
    if (movable(from, to) < 1) continue;
    const gain = 2 * (total(to.item) - total(from.item) + 1);
    move(from, to, 1);
    return missing - gain;
  }
  return missing;
}
