import type pl from "nodejs-polars";
import { formatCount } from "../words/format-words";
import { logCountAxis } from "./axes";
import { type Figure, type FigureOptions, figureOf, listed } from "./figure";
import { grouped, inOrder, rowsOf } from "./rows";
import { lines, seriesMark } from "./traces";

/**
 * How many days each width of the bands flags, as `flagsByK` gives it: a line per span, on a
 * logarithmic scale with 0 below 1.
 */
export function flagsByKFigure(flagsByK: pl.DataFrame, { title }: FigureOptions): Figure {
  const given = rowsOf("flagsByKFigure", flagsByK, ["span", "k", "flags", "users"]);
  const rows = inOrder(given, "span", "k");
  const spans = grouped(rows, ({ span }) => span);
  const counts = rows.map(({ flags }) => flags);
  const { axis, place } = logCountAxis(counts, "flagged days (log scale)");
  const hover = "k %{x}: %{customdata[0]:,} flagged days of %{customdata[1]:,} users";
  const data = spans.map(([span, own], i) =>
    lines({
      mode: "lines+markers",
      name: `span ${span}`,
      ...seriesMark(i),
      x: own.map(({ k }) => k),
      y: own.map(({ flags }) => place(flags)),
      customdata: own.map(({ flags, users }) => [flags, users]),
      hover: `${hover}<extra>%{fullData.name}</extra>`,
    }),
  );
  const at = ({ flags, k }: { flags: number; k: number }) => `${formatCount(flags)} at k ${k}`;
  const words = spans.map(
    ([span, own]) => `with a span of ${span}, ${at(own[0]!)} and ${at(own.at(-1)!)}`,
  );
  const xaxis = { title: { text: "k (standard deviations from midband to band)" } };
  const described = listed("flags", "Flagged days by the width of the bands", words);
  return figureOf(title, data, { xaxis, yaxis: axis, showlegend: true }, described);
}
