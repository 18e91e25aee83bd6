import type pl from "nodejs-polars";
import { frameOf } from "../log/frame-of";
import { requireColumns } from "../log/require-columns";
import { formatNumber, formatPercent } from "../words/format-words";

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
 * For each API a setting from the middle of a stable plateau of a sweep: groups that hold over
 * a wide range of settings, not those of the setting that happens to score best.
 *
 * 1. A setting qualifies if it forms two clusters or more, leaves at most `maxNoiseShare` of the
 *    users without one, agrees with its neighbors by a mean adjusted Rand index of at least
 *    `minAgreement`, and its clusters lie apart: a silhouette without noise of at least
 *    `minSilhouette`. (0.25 is where Kaufman and Rousseeuw, Finding Groups in Data, 1990,
 *    begin to speak of structure.)
 * 2. Qualifying settings that are neighbors in the grid and have the same number of clusters
 *    make a plateau. It counts if it covers `minShare` of the grid or more, and two settings of
 *    `eps` and of `minSamples` each, unless the grid has one.
 * 3. The largest plateau is taken; of equal ones that of higher mean agreement, then that of
 *    smaller `eps`, then of smaller `minSamples`.
 * 4. In it, the setting farthest from any outside (in steps; the grid's own edge is outside, too,
 *    because nobody has looked behind it); of equal ones that of highest agreement, then least
 *    noise, smallest `eps`, smallest `minSamples`.
 *
 * What it cannot do: the largest plateau depends on the grid, so a grid that is fine in one
 * region favors it. Groups inside groups give two plateaus, and one is shown. The silhouette
 * refuses groups that lie around one another; lower `minSilhouette` to look for such.
 * Groups that hold against settings may still be chance (see `groupStability`), or made by the
 * features: the case study's give `mean_usage_scaled` of 1 and `sd_usage_scaled` of 0 to users whose
 * calls never change, most of whom came once, and in its own file the two groups that hold are
 * those users and all others; without these two features nothing holds. Look at who is in a group.
 *
 * @param sweep what `epsSweep` gives
 * @returns `type`, `holds` (Boolean), `reason` (String), then the setting, `eps`, `min_samples`,
 *   `clusters`, `noise`, `noise_share`, `silhouette`, `silhouette_without_noise`,
 *   `neighbor_agreement`, and its plateau, `settings` (how many, Int64), `eps_from`, `eps_to`,
 *   `min_samples_from`, `min_samples_to`: one row per API; all null where no groups hold
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
  const limits = { maxNoiseShare, minAgreement, minSilhouette, minShare };
  for (const [name, value] of Object.entries(limits)) {
    const least = name === "minAgreement" || name === "minSilhouette" ? -1 : 0;
    if (!(value >= least && value <= 1)) {
      throw new RangeError(`stablePlateau needs ${name} from ${least} to 1, got ${value}`);
    }
  }
  requireColumns(
    "stablePlateau",
    sweep,
    "type",
    "eps",
    "min_samples",
    "clusters",
    "noise",
    "noise_share",
    "silhouette",
    "silhouette_without_noise",
    "neighbor_agreement",
  );
  const byApi = new Map<string, Setting[]>();
  for (const row of sweep.toRecords() as unknown as Setting[]) {
    const settings = byApi.get(row.type) ?? [];
    settings.push(row);
    byApi.set(row.type, settings);
  }
  const rows = [...byApi.keys()].sort().map((api) => ({
    type: api,
    ...plateauOf(byApi.get(api)!, limits),
  }));
  return frameOf(
    rows,
    "type",
    "holds",
    "reason",
    "eps",
    "min_samples",
    "clusters",
    "noise",
    "noise_share",
    "silhouette",
    "silhouette_without_noise",
    "neighbor_agreement",
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

type Limits = Required<StablePlateauOptions>;

/** A setting with its place in the grid. */
interface Cell {
  row: number;
  column: number;
  setting: Setting;
}

interface Plateau {
  cells: Cell[];
  agreement: number;
}

function plateauOf(settings: Setting[], limits: Limits): Record<string, unknown> {
  const radii = [...new Set(settings.map((setting) => setting.eps))].sort((a, b) => a - b);
  const counts = [...new Set(settings.map((setting) => setting.min_samples))].sort((a, b) => a - b);
  const grid = new Map<string, Cell>();
  for (const setting of settings) {
    const [row, column] = [radii.indexOf(setting.eps), counts.indexOf(setting.min_samples)];
    if (qualifies(setting, limits)) grid.set(`${row} ${column}`, { row, column, setting });
  }
  const isWide = ({ cells }: Plateau) =>
    cells.length >= limits.minShare * settings.length &&
    new Set(cells.map((cell) => cell.row)).size >= Math.min(2, radii.length) &&
    new Set(cells.map((cell) => cell.column)).size >= Math.min(2, counts.length);
  const plateaus = connected(grid);
  const [largest] = plateaus.filter(isWide).sort(bySizeThenAgreement);
  if (largest === undefined) {
    return { holds: false, reason: whyNone(settings, limits, plateaus.length) };
  }
  const { setting } = middleOf(largest, radii.length, counts.length);
  const own = largest.cells.map((cell) => cell.setting);
  return {
    ...setting,
    holds: true,
    reason: `${setting.clusters} groups hold over ${own.length} of ${settings.length} settings`,
    settings: own.length,
    eps_from: Math.min(...own.map((s) => s.eps)),
    eps_to: Math.max(...own.map((s) => s.eps)),
    min_samples_from: Math.min(...own.map((s) => s.min_samples)),
    min_samples_to: Math.max(...own.map((s) => s.min_samples)),
  };
}

const agreementOf = (setting: Setting) => setting.neighbor_agreement ?? -1;
const silhouetteOf = (setting: Setting) => setting.silhouette_without_noise ?? -1;

function qualifies(setting: Setting, limits: Limits): boolean {
  return (
    setting.clusters >= 2 &&
    setting.noise_share <= limits.maxNoiseShare &&
    agreementOf(setting) >= limits.minAgreement &&
    silhouetteOf(setting) >= limits.minSilhouette
  );
}

const besides = (grid: Map<string, Cell>, { row, column, setting }: Cell) =>
  [
    grid.get(`${row - 1} ${column}`),
    grid.get(`${row + 1} ${column}`),
    grid.get(`${row} ${column - 1}`),
    grid.get(`${row} ${column + 1}`),
  ].filter(
    (other): other is Cell => other !== undefined && other.setting.clusters === setting.clusters,
  );

/** Settings that lead to one another from neighbor to neighbor. */
function connected(grid: Map<string, Cell>): Plateau[] {
  const seen = new Set<Cell>();
  const plateaus: Plateau[] = [];
  for (const first of grid.values()) {
    if (seen.has(first)) continue;
    seen.add(first);
    const cells = [first];
    for (const cell of cells) {
      for (const other of besides(grid, cell)) {
        if (seen.has(other)) continue;
        seen.add(other);
        cells.push(other);
      }
    }
    // In order of the grid, so that sums do not depend on where the search began.
    cells.sort((a, b) => a.row - b.row || a.column - b.column);
    const sum = cells.reduce((total, { setting }) => total + agreementOf(setting), 0);
    plateaus.push({ cells, agreement: sum / cells.length });
  }
  return plateaus;
}

function bySizeThenAgreement(a: Plateau, b: Plateau): number {
  const [first, other] = [a.cells[0]!, b.cells[0]!];
  return (
    b.cells.length - a.cells.length ||
    b.agreement - a.agreement ||
    first.row - other.row ||
    first.column - other.column
  );
}

/** The setting farthest from any outside. */
function middleOf({ cells }: Plateau, rows: number, columns: number): Cell {
  const inside = new Set(cells.map(({ row, column }) => `${row} ${column}`));
  const outside: [row: number, column: number][] = [];
  // A grid of one setting in a direction has no inside there: that direction does not count.
  const [top, bottom] = rows > 1 ? [-1, rows] : [0, 0];
  const [left, right] = columns > 1 ? [-1, columns] : [0, 0];
  for (let row = top; row <= bottom; row++) {
    for (let column = left; column <= right; column++) {
      if (!inside.has(`${row} ${column}`)) outside.push([row, column]);
    }
  }
  const depth = new Map(
    cells.map((cell) => [
      cell,
      Math.min(
        ...outside.map(
          ([row, column]) => Math.abs(row - cell.row) + Math.abs(column - cell.column),
        ),
      ),
    ]),
  );
  return cells.slice().sort(
    (a, b) =>
      // Alone in the world, nothing is outside: both depths are infinite, and equal.
      (depth.get(a) === depth.get(b) ? 0 : depth.get(b)! - depth.get(a)!) ||
      agreementOf(b.setting) - agreementOf(a.setting) ||
      a.setting.noise_share - b.setting.noise_share ||
      a.row - b.row ||
      a.column - b.column,
  )[0]!;
}

/** The first of the conditions that nothing meets. */
function whyNone(settings: Setting[], limits: Limits, plateaus: number): string {
  const several = settings.filter((setting) => setting.clusters >= 2);
  if (several.length === 0) return "no setting forms two groups";
  const enough = several.filter((setting) => setting.noise_share <= limits.maxNoiseShare);
  if (enough.length === 0) {
    return `every setting with two groups or more leaves over ${formatPercent(limits.maxNoiseShare)} of users without one`;
  }
  const stable = enough.filter((setting) => agreementOf(setting) >= limits.minAgreement);
  if (stable.length === 0) {
    return `groups change from each setting to the next: agreement stays below ${formatNumber(limits.minAgreement)}`;
  }
  if (plateaus === 0) {
    return `groups that are stable do not lie apart: their silhouette stays below ${formatNumber(limits.minSilhouette)}`;
  }
  return `groups hold over less than ${formatPercent(limits.minShare)} of the settings, or along one line of them`;
}
