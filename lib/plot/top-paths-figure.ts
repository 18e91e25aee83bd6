import type pl from "nodejs-polars";
import { requireColumns } from "../log/require-columns";
import { barsFigure } from "./bars-figure";
import type { Figure, FigureOptions } from "./figure";
import { PROGRAM_COLORS } from "./theme";

/**
 * The most requested paths, as `topPaths` gives them: a bar each, named by group and path, in the
 * program's color where groups are programs.
 */
export function topPathsFigure(top: pl.DataFrame, { title }: FigureOptions): Figure {
  requireColumns("topPathsFigure", top, "path", { pages: "number" });
  const keys = top.columns.filter((name) => name !== "pages");
  const bars = top.toRecords().map((row) => ({
    label: keys.map((name) => row[name] ?? "none").join(" · "),
    count: Number(row.pages ?? 0),
    color: PROGRAM_COLORS[String(row.program)],
  }));
  return barsFigure(title, "page views", bars);
}
