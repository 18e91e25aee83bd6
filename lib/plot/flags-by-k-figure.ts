import type pl from "nodejs-polars";
import { requireColumns } from "../log/require-columns";
import { formatCount } from "../words/format-words";
import { logCountAxis } from "./count-axis";
import type { Figure } from "./figure";
import type { FigureOptions } from "./figure-options";
import { numbersOf } from "./plain-values";
import { seriesMark } from "./series-mark";

/**
 * How many days each width of the bands flags, a line per span. The counts are
 * on a logarithmic scale, with 0 below 1: they fall by the thousand, down to
 * none where no day can be flagged any more.
 *
 * @param flagsByK `span`, `k`, `flags`, `users`: what `flagsByK` gives
 * @throws {Error} if a column is missing or of another type
 */
export function flagsByKFigure(flagsByK: pl.DataFrame, { title }: FigureOptions): Figure {
  requireColumns("flagsByKFigure", flagsByK, "span", "k", "flags", "users");
  const sorted = flagsByK.sort(["span", "k"]);
  const [spans, ks, flags, users] = ["span", "k", "flags", "users"].map((name) =>
    numbersOf(sorted, name),
  ) as [number[], number[], number[], number[]];
  const { axis, place } = logCountAxis(flags, "flagged days (log scale)");
  const all = [...new Set(spans)];
  const lines = all.map((span, i): Figure["data"][number] => {
    const rows = [...spans.keys()].filter((row) => spans[row] === span);
    return {
      type: "scatter",
      mode: "lines+markers",
      name: `span ${span}`,
      ...seriesMark(i),
      x: rows.map((row) => ks[row]!),
      y: rows.map((row) => place(flags[row]!)),
      customdata: rows.map((row) => [flags[row]!, users[row]!]),
      hovertemplate:
        "k %{x}: %{customdata[0]:,} flagged days of %{customdata[1]:,} users<extra>%{fullData.name}</extra>",
    };
  });
  return {
    data: lines,
    layout: {
      title: { text: title },
      xaxis: { title: { text: "k (standard deviations from midband to band)" } },
      yaxis: axis,
      showlegend: true,
    },
    description: describe(all, spans, ks, flags),
  };
}

function describe(all: number[], spans: number[], ks: number[], flags: number[]): string {
  if (all.length === 0) return "No flags to show.";
  const ends = all.map((span) => {
    const rows = [...spans.keys()].filter((row) => spans[row] === span);
    const [first, last] = [rows[0]!, rows.at(-1)!];
    return (
      `with a span of ${span}, ${formatCount(flags[first]!)} at k ${ks[first]} ` +
      `and ${formatCount(flags[last]!)} at k ${ks[last]}`
    );
  });
  return `Flagged days by the width of the bands: ${ends.join("; ")}.`;
}
