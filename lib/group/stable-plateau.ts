import type pl from "nodejs-polars";
import { frameOf } from "../log/frame-of";
import { requireColumns } from "../log/require-columns";
import { requireNumber } from "../log/require-option";
import { formatNumber, formatPercent } from "../words/format-words";
import { SWEEP_COLUMNS } from "./eps-sweep";
import { gathered } from "./grouped-users";

export interface StablePlateauOptions {
  /** Largest share of users without a group. */
  maxNoiseShare?: number;
  /** Least agreement with the neighboring settings. */
  minAgreement?: number;
  /** Least silhouette of the grouped users, noise left out. */
  minSilhouette?: number;
  /** Least share of all settings that a plateau must cover. */
  minShare?: number;
}

/**
 * For each API a setting from the middle of a stable plateau of a sweep: groups that hold over a wide
 * range of settings, not those of the setting that happens to score best.
 *
 * 1. A setting qualifies if it forms at least two clusters and meets the first three limits. (Silhouettes
 *    from 0.25 show structure: Kaufman and Rousseeuw, Finding Groups in Data, 1990.)
 * 2. Qualifying neighbors in the grid with as many clusters make a plateau. It counts if it covers
 *    `minShare` of the grid, and two settings of `eps` and of `minSamples` each, unless the grid has one.
 * 3. The largest is taken; of equal ones that of higher mean agreement, then of smaller `eps`, then of
 *    smaller `minSamples`.
 * 4. In it, the setting most steps away from any outside (the grid's edge, too); of equal ones that of
 *    highest agreement, then least noise, smallest `eps`, smallest `minSamples`.
 *
 * Groups that hold may still be chance (see `groupStability`), or made by the features.
 *
 * @param sweep what `epsSweep` gives
 * @returns by API: `type`, `holds`, `reason`, then the setting with the columns of `sweep`, and its
 *   plateau: `settings` (how many), `eps_from`, `eps_to`, `min_samples_from`, `min_samples_to`; null
 *   where no groups hold
 * @throws {RangeError} if an option is not between 0 and 1 (`minSilhouette`, `minAgreement`: -1 and 1)
 * @throws {Error} if a column is missing or of another type
 */
export function stablePlateau(
  sweep: pl.DataFrame,
  {
    maxNoiseShare = 0.25,
    minAgreement = 0.9,
    minSilhouette = 0.25,
    minShare = 0.05,
  }: StablePlateauOptions = {},
): pl.DataFrame {
  requireNumber("stablePlateau", { maxNoiseShare, minShare }, { atLeast: 0, atMost: 1 });
  requireNumber("stablePlateau", { minAgreement, minSilhouette }, { atLeast: -1, atMost: 1 });
  requireColumns("stablePlateau", sweep, "type", ...SWEEP_COLUMNS);
  const limits = { maxNoiseShare, minAgreement, minSilhouette, minShare };
  const settings = sweep.sort(["type", "eps", "min_samples"]).toRecords() as unknown as Setting[];
  const rows = [...gathered(settings, ({ type }) => type)].map(([type, own]) => ({
    type,
    ...plateauOf(own, limits),
  }));
  return frameOf(
    rows,
    "type",
    "holds",
    "reason",
    ...SWEEP_COLUMNS,
    "settings",
    "eps_from",
    "eps_to",
    "min_samples_from",
    "min_samples_to",
  );
}

interface Setting {
  type: string;
  eps: number;
  min_samples: number;
  clusters: number;
  noise_share: number;
  silhouette_without_noise: number | null;
  neighbor_agreement: number | null;
}

/** A setting with its place in the grid. */
interface Cell {
  row: number;
  column: number;
  setting: Setting;
}

/** Steps from one setting to another. */
const steps = (a: { row: number; column: number }, b: { row: number; column: number }) =>
  Math.abs(a.row - b.row) + Math.abs(a.column - b.column);

const agreementOf = ({ setting }: Cell) => setting.neighbor_agreement ?? -1;
const meanAgreement = (cells: readonly Cell[]) =>
  cells.reduce((sum, cell) => sum + agreementOf(cell), 0) / cells.length;

/** @param settings of one API, by `eps` and `min_samples` */
function plateauOf(settings: Setting[], limits: Required<StablePlateauOptions>) {
  const radii = [...new Set(settings.map(({ eps }) => eps))];
  const counts = [...new Set(settings.map(({ min_samples }) => min_samples))].sort((a, b) => a - b);
  const cells = settings.map((setting) => ({
    row: radii.indexOf(setting.eps),
    column: counts.indexOf(setting.min_samples),
    setting,
  }));
  const { qualifying, why } = qualify(cells, limits);
  const plateaus = connected(qualifying);
  const isWide = (own: Cell[]) =>
    own.length >= limits.minShare * cells.length &&
    new Set(own.map(({ row }) => row)).size >= Math.min(2, radii.length) &&
    new Set(own.map(({ column }) => column)).size >= Math.min(2, counts.length);
  // Plateaus come by their first settings, and sort is stable.
  const [largest] = plateaus
    .filter(isWide)
    .sort((a, b) => b.length - a.length || meanAgreement(b) - meanAgreement(a));
  if (!largest) return { holds: false, reason: why };
  const { setting } = middleOf(largest, radii.length, counts.length);
  const own = largest.map((cell) => cell.setting);
  return {
    ...setting,
    holds: true,
    reason: `${setting.clusters} groups hold over ${own.length} of ${settings.length} settings`,
    settings: own.length,
    eps_from: Math.min(...own.map(({ eps }) => eps)),
    eps_to: Math.max(...own.map(({ eps }) => eps)),
    min_samples_from: Math.min(...own.map(({ min_samples }) => min_samples)),
    min_samples_to: Math.max(...own.map(({ min_samples }) => min_samples)),
  };
}

/** The settings that qualify, and the first of the conditions that nothing meets, in words. */
function qualify(
  cells: Cell[],
  { maxNoiseShare, minAgreement, minSilhouette, minShare }: Required<StablePlateauOptions>,
): { qualifying: Cell[]; why: string } {
  const conditions: [(cell: Cell) => boolean, string][] = [
    [({ setting }) => setting.clusters >= 2, "no setting forms two groups"],
    [
      ({ setting }) => setting.noise_share <= maxNoiseShare,
      `every setting with two groups or more leaves over ${formatPercent(maxNoiseShare)} of users without one`,
    ],
    [
      (cell) => agreementOf(cell) >= minAgreement,
      `groups change from each setting to the next: agreement stays below ${formatNumber(minAgreement)}`,
    ],
    [
      ({ setting }) => (setting.silhouette_without_noise ?? -1) >= minSilhouette,
      `groups that are stable do not lie apart: their silhouette stays below ${formatNumber(minSilhouette)}`,
    ],
  ];
  let qualifying = cells;
  for (const [isMet, why] of conditions) {
    qualifying = qualifying.filter(isMet);
    if (qualifying.length === 0) return { qualifying, why };
  }
  const share = formatPercent(minShare);
  const why = `groups hold over less than ${share} of the settings, or along one line of them`;
  return { qualifying, why };
}

/** Settings of as many clusters that lead to one another from neighbor to neighbor, in order. */
function connected(cells: readonly Cell[]): Cell[][] {
  const left = new Set(cells);
  return cells.flatMap((first) => {
    if (!left.delete(first)) return [];
    const own = [first];
    for (const cell of own) {
      for (const other of left) {
        if (steps(cell, other) !== 1 || other.setting.clusters !== cell.setting.clusters) continue;
        left.delete(other);
        own.push(other);
      }
    }
    return [own.sort((a, b) => a.row - b.row || a.column - b.column)];
  });
}

/** The setting farthest from any outside. */
function middleOf(cells: Cell[], rows: number, columns: number): Cell {
  const inside = new Set(cells.map(({ row, column }) => `${row} ${column}`));
  // A grid of one setting in a direction has no inside there: that direction does not count.
  const places = (count: number) =>
    count > 1 ? Array.from({ length: count + 2 }, (_, i) => i - 1) : [0];
  const outside = places(rows)
    .flatMap((row) => places(columns).map((column) => ({ row, column })))
    .filter(({ row, column }) => !inside.has(`${row} ${column}`));
  const depthOf = (cell: Cell) => Math.min(1e9, ...outside.map((place) => steps(cell, place)));
  return cells
    .map((cell) => ({ ...cell, depth: depthOf(cell) }))
    .sort(
      (a, b) =>
        b.depth - a.depth ||
        agreementOf(b) - agreementOf(a) ||
        a.setting.noise_share - b.setting.noise_share ||
        a.row - b.row ||
        a.column - b.column,
    )[0]!;
}
