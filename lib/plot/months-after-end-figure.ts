import type pl from "nodejs-polars";
import { formatCount } from "../words/format-words";
import { logCountAxis } from "./axes";
import { type Figure, type FigureOptions, figureOf, listed } from "./figure";
import { figureText } from "./figure-text";
import { grouped, inOrder, rowsOf } from "./rows";
import { PROGRAM_COLORS } from "./theme";
import { lines, seriesMark } from "./traces";

/**
 * Page views by months after the end of the course, a line per program, on a logarithmic scale with
 * 0 below 1.
 * @param after `program`, `months_after_end` (0 for the first month), `pages`
 */
export function monthsAfterEndFigure(after: pl.DataFrame, { title }: FigureOptions): Figure {
  const columns = ["program", "months_after_end", "pages"] as const;
  const given = rowsOf("monthsAfterEndFigure", after, columns);
  const rows = inOrder(given, "program", "months_after_end");
  const counts = rows.map(({ pages }) => pages);
  const { axis, place } = logCountAxis(counts, "page views per month (log scale)");
  const programs = grouped(rows, ({ program }) => program);
  const data = programs.map(([program, own], i) =>
    lines({
      mode: "lines+markers",
      name: figureText(program),
      ...seriesMark(i, PROGRAM_COLORS[program]),
      x: own.map((row) => row.months_after_end),
      y: own.map(({ pages }) => place(pages)),
      customdata: own.map(({ pages }) => pages),
      hover: "month %{x}: %{customdata:,} page views<extra>%{fullData.name}</extra>",
    }),
  );
  const words = programs.map(([program, own]) => {
    const total = own.reduce((sum, { pages }) => sum + pages, 0);
    const last = own.filter(({ pages }) => pages > 0).at(-1);
    const until = last ? `, the last in month ${last.months_after_end}` : "";
    return `${figureText(program)} ${formatCount(total)}${until}`;
  });
  const xaxis = { title: { text: "months after the end of the course" } };
  const described = listed("page views", "Page views after the end of the course", words);
  return figureOf(title, data, { xaxis, yaxis: axis, showlegend: true }, described);
}
