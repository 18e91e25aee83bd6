import type pl from "nodejs-polars";
import { frameOf } from "../log/frame-of";
import { gathered } from "../log/gathered";
import { requireColumns } from "../log/require-columns";
import { requireNumber } from "../stats/require-option";
import { formatNumber, formatPercent } from "../words/format-words";
import type { DbscanSetting } from "./dbscan-sweep";
import { SWEEP_COLUMNS } from "./eps-sweep";

export interface StablePlateauOptions {
  maxNoiseShare?: number;
  minAgreement?: number;
  /** Least `silhouette_without_noise`; 0.25 shows structure (Kaufman and Rousseeuw 1990). */
  minSilhouette?: number;
  /** Least share of all settings that a plateau must cover. */
  minShare?: number;
}

/**
 * For each API a setting from the middle of a stable plateau: groups that hold over many settings.
 *
 * 1. A setting qualifies if it forms at least two clusters and meets the first three limits.
 * 2. Qualifying neighbors with as many clusters make a plateau. It counts if it covers `minShare`
 *    of the grid, and two settings of `eps` and of `minSamples` each, unless the grid has one.
 * 3. The largest is taken; of equal ones that of higher mean agreement, smaller `eps`,
 *    `minSamples`.
 * 4. In it, the setting most steps from outside; of equal ones by agreement, noise, `eps`,
 *    `minSamples`.
 * @param sweep what `epsSweep` gives
 * @returns by API: `type`, `holds`, `reason`, the setting with the columns of `sweep`, `settings`,
 *   `eps_from`, `eps_to`, `min_samples_from`, `min_samples_to`; null where no groups hold
 * @throws {RangeError} if a share is not between 0 and 1, or another limit not between -1 and 1
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
    ...(["type", "holds", "reason", ...SWEEP_COLUMNS] as const),
    ...(["settings", "eps_from", "eps_to", "min_samples_from", "min_samples_to"] as const),
  );
}

interface Setting extends Omit<DbscanSetting, "labels"> {
  type: string;
  noise_share: number;
  neighbor_agreement: number | null;
}

interface Place {
  row: number;
  column: number;
}
type Cell = Setting & Place;

const steps = (a: Place, b: Place) => Math.abs(a.row - b.row) + Math.abs(a.column - b.column);
const inOrder = (a: Place, b: Place) => a.row - b.row || a.column - b.column;
const agreementOf = (cell: Setting) => cell.neighbor_agreement ?? -1;
const meanAgreement = (cells: readonly Cell[]) =>
  cells.reduce((sum, cell) => sum + agreementOf(cell), 0) / cells.length;

function plateauOf(settings: Setting[], limits: Required<StablePlateauOptions>) {
  const radii = [...new Set(settings.map(({ eps }) => eps))];
  const counts = [...new Set(settings.map(({ min_samples }) => min_samples))].sort((a, b) => a - b);
  const cells = settings.map((setting) => ({
    ...setting,
    row: radii.indexOf(setting.eps),
    column: counts.indexOf(setting.min_samples),
  }));
  const { qualifying, why } = qualify(cells, limits);
  const isWide = (own: Cell[]) =>
    own.length >= limits.minShare * cells.length &&
    new Set(own.map(({ row }) => row)).size >= Math.min(2, radii.length) &&
    new Set(own.map(({ column }) => column)).size >= Math.min(2, counts.length);
  // Plateaus come by their first settings, and sort is stable.
  const [largest] = connected(qualifying)
    .filter(isWide)
    .sort((a, b) => b.length - a.length || meanAgreement(b) - meanAgreement(a));
  if (!largest) return { holds: false, reason: why };
  const setting = middleOf(largest, radii.length, counts.length);
  const [rows, columns] = [largest.map(({ row }) => row), largest.map(({ column }) => column)];
  return {
    ...setting,
    holds: true,
    reason: `${setting.clusters} groups hold over ${rows.length} of ${cells.length} settings`,
    settings: rows.length,
    eps_from: radii[Math.min(...rows)],
    eps_to: radii[Math.max(...rows)],
    min_samples_from: counts[Math.min(...columns)],
    min_samples_to: counts[Math.max(...columns)],
  };
}

function qualify(
  cells: Cell[],
  { maxNoiseShare, minAgreement, minSilhouette, minShare }: Required<StablePlateauOptions>,
): { qualifying: Cell[]; why: string } {
  const conditions: [(cell: Cell) => boolean, string][] = [
    [({ clusters }) => clusters >= 2, "no setting forms two groups"],
    [
      (cell) => cell.noise_share <= maxNoiseShare,
      `every setting with two groups or more leaves over ${formatPercent(maxNoiseShare)} of users without one`,
    ],
    [
      (cell) => agreementOf(cell) >= minAgreement,
      `groups change from each setting to the next: agreement stays below ${formatNumber(minAgreement)}`,
    ],
    [
      (cell) => (cell.silhouette_without_noise ?? -1) >= minSilhouette,
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

function connected(cells: readonly Cell[]): Cell[][] {
  const left = new Set(cells);
  return cells.flatMap((first) => {
    if (!left.delete(first)) return [];
    const own = [first];
    for (const cell of own) {
      const beside = [...left].filter((other) => steps(cell, other) === 1);
      for (const other of beside.filter(({ clusters }) => clusters === first.clusters)) {
        left.delete(other);
        own.push(other);
      }
    }
    return [own.sort(inOrder)];
  });
}

function middleOf(cells: Cell[], rows: number, columns: number): Cell {
  // A grid of one setting in a direction has no inside there: that direction does not count.
  const places = (count: number) =>
    count > 1 ? Array.from({ length: count + 2 }, (_, i) => i - 1) : [0];
  const outside = places(rows)
    .flatMap((row) => places(columns).map((column) => ({ row, column })))
    .filter((place) => cells.every((cell) => steps(cell, place) > 0));
  const depthOf = (cell: Cell) => Math.min(1e9, ...outside.map((place) => steps(cell, place)));
  return cells
    .map((cell) => ({ ...cell, depth: depthOf(cell) }))
    .sort(
      (a, b) =>
        b.depth - a.depth ||
        agreementOf(b) - agreementOf(a) ||
        a.noise_share - b.noise_share ||
        inOrder(a, b),
    )[0]!;
}
