import { PATHS } from "../calibration/paths";
import {
  DATA_SCIENCE_ASIDE_AFTER,
  LATER_CROSS_READING,
  PERIOD_PATH_ROWS,
  type Period,
  type Readers,
} from "../calibration/period-paths";
import { PUBLISHED_ROWS } from "../calibration/published-rows";
import { isoDay } from "../days/log-days";
import { BUCKET_STARTS, wholeParts } from "../days/parts";
import { balanceSums } from "../fit/balance-sums";
import { fitTable } from "../fit/fit-table";
import { GROUPS, type Group, groupOfRow, STAFF } from "../groups";
import { CROSS_READING_ENDS, isCrossReading } from "./cross-reading";
import { type Portion, pathPortions, portionOf } from "./path-portions";
import { wholePathTable } from "./path-table";
import { forEachCell, type KnownSum, type PortionTable, portionTable, rake } from "./portion-table";
import { HABIT_OF } from "./reading-habits";
import { settleSeldomRead } from "./seldom-read";

/** Rows by path of the parts of the whole log. */
interface PartPaths {
  /** Parts by paths, row after row. */
  all: Int32Array;
  /** The same, of those days alone that are their cohort's end date. */
  onEndDay: Int32Array;
}

const YEAR_2019 = BUCKET_STARTS.indexOf(isoDay("2019-01-01"));
const [JAVA, DATA_SCIENCE] = [2, 3];
const ROUNDS = 24;

let known: PartPaths | undefined;

/**
 * How many rows of the whole log each part has on each path, whatever the seed: each
 * group's parts sum to its row of `wholePathTable()`, each part to its rows that have a
 * path, and over the groups every published sum of a path over a period is met, as are
 * the different paths of the earlier version of the log and of the time after graduation.
 * Between them, the layouts of the time and the progress of class decide.
 *
 * @returns parts by paths, row after row, as in `wholeParts()` and `PATHS`; not to be changed
 */
export function wholePartPaths(): Int32Array {
  return divide().all;
}

/**
 * What of `wholePartPaths()` lies on the cohort's end date, the first day of its time
 * after class by timestamp and its last in class by date.
 *
 * @returns the same shape; empty rows for parts that hold no end date
 */
export function wholeEndDayPaths(): Int32Array {
  return divide().onEndDay;
}

function divide(): PartPaths {
  if (known) return known;
  const table = portionTable(pathPortions(), wholePathTable(), weightOf);
  keepPublishedRows(table);
  const sums = knownSums(table);
  rake(table, sums, ROUNDS);
  settleSeldomRead(table);
  const cells = round(table);
  balanceSums(cells, table, sums);
  known = byPart(table, cells);
  return known;
}

/** What a row of the portion is on a path, in proportion; 0 where it cannot be. */
function weightOf(portion: Portion, place: number): number {
  return isPossible(portion, place) ? portion.habits[HABIT_OF[place]!]! : 0;
}

/** The other program's lessons are read before 2020, but for three published rows. */
function isPossible({ group: g, after, bucket }: Portion, place: number): boolean {
  const group = GROUPS[g]!;
  const before = BUCKET_STARTS[bucket]! < CROSS_READING_ENDS;
  if (before && place !== STAFF_PAGE) return true;
  if (!isCrossReading(group, place)) return true;
  if (place === STAFF_PAGE) return !before;
  return LATER_CROSS_READING.some(
    (row) =>
      row.cohortId === group.cohortId && row.path === PATHS[place]!.path && row.after === after,
  );
}

/** A page of 2020 of which all but one of the program's rows are Staff's. */
const STAFF_PAGE = PATHS.findIndex(({ path }) => path === "classification/overview");

/** Keeps rows that are known word for word in the portion of their day. */
function keepPublishedRows({ portions, blocks, least }: PortionTable): void {
  for (const row of PUBLISHED_ROWS) {
    const { path, day } = row;
    if (path === null) continue;
    const group = groupOfRow(row);
    const portion = portionOf(portions, group, day);
    const block = blocks.find((candidate) => candidate.group === group)!;
    const column = block.places.findIndex((place) => PATHS[place]!.path === path);
    least[block.first + block.portions.indexOf(portion) * block.places.length + column]!++;
  }
}

const isRead = (readers: Readers, { programId, cohortId }: Group): boolean => {
  if (readers === "java") return programId === JAVA;
  if (readers === "java without Staff") return programId === JAVA && cohortId !== STAFF;
  if (readers === "data science") return programId === DATA_SCIENCE;
  return programId === JAVA || programId === DATA_SCIENCE;
};

const isIn = (period: Period, { after, onEndDay, bucket }: Portion): boolean => {
  if (period === "2019") return bucket === YEAR_2019;
  return after && !(period === "days after" && onEndDay);
};

function knownSums({ portions, blocks }: PortionTable): KnownSum[] {
  const cellsOf = (
    readers: Readers,
    period: Period,
    counts: (path: string) => boolean,
  ): number[] => {
    const cells: number[] = [];
    for (const { group, portions: own, places, first } of blocks) {
      if (!isRead(readers, GROUPS[group]!)) continue;
      const columns = Array.from(places.keys()).filter((c) => counts(PATHS[places[c]!]!.path));
      own.forEach((p, i) => {
        if (!isIn(period, portions[p]!)) return;
        for (const c of columns) cells.push(first + i * places.length + c);
      });
    }
    return cells;
  };
  return [
    ...PERIOD_PATH_ROWS.map(({ readers, period, path, rows }) => {
      const cells = cellsOf(readers, period, (read) => read === path);
      return { what: `${readers} ${period} ${path}`, cells, rows };
    }),
    {
      what: "data science aside from lessons",
      cells: cellsOf("data science", "days after", DATA_SCIENCE_ASIDE_AFTER.isAside),
      rows: DATA_SCIENCE_ASIDE_AFTER.rows,
    },
  ];
}

/** Whole rows, group by group: those reserved, the others as wanted. */
function round({ portions, blocks, wanted, least, open }: PortionTable): Int32Array {
  const cells = new Int32Array(wanted.length);
  for (const block of blocks) {
    const rowTotals = block.portions.map((p) => portions[p]!.rows);
    const columnTotals = block.columnTotals.slice();
    const weights = new Float64Array(rowTotals.length * columnTotals.length);
    forEachCell(block, (cell, _, __, column) => {
      const i = cell - block.first;
      rowTotals[Math.floor(i / columnTotals.length)]! -= least[cell]!;
      columnTotals[column]! -= least[cell]!;
      weights[i] = open[cell] ? Math.max(wanted[cell]! - least[cell]!, 1e-4) : 0;
    });
    const more = fitTable(weights, { rowTotals, columnTotals }, { maxRounds: 12 });
    for (let i = 0; i < more.length; i++) {
      cells[block.first + i] = more[i]! + least[block.first + i]!;
    }
  }
  return cells;
}

function byPart({ portions, blocks }: PortionTable, cells: Int32Array): PartPaths {
  const size = wholeParts().length * PATHS.length;
  const paths = { all: new Int32Array(size), onEndDay: new Int32Array(size) };
  for (const block of blocks) {
    forEachCell(block, (cell, p, place) => {
      const { part, onEndDay } = portions[p]!;
      paths.all[part * PATHS.length + place]! += cells[cell]!;
      if (onEndDay) paths.onEndDay[part * PATHS.length + place]! += cells[cell]!;
    });
  }
  return paths;
}
