import type pl from "nodejs-polars";
import { requireColumns } from "../log/require-columns";
import { formatCount } from "../words/format-words";
import { logCountAxis } from "./count-axis";
import type { Figure } from "./figure";
import type { FigureOptions } from "./figure-options";
import { figureText } from "./figure-text";
import { distinctOf, numbersOf, plainValues } from "./plain-values";
import { seriesMark } from "./series-mark";
import { PROGRAM_COLORS } from "./theme";

/**
 * How long graduates come back: page views by months after the end of their
 * course, a line per program in the program's color. On a logarithmic scale,
 * with 0 below 1: the first month has a hundred times what later ones have.
 *
 * @param pagesAfterEnd `program` (String), `months_after_end` (Int64, 0 for the
 *   first month), `pages` (Int64): a row per program and month
 * @throws {Error} if a column is missing or of another type
 */
export function monthsAfterEndFigure(
  pagesAfterEnd: pl.DataFrame,
  { title }: FigureOptions,
): Figure {
  requireColumns("monthsAfterEndFigure", pagesAfterEnd, "program", "months_after_end", "pages");
  const sorted = pagesAfterEnd.sort(["program", "months_after_end"]);
  const owner = plainValues(sorted, "program") as (string | null)[];
  const months = numbersOf(sorted, "months_after_end") as number[];
  const pages = numbersOf(sorted, "pages").map((count) => count ?? 0);
  const programs = distinctOf(sorted, "program") as (string | null)[];
  const { axis, place } = logCountAxis(pages, "page views per month (log scale)");
  const words: string[] = [];
  const data = programs.map((program, i): Figure["data"][number] => {
    const rows = [...owner.keys()].filter((row) => owner[row] === program);
    const total = rows.reduce((sum, row) => sum + pages[row]!, 0);
    const last = rows.filter((row) => pages[row]! > 0).at(-1);
    const until = last === undefined ? "" : `, the last in month ${months[last]}`;
    words.push(`${figureText(program)} ${formatCount(total)}${until}`);
    return {
      type: "scatter",
      mode: "lines+markers",
      name: figureText(program),
      ...seriesMark(i, PROGRAM_COLORS[String(program)]),
      x: rows.map((row) => months[row]!),
      y: rows.map((row) => place(pages[row]!)),
      customdata: rows.map((row) => pages[row]!),
      hovertemplate: "month %{x}: %{customdata:,} page views<extra>%{fullData.name}</extra>",
    };
  });
  return {
    data,
    layout: {
      title: { text: title },
      xaxis: { title: { text: "months after the end of the course" } },
      yaxis: axis,
      showlegend: true,
    },
    description:
      words.length === 0
        ? "No page views to show."
        : `Page views after the end of the course: ${words.join("; ")}.`,
  };
}
