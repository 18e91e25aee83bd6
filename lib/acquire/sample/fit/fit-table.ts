import { fitProportions, type TableMargins } from "./fit-proportions";

/**
 * A table of whole numbers with exactly the wanted row and column sums, near to the
 * proportions of `weights`.
 *
 * Three steps: fit the proportions; round them column by column, handing each row's
 * rounding error on to the next column, so that columns are exact and rows nearly; then
 * move single units along paths of rows until the rows are exact too. A move keeps the
 * column's sum, so both hold at the end by construction. If no path is left for a row
 * that has too much, the rows within its reach are alone able to fill certain columns
 * and their totals are too small for them: no table exists, and the error says so.
 *
 * Pure: the same numbers on every platform (only + - * / on doubles).
 *
 * @param weights rows times columns numbers of 0 or more, row after row; 0 means that
 *   the cell must stay empty
 * @param margins whole row and column sums of 0 or more, with the same total
 * @param options.maxRounds rounds of fitting at most; fewer are faster and stray further
 *   from the proportions, never from the sums
 * @returns the cells, row after row
 * @throws {RangeError} if the sums are no whole numbers, have different totals, or
 *   cannot be met with the empty cells
 * @example
 * fitTable([1, 1, 0, 1], { rowTotals: [3, 2], columnTotals: [1, 4] }); // 1 2 / 0 2
 */
export function fitTable(
  weights: ArrayLike<number>,
  margins: TableMargins,
  { maxRounds = 300 } = {},
): Int32Array {
  checkMargins(weights, margins);
  const fitted = fitProportions(weights, margins, { tolerance: 1e-6, maxRounds });
  const table = roundByColumn(fitted, weights, margins);
  repairRows(table, fitted, weights, margins);
  return table;
}

function checkMargins(weights: ArrayLike<number>, { rowTotals, columnTotals }: TableMargins) {
  const cells = rowTotals.length * columnTotals.length;
  if (weights.length !== cells) {
    throw new RangeError(
      `fitTable needs ${rowTotals.length} x ${columnTotals.length} = ${cells} weights, got ${weights.length}`,
    );
  }
  for (let i = 0; i < cells; i++) {
    if (!(weights[i]! >= 0 && weights[i]! < Number.POSITIVE_INFINITY)) {
      throw new RangeError(`fitTable needs weights of 0 or more, got ${weights[i]} at ${i}`);
    }
  }
  const [rowSum, columnSum] = [total("row", rowTotals), total("column", columnTotals)];
  if (rowSum !== columnSum) {
    throw new RangeError(
      `fitTable needs rows and columns of one total, got rows of ${rowSum} and columns of ${columnSum}`,
    );
  }
}

function total(what: string, totals: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < totals.length; i++) {
    if (!Number.isInteger(totals[i]) || totals[i]! < 0) {
      throw new RangeError(
        `fitTable needs whole ${what} totals of 0 or more, got ${totals[i]} for ${what} ${i}`,
      );
    }
    sum += totals[i]!;
  }
  return sum;
}

/** Whole cells with exact column sums; what a row lost by rounding is added to its next cells. */
function roundByColumn(
  fitted: Float64Array,
  weights: ArrayLike<number>,
  { rowTotals, columnTotals }: TableMargins,
): Int32Array {
  const rows = rowTotals.length;
  const columns = columnTotals.length;
  const table = new Int32Array(rows * columns);
  const carried = new Float64Array(rows);
  for (let c = 0; c < columns; c++) {
    const open: { row: number; rest: number }[] = [];
    let left = columnTotals[c]!;
    for (let r = 0; r < rows; r++) {
      const cell = r * columns + c;
      carried[r]! += fitted[cell]!;
      if (!(weights[cell]! > 0)) continue;
      const whole = Math.max(0, Math.floor(carried[r]!));
      table[cell] = whole;
      left -= whole;
      open.push({ row: r, rest: carried[r]! - whole });
    }
    if (left > 0 && open.length === 0) {
      throw new RangeError(
        `fitTable cannot place ${left} in column ${c}: all of its cells must stay empty`,
      );
    }
    const step = left > 0 ? 1 : -1;
    const each = left > 0 ? Math.floor(left / open.length) : 0;
    for (const { row } of open) table[row * columns + c]! += each;
    left -= each * open.length;
    // One each to those with most rest, or back from those with least.
    open.sort((a, b) => (b.rest - a.rest) * step || a.row - b.row);
    for (let i = 0; left !== 0; i = (i + 1) % open.length) {
      const cell = open[i]!.row * columns + c;
      if (step < 0 && table[cell] === 0) continue;
      table[cell]! += step;
      left -= step;
    }
    for (const { row } of open) carried[row]! -= table[row * columns + c]!;
  }
  return table;
}

/**
 * Moves units from rows with too much to rows with too little, within columns, over as
 * many rows between as it takes. Changes `table`.
 */
function repairRows(
  table: Int32Array,
  fitted: Float64Array,
  weights: ArrayLike<number>,
  { rowTotals, columnTotals }: TableMargins,
): void {
  const rows = rowTotals.length;
  const columns = columnTotals.length;
  const surplus = new Int32Array(rows);
  for (let r = 0; r < rows; r++) {
    surplus[r] = -rowTotals[r]!;
    for (let c = 0; c < columns; c++) surplus[r]! += table[r * columns + c]!;
  }
  /** The column where a unit is best moved from one row to another, or -1. */
  const bestColumn = (from: number, to: number): number => {
    let best = -1;
    let bestGain = Number.NEGATIVE_INFINITY;
    for (let c = 0; c < columns; c++) {
      const a = from * columns + c;
      const b = to * columns + c;
      if (table[a] === 0 || !(weights[b]! > 0)) continue;
      const gain = table[a]! - fitted[a]! - (table[b]! - fitted[b]!);
      if (gain > bestGain) {
        best = c;
        bestGain = gain;
      }
    }
    return best;
  };
  for (let start = 0; start < rows; start++) {
    while (surplus[start]! > 0) {
      const path = findPath(start, rows, (row) => surplus[row]! < 0, bestColumn);
      if (path.length === 0) throw tooSmall(start, table, weights, { rowTotals, columnTotals });
      for (const { from, to, column } of path) {
        table[from * columns + column]!--;
        table[to * columns + column]!++;
      }
      surplus[start]!--;
      surplus[path[path.length - 1]!.to]!++;
    }
  }
}

interface Move {
  from: number;
  to: number;
  column: number;
}

/** Shortest chain of moves from a row to one that wants more (breadth first); empty if none. */
function findPath(
  start: number,
  rows: number,
  wanted: (row: number) => boolean,
  column: (from: number, to: number) => number,
): Move[] {
  const cameBy = new Map<number, Move | undefined>([[start, undefined]]);
  const queue = [start];
  for (const from of queue) {
    for (let to = 0; to < rows; to++) {
      if (cameBy.has(to)) continue;
      const c = column(from, to);
      if (c < 0) continue;
      cameBy.set(to, { from, to, column: c });
      if (!wanted(to)) {
        queue.push(to);
        continue;
      }
      const path: Move[] = [];
      for (let move = cameBy.get(to); move; move = cameBy.get(move.from)) path.unshift(move);
      return path;
    }
  }
  return [];
}

/** Names the rows and columns that cannot be reconciled. */
function tooSmall(
  start: number,
  table: Int32Array,
  weights: ArrayLike<number>,
  { rowTotals, columnTotals }: TableMargins,
): RangeError {
  const rows = rowTotals.length;
  const columns = columnTotals.length;
  const reached = new Set([start]);
  const filled: number[] = [];
  for (const row of reached) {
    for (let c = 0; c < columns; c++) {
      if (table[row * columns + c] === 0) continue;
      if (!filled.includes(c)) filled.push(c);
      for (let r = 0; r < rows; r++) if (weights[r * columns + c]! > 0) reached.add(r);
    }
  }
  const need = filled.reduce((sum, c) => sum + columnTotals[c]!, 0);
  const have = [...reached].reduce((sum, r) => sum + rowTotals[r]!, 0);
  return new RangeError(
    `fitTable found no table: columns ${list(filled)} need ${need}, and the only rows that may ` +
      `fill them, ${list([...reached])}, have ${have}. Allow more cells (weights above 0) or change the totals.`,
  );
}

function list(numbers: number[]): string {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted.length > 8 ? `${sorted.slice(0, 8).join(", ")} ...` : sorted.join(", ");
}
