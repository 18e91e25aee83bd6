import type pl from "nodejs-polars";
import { SUSPICIONS } from "../detect/compare/suspects";
import { requireColumns } from "../log/require-columns";
import { formatCount } from "../words/format-words";
import { type Figure, type FigureOptions, figureOf } from "./figure";
import { figureText, labelsOf } from "./figure-text";
import { listOf, rowsOf } from "./rows";
import { COLORS, PROGRAM_COLORS } from "./theme";
import { bars } from "./traces";

/**
 * The most requested paths, as `topPaths` gives them: a bar each, named by group and path, in the
 * program's color where groups are programs.
 */
export function topPathsFigure(top: pl.DataFrame, { title }: FigureOptions): Figure {
  requireColumns("topPathsFigure", top, "path", { pages: "number" });
  const keys = top.columns.filter((name) => name !== "pages");
  const all = top.toRecords().map((row) => ({
    label: keys.map((name) => row[name] ?? "none").join(" · "),
    count: Number(row.pages ?? 0),
    color: PROGRAM_COLORS[String(row.program)],
  }));
  return barsFigure(title, "page views", all);
}

/** How many rows hold each value, as `valueCounts` gives them: a bar each, nulls as "none". */
export function valueCountsFigure(counts: pl.DataFrame, { title }: FigureOptions): Figure {
  requireColumns("valueCountsFigure", counts, { rows: "number" });
  const column = counts.columns.find((name) => name !== "rows");
  if (column === undefined) {
    throw new Error("valueCountsFigure needs a column of values beside rows; the frame has none");
  }
  const all = counts.toRecords().map((row) => ({
    label: String(row[column] ?? "none"),
    count: Number(row.rows ?? 0),
  }));
  return barsFigure(title, "rows", all);
}

/**
 * How many users and addresses are suspicious, a bar each by the gravest kind against them, as
 * `suspects` gives them; the gravest on top, users before addresses.
 */
export function suspectsFigure(suspects: pl.DataFrame, { title }: FigureOptions): Figure {
  const rows = rowsOf("suspectsFigure", suspects, ["kind", "what"]);
  const count = (kind: string, what: string) =>
    rows.filter((row) => row.kind === kind && row.what === what).length;
  const all = SUSPICIONS.flatMap((kind) => [
    { label: `${kind}: users`, count: count(kind, "user"), color: COLORS.usual },
    { label: `${kind}: addresses`, count: count(kind, "address"), color: COLORS.second },
  ]);
  const named = all.filter(({ count }) => count > 0);
  return barsFigure(title, "users or addresses", named);
}

type Bar = { label: string; count: number; color?: string };

const BARS_NAMED = 3;

/** Horizontal bars from zero, the first on top, each with its count of `unit`. */
function barsFigure(title: string, unit: string, all: readonly Bar[]): Figure {
  const longest = [...all].sort((a, b) => b.count - a.count).slice(0, BARS_NAMED);
  const named = longest.map(({ label, count }) => `${figureText(label)} ${formatCount(count)}`);
  const trace = bars({
    ...{ x: listOf(all, "count"), y: labelsOf(listOf(all, "label"), 60) },
    ...{ text: listOf(all, "count").map(formatCount), textposition: "auto" },
    marker: { color: all.map(({ color = COLORS.usual }) => color) },
    hover: `%{y}: %{x:,} ${unit}`,
  });
  const layout = {
    xaxis: { title: { text: unit }, rangemode: "tozero", tickformat: "," },
    yaxis: { type: "category", autorange: "reversed" },
    height: 140 + 26 * all.length,
    showlegend: false,
  };
  const words = `${formatCount(all.length)} bars of ${unit}; the longest: ${named.join(", ")}.`;
  return figureOf(title, [trace], layout, all.length === 0 ? "No bars to show." : words);
}
