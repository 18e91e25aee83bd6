/** A table of numbers, row after row, with the sums that it should have. */
export interface TableMargins {
  rowTotals: ArrayLike<number>;
  columnTotals: ArrayLike<number>;
}

/**
 * [Iterative proportional fitting](https://en.wikipedia.org/wiki/Iterative_proportional_fitting):
 * scales rows and columns in turn until their sums are the wanted ones, keeping the cells
 * in proportion otherwise. A cell of 0 stays 0.
 *
 * Where the zeros leave no exact fit, the result is the last try: columns right, rows as
 * near as they came.
 *
 * @param weights rows times columns numbers of 0 or more
 * @returns a table of the same shape
 */
export function fitProportions(
  weights: ArrayLike<number>,
  { rowTotals, columnTotals }: TableMargins,
  { tolerance = 1e-9, maxRounds = 300 } = {},
): Float64Array {
  const rows = rowTotals.length;
  const columns = columnTotals.length;
  const table = Float64Array.from(weights);
  const columnSums = new Float64Array(columns);
  // What columns are still to be scaled by: done as rows are next summed, to save a pass.
  const columnFactors = new Float64Array(columns).fill(1);
  for (let round = 0; round < maxRounds; round++) {
    let worst = 0;
    columnSums.fill(0);
    for (let r = 0; r < rows; r++) {
      const start = r * columns;
      let sum = 0;
      for (let c = 0; c < columns; c++) {
        const cell = table[start + c]! * columnFactors[c]!;
        table[start + c] = cell;
        sum += cell;
      }
      const off = Math.abs(sum - rowTotals[r]!);
      if (off > worst) worst = off;
      const factor = sum > 0 ? rowTotals[r]! / sum : 0;
      for (let c = 0; c < columns; c++) {
        const cell = table[start + c]! * factor;
        table[start + c] = cell;
        columnSums[c]! += cell;
      }
    }
    for (let c = 0; c < columns; c++) {
      columnFactors[c] = columnSums[c]! > 0 ? columnTotals[c]! / columnSums[c]! : 0;
    }
    if (round > 0 && worst < tolerance) break;
  }
  for (let r = 0; r < rows; r++) {
    const start = r * columns;
    for (let c = 0; c < columns; c++) table[start + c]! *= columnFactors[c]!;
  }
  return table;
}
