import type pl from "nodejs-polars";
import { formatCount } from "../words/format-words";
import { type Figure, type FigureOptions, figureOf, listed } from "./figure";
import { figureText } from "./figure-text";
import { inPanels, panelsAndLegend } from "./panels";
import { grouped, inOrder, listOf, rowsOf, sumOf } from "./rows";
import { lines, seriesMark } from "./traces";

/**
 * How much is found the more there is of it: the share of stories found by level, in a panel per
 * kind, a line per detector.
 * @param recall `detector`, `kind`, `level`, `stories`, `stories_found`, as `scoreDetectors` gives;
 *   rows of one point are added up, those without a level left out
 */
export function recallCurvesFigure(recall: pl.DataFrame, { title }: FigureOptions): Figure {
  const columns = ["detector", "kind", "level", "stories", "stories_found"] as const;
  const rows = rowsOf("recallCurvesFigure", recall, columns).filter(({ level }) => level !== null);
  const detectors = [...new Set(listOf(rows, "detector"))];
  const panels = grouped(rows, ({ kind }) => kind).map(([kind, own]) => {
    const traces = grouped(own, ({ detector }) => detector).map(([detector, points]) => {
      const levels = grouped(inOrder(points, "level"), ({ level }) => level).map(
        ([level, some]) => {
          const [stories, found] = [
            sumOf(listOf(some, "stories")),
            sumOf(listOf(some, "stories_found")),
          ];
          return {
            level,
            share: stories > 0 ? found / stories : null,
            told: `${found} of ${stories}`,
          };
        },
      );
      return lines({
        ...{ mode: "lines+markers", name: figureText(detector) },
        ...seriesMark(detectors.indexOf(detector)),
        ...{ x: listOf(levels, "level"), y: listOf(levels, "share") },
        ...{
          customdata: listOf(levels, "told"),
          hover: "%{x}: %{customdata} found<extra>%{fullData.name}</extra>",
        },
      });
    });
    const levels = [...new Set(listOf(own, "level"))].sort((a, b) => a - b);
    const heading = `<b>${figureText(kind)}</b>`;
    return { heading, traces, words: `${figureText(kind)} at ${levels.join(", ")}` };
  });
  const layout = panelsAndLegend({
    ...{ headings: listOf(panels, "heading"), columns: 2 },
    axes: () => ({
      x: { title: { text: "pages, or accounts that share them" }, rangemode: "tozero", nticks: 6 },
      y: {
        title: { text: "found" },
        tickvals: [0, 0.5, 1],
        tickformat: ".0%",
        range: [-0.06, 1.06],
      },
    }),
  });
  const what = `Share of stories found by ${formatCount(detectors.length)} detectors, in a panel per kind; levels`;
  const described = listed("curves", what, listOf(panels, "words"));
  return figureOf(title, inPanels(panels), { ...layout, showlegend: true }, described);
}
