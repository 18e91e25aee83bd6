import { COHORT_PATH_ROWS, COHORT_READING } from "../calibration/cohort-paths";
import { ASSETS } from "../calibration/curriculum";
import { PATHS } from "../calibration/paths";
import { PUBLISHED_ROWS } from "../calibration/published-rows";
import { DAY_ROWS, type Margins } from "../days/margins";
import { scaleRun } from "../fit/apportion";
import { fitProportions } from "../fit/fit-proportions";
import { fitTable } from "../fit/fit-table";
import { GROUPS, type Group, groupOfRow, STAFF } from "../groups";
import { CROSS_READING_ENDS, isCrossReading, isDataScience, passersBy } from "./cross-reading";
import { HABIT_OF, HABITS, habitsOn, TOPIC_OF } from "./reading-habits";

/** Groups by paths, row after row. */
type PathTable = Int32Array;

const PLACE_OF = new Map(PATHS.map(({ path }, place) => [path, place]));
const PROGRAMS = [0, 1, 2, 3, 4];
const JAVA = 2;
/** A cohort's top path leads by this at least, where no more is known. */
const LEAD = 0.96;

let wholeTable: PathTable | undefined;

/**
 * How many rows of the whole log each group has on each path, whatever the seed: exactly
 * the published totals by program and path, different paths by cohort and single cells;
 * between them, what a group reads follows the layouts of its time.
 */
export function wholePathTable(): PathTable {
  if (wholeTable) return wholeTable;
  const table = new Int32Array(GROUPS.length * PATHS.length);
  for (const program of PROGRAMS) copyInto(table, new ProgramTable(program).fit());
  wholeTable = table;
  return table;
}

/**
 * The rows to be made up, by group and path: the whole table scaled to the margins, less
 * the rows that are published word for word.
 */
export function scalePathTable({ groupRows, published }: Margins): PathTable {
  const whole = wholePathTable();
  const withPath = Int32Array.from(groupRows);
  const known = published.filter(({ path }) => path !== null);
  for (const row of known) withPath[groupOfRow(row)]!++;
  const table = isWhole(withPath) ? Int32Array.from(whole) : scale(whole, withPath);
  for (const publishedRow of known) {
    const start = groupOfRow(publishedRow) * PATHS.length;
    const row = table.subarray(start, start + PATHS.length);
    let giver = PLACE_OF.get(publishedRow.path!)!;
    // In a small sample the group may have no row on that path.
    if (row[giver] === 0) for (let p = 0; p < row.length; p++) if (row[p]! > row[giver]!) giver = p;
    row[giver]!--;
  }
  return table;
}

const groupOf = (cohortId: number) => GROUPS.findIndex((group) => group.cohortId === cohortId);

/** Rows of a group that have a path. */
function rowsWithPath({ cohortId, rows }: Group): number {
  const without = PUBLISHED_ROWS.filter((row) => row.path === null && row.cohortId === cohortId);
  return rows - without.length;
}

function isWhole(groupRows: Int32Array): boolean {
  return GROUPS.every((group, g) => rowsWithPath(group) === groupRows[g]);
}

function groupsOf(program: number): number[] {
  return GROUPS.flatMap((group, g) => (group.programId === program ? [g] : []));
}

function scale(whole: PathTable, groupRows: Int32Array): PathTable {
  const table = new Int32Array(whole.length);
  for (const program of PROGRAMS) {
    const groups = groupsOf(program).filter((g) => groupRows[g]! > 0);
    const rowTotals = groups.map((g) => groupRows[g]!);
    const scaled = scaleRun(
      PATHS.map(({ rows }) => rows[program]!),
      rowTotals.reduce((sum, rows) => sum + rows, 0),
    );
    const places = Array.from(scaled.keys()).filter((p) => scaled[p]! > 0);
    const columnTotals = places.map((p) => scaled[p]!);
    // Never quite 0: that a table exists for every size rests on it.
    const weights = new Float64Array(groups.length * places.length);
    let cell = 0;
    for (const g of groups)
      for (const p of places) weights[cell++] = whole[g * PATHS.length + p]! + 1e-9;
    copyInto(table, { groups, places, cells: fitTable(weights, { rowTotals, columnTotals }) });
  }
  return table;
}

interface Part {
  groups: number[];
  places: number[];
  cells: Int32Array;
}

function copyInto(table: PathTable, { groups, places, cells }: Part): void {
  groups.forEach((g, r) => {
    places.forEach((p, c) => {
      table[g * PATHS.length + p] = cells[r * places.length + c]!;
    });
  });
}

/** The groups of one program, or those without a cohort, and the paths that they read. */
class ProgramTable {
  readonly groups: number[];
  readonly places: number[];
  private readonly columns: number;
  private readonly rowTotals: number[];
  private readonly columnTotals: number[];
  /** Cells that are published or have been settled; -1 where open. */
  private readonly settled: Int32Array;
  /** Most rows of any path but the top and `/`, by group. */
  private readonly most: number[];

  constructor(program: number) {
    this.groups = groupsOf(program);
    this.places = PATHS.flatMap(({ rows }, p) => (rows[program]! > 0 ? [p] : []));
    this.columns = this.places.length;
    this.rowTotals = this.groups.map((g) => rowsWithPath(GROUPS[g]!));
    this.columnTotals = this.places.map((p) => PATHS[p]!.rows[program]!);
    this.settled = new Int32Array(this.groups.length * this.columns).fill(-1);
    this.most = this.groups.map(() => Number.POSITIVE_INFINITY);
    for (const { cohortId, path, rows } of COHORT_PATH_ROWS) {
      const r = this.groups.indexOf(groupOf(cohortId));
      const c = this.places.indexOf(PLACE_OF.get(path)!);
      if (r >= 0 && c >= 0) this.settled[r * this.columns + c] = rows;
    }
    if (program === JAVA) this.settleStaff();
    for (const { cohortId, topPath } of COHORT_READING) {
      const r = this.groups.indexOf(groupOf(cohortId));
      if (r < 0 || topPath === undefined) continue;
      this.most[r] = this.settled[r * this.columns + this.places.indexOf(PLACE_OF.get(topPath)!)]!;
    }
  }

  /** Of the program's rows on data-science lessons, those of passers-by are known. */
  private settleStaff(): void {
    const r = this.groups.indexOf(groupOf(STAFF));
    this.places.forEach((p, c) => {
      const cell = r * this.columns + c;
      if (!isDataScience(p) || this.settled[cell]! >= 0) return;
      this.settled[cell] = this.columnTotals[c]! - passersBy()[p]!;
    });
  }

  fit(): Part {
    const { groups, places } = this;
    const weights = this.timelyWeights();
    this.followPages(weights, this.fitOpen(weights));
    const support = this.chooseSupport(this.fitBelowTops(weights));
    const chosen = weights.map((weight, cell) => weight * support[cell]!);
    return { groups, places, cells: this.round(this.fitBelowTops(chosen), support) };
  }

  private fitBelowTops(weights: Float64Array): Float64Array {
    let fitted = this.fitOpen(weights);
    for (let tries = 0; tries < 8 && this.settleTooLarge(fitted); tries++) {
      fitted = this.fitOpen(weights);
    }
    return fitted;
  }

  /** Cells in proportion to the path's rows and to how timely it was for the group. */
  private timelyWeights(): Float64Array {
    const weights = new Float64Array(this.settled.length);
    this.groups.forEach((g, r) => {
      const group = GROUPS[g]!;
      const habits = habitsOf(group);
      const crossing = habitsOf(group, CROSS_READING_ENDS);
      this.places.forEach((p, c) => {
        const habit = (isCrossReading(group, p) ? crossing : habits)[HABIT_OF[p]!]!;
        // Never quite 0: the table must exist.
        weights[r * this.columns + c] =
          this.columnTotals[c]! * Math.max(1e-9, habit * closeness(group, p));
      });
    });
    return weights;
  }

  private fitOpen(weights: Float64Array): Float64Array {
    const { settled } = this;
    const open = Float64Array.from(weights);
    for (let cell = 0; cell < open.length; cell++) if (settled[cell]! >= 0) open[cell] = 0;
    const fitted = fitProportions(open, this.openMargins(), { tolerance: 0.01, maxRounds: 60 });
    for (let cell = 0; cell < open.length; cell++) {
      if (settled[cell]! >= 0) fitted[cell] = settled[cell]!;
    }
    return fitted;
  }

  private openMargins() {
    const rowTotals = this.rowTotals.slice();
    const columnTotals = this.columnTotals.slice();
    let cell = 0;
    for (let r = 0; r < rowTotals.length; r++) {
      for (let c = 0; c < this.columns; c++) {
        const rows = this.settled[cell++]!;
        if (rows < 0) continue;
        rowTotals[r]! -= rows;
        columnTotals[c]! -= rows;
      }
    }
    return { rowTotals, columnTotals };
  }

  /** Files are loaded by those who read the page. */
  private followPages(weights: Float64Array, fitted: Float64Array): void {
    for (const [page, assets] of ASSETS) {
      const from = this.places.indexOf(PLACE_OF.get(page)!);
      for (const asset of assets) {
        const to = this.places.indexOf(PLACE_OF.get(asset)!);
        if (from < 0 || to < 0) continue;
        for (let r = 0; r < this.groups.length; r++) {
          weights[r * this.columns + to] = fitted[r * this.columns + from]! + 1e-6;
        }
      }
    }
  }

  /** No path but `/` may have more rows than a cohort's published top. */
  private settleTooLarge(fitted: Float64Array): boolean {
    const { columns, settled } = this;
    let any = false;
    this.most.forEach((most, r) => {
      const limit = Math.min(most * LEAD, most - 2);
      // Of a handful of rows no path stands out.
      if (most < 5 || limit === Number.POSITIVE_INFINITY) return;
      for (let cell = r * columns; cell < (r + 1) * columns; cell++) {
        if (settled[cell]! >= 0 || fitted[cell]! <= limit) continue;
        settled[cell] = Math.floor(limit);
        any = true;
      }
    });
    return any;
  }

  /** Which cells have rows at all: as many of a group's largest as it has different paths. */
  private chooseSupport(fitted: Float64Array): Uint8Array {
    const { columns } = this;
    const support = new Uint8Array(fitted.length);
    const room = this.columnTotals.slice();
    const wanted = this.groups.map((g) => {
      const reading = COHORT_READING.find(({ cohortId }) => cohortId === GROUPS[g]!.cohortId);
      return reading ? reading.distinctPaths : columns;
    });
    const choose = (cell: number) => {
      if (support[cell]) return;
      support[cell] = 1;
      wanted[Math.floor(cell / columns)]!--;
      room[cell % columns]! -= Math.max(1, this.settled[cell]!);
    };
    this.settled.forEach((rows, cell) => {
      if (rows > 0) choose(cell);
    });
    for (const row of PUBLISHED_ROWS) {
      const { path } = row;
      const r = this.groups.indexOf(groupOfRow(row));
      if (path !== null && r >= 0) choose(r * columns + this.places.indexOf(PLACE_OF.get(path)!));
    }
    const open = (cell: number) =>
      !support[cell] &&
      this.settled[cell]! < 0 &&
      wanted[Math.floor(cell / columns)]! > 0 &&
      room[cell % columns]! > 0;
    // Every path has a cell that is not settled, unless its settled ones hold all its rows.
    for (let c = 0; c < columns; c++) {
      let best = -1;
      let taken = false;
      for (let cell = c; cell < fitted.length; cell += columns) {
        if (support[cell] && this.settled[cell]! < 0) taken = true;
        if (open(cell) && (best < 0 || fitted[cell]! > fitted[best]!)) best = cell;
      }
      if (!taken && best >= 0) choose(best);
    }
    const order = Array.from(fitted.keys()).filter(open);
    order.sort((a, b) => fitted[b]! - fitted[a]! || a - b);
    for (const cell of order) if (open(cell)) choose(cell);
    return support;
  }

  /** Whole rows: one for each chosen cell, the others in proportion. */
  private round(fitted: Float64Array, support: Uint8Array): Int32Array {
    const isOpen = (cell: number) => support[cell] === 1 && this.settled[cell]! < 0;
    const margins = this.openMargins();
    const weights = fitted.map((rows, cell) => {
      if (!isOpen(cell)) return 0;
      margins.rowTotals[Math.floor(cell / this.columns)]!--;
      margins.columnTotals[cell % this.columns]!--;
      return Math.max(rows - 1, 0.001);
    });
    const more = fitTable(weights, margins);
    return more.map((rows, cell) => (isOpen(cell) ? rows + 1 : Math.max(0, this.settled[cell]!)));
  }
}

/** Habits of a group over its days up to `until`, in class and after it as the rows are. */
function habitsOf(group: Group, until = DAY_ROWS.length): Float64Array {
  const sums = new Float64Array(HABITS.length);
  const share = (from: number, to: number, rows: number) => {
    if (to <= from || rows <= 0) return;
    let all = 0;
    for (let day = from; day < to; day++) all += DAY_ROWS[day]!;
    for (let day = from; day < Math.min(to, until); day++) {
      const weight = (rows * DAY_ROWS[day]!) / all;
      const habits = habitsOn(group, day);
      for (let h = 0; h < sums.length; h++) sums[h]! += habits[h]! * weight;
    }
  };
  const end = Math.min(Math.max(group.endDay, group.firstDay), DAY_ROWS.length);
  share(group.firstDay, end, group.rows - group.rowsAfterEnd);
  share(end, DAY_ROWS.length, group.rowsAfterEnd);
  return sums.map((sum) => sum / group.rows);
}

/** Those who are as Ada hardly read the Java course, those who are as Io no data science. */
function closeness({ programId, name }: Group, place: number): number {
  if (programId !== 0) return 1;
  const { course } = TOPIC_OF[place]!;
  if (name === "as Ada") return course === "java" || course === "old" ? 0.15 : 1;
  return isDataScience(place) ? 0.005 : 1;
}
