import type pl from "nodejs-polars";
import { formatCount } from "../words/format-words";
import { logCountAxis } from "./axes";
import type { Figure, FigureOptions } from "./figure";
import { grouped, inOrder, rowsOf } from "./rows";
import { lines, seriesMark } from "./traces";

/**
 * How many days each width of the bands flags, a line per span. The counts are on a logarithmic
 * scale, with 0 below 1: they fall by the thousand, down to none where no day can be flagged any more.
 *
 * @param flagsByK `span`, `k`, `flags`, `users`: what `flagsByK` gives
 * @throws {Error} if a column is missing or of another type
 */
export function flagsByKFigure(flagsByK: pl.DataFrame, { title }: FigureOptions): Figure {
  const given = rowsOf("flagsByKFigure", flagsByK, ["span", "k", "flags", "users"]);
  const rows = inOrder(given, "span", "k");
  const spans = grouped(rows, ({ span }) => span);
  const counts = rows.map(({ flags }) => flags);
  const { axis, place } = logCountAxis(counts, "flagged days (log scale)");
  const words = spans.map(([span, own]) => {
    const [first, last] = [own[0]!, own.at(-1)!];
    return `with a span of ${span}, ${formatCount(first.flags)} at k ${first.k} and ${formatCount(last.flags)} at k ${last.k}`;
  });
  return {
    data: spans.map(([span, own], i) =>
      lines({
        mode: "lines+markers",
        name: `span ${span}`,
        ...seriesMark(i),
        x: own.map(({ k }) => k),
        y: own.map(({ flags }) => place(flags)),
        customdata: own.map(({ flags, users }) => [flags, users]),
        hover:
          "k %{x}: %{customdata[0]:,} flagged days of %{customdata[1]:,} users<extra>%{fullData.name}</extra>",
      }),
    ),
    layout: {
      title: { text: title },
      xaxis: { title: { text: "k (standard deviations from midband to band)" } },
      yaxis: axis,
      showlegend: true,
    },
    description:
      words.length === 0
        ? "No flags to show."
        : `Flagged days by the width of the bands: ${words.join("; ")}.`,
  };
}
