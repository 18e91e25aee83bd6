import type pl from "nodejs-polars";
import { requireColumns } from "../log/require-columns";
import { barsFigure } from "./bars-figure";
import type { Figure, FigureOptions } from "./figure";

/** How many rows hold each value, as `valueCounts` gives them: a bar each, nulls as "none". */
export function valueCountsFigure(counts: pl.DataFrame, { title }: FigureOptions): Figure {
  requireColumns("valueCountsFigure", counts, { rows: "number" });
  const column = counts.columns.find((name) => name !== "rows");
  if (column === undefined) {
    throw new Error("valueCountsFigure needs a column of values beside rows; the frame has none");
  }
  const bars = counts.toRecords().map((row) => ({
    label: String(row[column] ?? "none"),
    count: Number(row.rows ?? 0),
  }));
  return barsFigure(title, "rows", bars);
}
