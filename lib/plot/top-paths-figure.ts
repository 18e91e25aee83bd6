import type pl from "nodejs-polars";
import { requireColumns } from "../log/require-columns";
import { barsFigure } from "./bars-figure";
import type { Figure } from "./figure";
import type { FigureOptions } from "./figure-options";
import { numbersOf, plainValues } from "./plain-values";
import { PROGRAM_COLORS } from "./theme";

/**
 * The most requested paths, a bar each, named by group and path. Where the
 * groups are programs, each program has its color.
 *
 * @param top what `topPaths` gives
 * @throws {Error} if `path` or `pages` is missing or of another type
 */
export function topPathsFigure(top: pl.DataFrame, { title }: FigureOptions): Figure {
  requireColumns("topPathsFigure", top, "path", { pages: "number" });
  const keys = top.columns.filter((name) => name !== "pages");
  const labels = keys.map((name) => plainValues(top, name));
  const programs = top.columns.includes("program") ? plainValues(top, "program") : [];
  const bars = numbersOf(top, "pages").map((count, row) => ({
    label: labels.map((column) => column[row] ?? "none").join(" · "),
    count: count ?? 0,
    color: PROGRAM_COLORS[String(programs[row])],
  }));
  return barsFigure(bars, { title, unit: "page views" });
}
