import type pl from "nodejs-polars";
import { requireColumns } from "../log/require-columns";
import { barsFigure } from "./bars-figure";
import type { Figure } from "./figure";
import type { FigureOptions } from "./figure-options";
import { numbersOf, plainValues } from "./plain-values";

/**
 * How many rows hold each value: a bar each, rows without a value as "none".
 *
 * @param counts what `valueCounts` gives
 * @throws {Error} if `rows` is missing or of another type
 */
export function valueCountsFigure(counts: pl.DataFrame, { title }: FigureOptions): Figure {
  requireColumns("valueCountsFigure", counts, { rows: "number" });
  const [column] = counts.columns.filter((name) => name !== "rows");
  if (column === undefined) {
    throw new Error("valueCountsFigure needs a column of values beside rows; the frame has none");
  }
  const values = plainValues(counts, column);
  const bars = numbersOf(counts, "rows").map((count, row) => ({
    label: String(values[row] ?? "none"),
    count: count ?? 0,
  }));
  return barsFigure(bars, { title, unit: "rows" });
}
