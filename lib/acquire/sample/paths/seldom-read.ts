import { PATHS } from "../calibration/paths";
import { PATHS_AFTER_GRADUATION, PATHS_UP_TO_SNAPSHOT } from "../calibration/period-paths";
import { BUCKET_STARTS } from "../days/parts";
import { GROUPS } from "../groups";
import type { Portion } from "./path-portions";
import { forEachCell, type PortionTable } from "./portion-table";

const LATE = BUCKET_STARTS.length - 1;

/** A cell of one path, and what a row in it shows. */
interface Place {
  cell: number;
  block: number;
  portion: number;
  rows: number;
  /** Lies within the earlier version of the log. */
  early: boolean;
  /** Belongs to a cohort, and if so, is later than its graduation by date. */
  joined: boolean;
  after: boolean;
}

/** Whether all of a path's rows are later than the snapshot, or before graduation. */
interface Fate {
  late: boolean;
  inClass: boolean;
}

/**
 * Settles which paths have no row in the earlier version of the log, and which none after
 * graduation, so that the others are as many as published. First come those that cannot
 * be otherwise, then those of which least is moved. Closes and reserves cells.
 *
 * @throws {RangeError} if the rows leave no choice that gives the published numbers
 */
export function settleSeldomRead(table: PortionTable): void {
  const places = placesByPath(table);
  const joined = places.map((cells) => cells.some((cell) => cell.joined));
  const fates = places.map((): Fate => ({ late: false, inClass: false }));
  const possible = (path: number, fate: Fate) => isPossible(places[path]!, table, fate);
  const lateMass = places.map((cells) => mass(table, cells, ({ early }) => early));
  const afterMass = places.map((cells) => mass(table, cells, ({ after }) => after));

  // Those that have no choice, at the least cost.
  fates.forEach((fate, path) => {
    if (possible(path, fate)) return;
    const choices = [
      { late: true, inClass: false, cost: lateMass[path]! },
      { late: false, inClass: true, cost: afterMass[path]! },
      { late: true, inClass: true, cost: lateMass[path]! + afterMass[path]! },
    ].filter((choice) => (joined[path]! || !choice.inClass) && possible(path, choice));
    if (choices.length === 0) throw new RangeError(`no place for rows of ${PATHS[path]!.path}`);
    const best = choices.reduce((a, b) => (b.cost < a.cost ? b : a));
    fate.late = best.late;
    fate.inClass = best.inClass;
  });
  const fill = (name: keyof Fate, wanted: number, costs: number[]) => {
    let left = wanted - fates.filter((fate) => fate[name]).length;
    const order = Array.from(costs.keys()).sort((a, b) => costs[a]! - costs[b]! || a - b);
    for (const path of order) {
      if (left <= 0) break;
      const fate = { ...fates[path]!, [name]: true };
      if (fates[path]![name] || (name === "inClass" && !joined[path])) continue;
      if (!possible(path, fate)) continue;
      fates[path] = fate;
      left--;
    }
    if (left !== 0) throw new RangeError(`${left} paths more must be ${name}`);
  };
  fill("late", PATHS.length - PATHS_UP_TO_SNAPSHOT, lateMass);
  fill("inClass", joined.filter(Boolean).length - PATHS_AFTER_GRADUATION, afterMass);

  const used = reservedRows(table);
  fates.forEach((fate, path) => {
    for (const place of places[path]!) if (!fits(place, fate)) table.open[place.cell] = 0;
    const needs = { early: !fate.late, after: joined[path]! && !fate.inClass };
    reserve(table, path, places[path]!, needs, used);
  });
}

function placesByPath({ portions, blocks, open }: PortionTable): Place[][] {
  const places = PATHS.map((): Place[] => []);
  blocks.forEach((block, b) => {
    const joined = GROUPS[block.group]!.programId !== 0;
    forEachCell(block, (cell, portion, path, column) => {
      if (!open[cell]) return;
      const early = portions[portion]!.bucket < LATE;
      const after = joined && isAfterByDate(portions[portion]!);
      const rows = block.columnTotals[column]!;
      places[path]!.push({ cell, block: b, portion, rows, early, joined, after });
    });
  });
  return places;
}

const isAfterByDate = ({ after, onEndDay }: Portion) => after && !onEndDay;

function mass(table: PortionTable, places: Place[], counts: (place: Place) => boolean): number {
  let sum = 0;
  for (const place of places) if (counts(place)) sum += table.wanted[place.cell]!;
  return sum;
}

const fits = ({ early, after }: Place, { late, inClass }: Fate) =>
  !(late && early) && !(inClass && after);

/** Whether a path's rows can lie so: each group's somewhere, and those shown that must be. */
function isPossible(places: Place[], { least }: PortionTable, fate: Fate): boolean {
  // The common case: no cell is closed, and one row shows both.
  if (!fate.late && !fate.inClass && places.some(({ early, after }) => early && after)) return true;
  const left = places.filter((place) => fits(place, fate));
  if (places.some((place) => least[place.cell]! > 0 && !fits(place, fate))) return false;
  const blocks = new Set(places.map(({ block }) => block));
  for (const block of blocks) if (!left.some((place) => place.block === block)) return false;
  const early = fate.late ? [] : left.filter((place) => place.early);
  const after = fate.inClass ? [] : left.filter((place) => place.after);
  const needsAfter = !fate.inClass && places.some(({ joined }) => joined);
  if (!fate.late && early.length === 0) return false;
  if (needsAfter && after.length === 0) return false;
  if (fate.late || !needsAfter) return true;
  return early.some((a) => after.some((b) => a === b || a.block !== b.block || a.rows > 1));
}

/** Reserved rows of each portion, and of each group's path. */
function reservedRows({ portions, blocks, least }: PortionTable) {
  const used = {
    portions: portions.map(() => 0),
    paths: blocks.map(() => new Int32Array(PATHS.length)),
  };
  blocks.forEach((block, b) => {
    forEachCell(block, (cell, portion, path) => {
      used.portions[portion]! += least[cell]!;
      used.paths[b]![path]! += least[cell]!;
    });
  });
  return used;
}

/** Reserves a row where the path must be shown, in the cells that want it most. */
function reserve(
  { portions, wanted, least, open }: PortionTable,
  path: number,
  places: Place[],
  needs: { early: boolean; after: boolean },
  used: ReturnType<typeof reservedRows>,
): void {
  const take = (counts: (place: Place) => boolean): boolean => {
    if (places.some((place) => least[place.cell]! > 0 && counts(place))) return true;
    let best: Place | undefined;
    for (const place of places) {
      const { cell, block, portion, rows } = place;
      if (!open[cell] || !counts(place) || used.paths[block]![path]! >= rows) continue;
      if (used.portions[portion]! >= portions[portion]!.rows) continue;
      if (!best || wanted[cell]! > wanted[best.cell]!) best = place;
    }
    if (!best) return false;
    least[best.cell]!++;
    used.portions[best.portion]!++;
    used.paths[best.block]![path]!++;
    return true;
  };
  if (needs.early && needs.after && take(({ early, after }) => early && after)) return;
  if (needs.early && !take(({ early }) => early)) throw noRow(path, "early");
  if (needs.after && !take(({ after }) => after)) throw noRow(path, "late");
}

function noRow(path: number, when: string): RangeError {
  return new RangeError(`no group can spare a row of ${PATHS[path]!.path} in ${when} parts`);
}
