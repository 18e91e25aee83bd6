import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fitProportions } from "../../../../lib/acquire/sample/fit/fit-proportions";
import { fitTable } from "../../../../lib/acquire/sample/fit/fit-table";

/** The same method as `fitProportions`, written the slow and obvious way. */
function slowProportions(weights: number[], rowTotals: number[], columnTotals: number[]) {
  const width = columnTotals.length;
  let table = rowTotals.map((_, r) => columnTotals.map((_, c) => weights[r * width + c]!));
  for (let round = 0; round < 2_000; round++) {
    table = table.map((row, r) => {
      const sum = row.reduce((a, b) => a + b, 0);
      return row.map((cell) => (cell * rowTotals[r]!) / sum);
    });
    const sums = columnTotals.map((_, c) => table.reduce((sum, row) => sum + row[c]!, 0));
    table = table.map((row) => row.map((cell, c) => (cell * columnTotals[c]!) / sums[c]!));
  }
  return table.flat();
}

/** Whether any table exists: for every set of columns, the rows that may fill them must do. */
function someTableExists(weights: number[], rowTotals: number[], columnTotals: number[]) {
  const width = columnTotals.length;
  for (let set = 1; set < 1 << width; set++) {
    const chosen = columnTotals.map((_, c) => (set >> c) & 1);
    const need = columnTotals.reduce((sum, total, c) => sum + total * chosen[c]!, 0);
    const have = rowTotals.reduce((sum, total, r) => {
      return sum + (chosen.some((on, c) => on && weights[r * width + c]! > 0) ? total : 0);
    }, 0);
    if (need > have) return false;
  }
  return true;
}

function sums(table: Int32Array, rows: number, columns: number) {
  const rowSums = new Array(rows).fill(0);
  const columnSums = new Array(columns).fill(0);
  table.forEach((cell, i) => {
    rowSums[Math.floor(i / columns)] += cell;
    columnSums[i % columns] += cell;
  });
  return { rowSums, columnSums };
}

/** Weights with empty cells, and margins of one total, that may or may not fit together. */
const problems = fc
  .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }))
  .chain(([rows, columns]) =>
    fc.record({
      weights: fc.array(fc.constantFrom(0, 0, 1, 3, 0.2), {
        minLength: rows * columns,
        maxLength: rows * columns,
      }),
      rowTotals: fc.array(fc.nat(9), { minLength: rows, maxLength: rows }),
      cuts: fc.array(fc.nat(1_000), { minLength: columns - 1, maxLength: columns - 1 }),
    }),
  )
  .map(({ weights, rowTotals, cuts }) => {
    const total = rowTotals.reduce((a, b) => a + b, 0);
    const at = cuts.map((cut) => cut % (total + 1)).sort((a, b) => a - b);
    const columnTotals = [...at, total].map((end, i) => end - (at[i - 1] ?? 0));
    return { weights, rowTotals, columnTotals };
  });

describe("fitTable", () => {
  it("finds the only table there is", () => {
    const table = fitTable([1, 1, 0, 1], { rowTotals: [3, 2], columnTotals: [1, 4] });
    expect([...table]).toEqual([1, 2, 0, 2]);
  });

  it("leaves a table that already has the sums as it is", () => {
    const cells = [4, 0, 7, 1, 9, 2, 0, 3, 5];
    const margins = { rowTotals: [11, 12, 8], columnTotals: [5, 12, 14] };
    expect([...fitTable(cells, margins)]).toEqual(cells);
  });

  it("meets both margins and keeps empty cells empty wherever a table exists, and throws where none does", () => {
    let [found, refused] = [0, 0];
    fc.assert(
      fc.property(problems, ({ weights, rowTotals, columnTotals }) => {
        const solve = () => fitTable(weights, { rowTotals, columnTotals });
        if (!someTableExists(weights, rowTotals, columnTotals)) {
          refused++;
          expect(solve).toThrow(RangeError);
          return;
        }
        found++;
        const table = solve();
        expect(sums(table, rowTotals.length, columnTotals.length)).toEqual({
          rowSums: rowTotals,
          columnSums: columnTotals,
        });
        table.forEach((cell, i) => {
          expect(cell).toBeGreaterThanOrEqual(0);
          if (weights[i] === 0) expect(cell).toBe(0);
        });
      }),
      { numRuns: 3_000, seed: 1 },
    );
    expect(found).toBeGreaterThan(300);
    expect(refused).toBeGreaterThan(300);
  });

  it("stays near the proportions", () => {
    // Rows 1:2 and columns 1:1:2 independent of each other: the cells are known by hand.
    const margins = { rowTotals: [100, 200], columnTotals: [75, 75, 150] };
    expect([...fitTable([1, 1, 1, 1, 1, 1], margins)]).toEqual([25, 25, 50, 50, 50, 100]);
  });

  it("moves units over rows between when no row can give straight to another", () => {
    // Weights so uneven that the proportions never settle; found by search: without the
    // rows between, no way is found from a row with too much to one with too little.
    const weights = [
      [1e7, 1e-7, 0, 1e-7, 1],
      [0, 1, 0, 1e-7, 0],
      [1e-7, 1, 0, 1, 0],
      [0, 0, 0, 1, 0],
      [1, 0, 1e7, 1e-7, 1e7],
    ];
    const [rowTotals, columnTotals] = [
      [10, 17, 4, 0, 9],
      [9, 10, 4, 10, 7],
    ];
    const table = fitTable(weights.flat(), { rowTotals, columnTotals });
    expect(sums(table, 5, 5)).toEqual({ rowSums: rowTotals, columnSums: columnTotals });
  });

  it("names the columns and rows that cannot be reconciled", () => {
    // Columns 0 and 1 hold 9, and only rows 0 and 1, with 6, may fill them.
    const weights = [1, 1, 0, 1, 1, 1, 0, 0, 1];
    const margins = { rowTotals: [2, 4, 5], columnTotals: [4, 5, 2] };
    expect(() => fitTable(weights, margins)).toThrow(
      "columns 0, 1 need 9, and the only rows that may fill them, 0, 1, have 6",
    );
  });

  it("names a column whose cells must all stay empty", () => {
    expect(() => fitTable([1, 0], { rowTotals: [3], columnTotals: [2, 1] })).toThrow(
      "cannot place 1 in column 1",
    );
  });

  it("refuses margins that are no margins", () => {
    const solve = (rowTotals: number[], columnTotals: number[], weights = [1, 1]) => {
      return () => fitTable(weights, { rowTotals, columnTotals });
    };
    expect(solve([3], [1, 1])).toThrow("rows of 3 and columns of 2");
    expect(solve([3], [1.5, 1.5])).toThrow("got 1.5 for column 0");
    expect(solve([-1], [0, -1])).toThrow("got -1 for row 0");
    expect(solve([2], [1, 1], [1])).toThrow("1 x 2 = 2 weights, got 1");
    expect(solve([2], [1, 1], [1, Number.NaN])).toThrow("got NaN at 1");
  });
});

describe("fitProportions", () => {
  it("agrees with the slow, obvious way", () => {
    const weights = [1, 5, 2, 4, 1, 3, 0, 2, 6, 1, 1, 1];
    const rowTotals = [10, 20, 30];
    const columnTotals = [12, 18, 9, 21];
    const slow = slowProportions(weights, rowTotals, columnTotals);
    const fast = fitProportions(
      weights,
      { rowTotals, columnTotals },
      { tolerance: 0, maxRounds: 2_000 },
    );
    fast.forEach((cell, i) => {
      expect(cell).toBeCloseTo(slow[i]!, 9);
    });
  });
});
