import type pl from "nodejs-polars";
import { requireInteger } from "../stats/require-option";
import { formatPercent } from "../words/format-words";
import { type Figure, type FigureOptions, figureOf, listed, type Trace } from "./figure";
import { figureText } from "./figure-text";
import { labelsOf } from "./labels";
import { inPanel, LEGEND_BELOW, namePanels } from "./panels";
import { grouped, inOrder, largestOf, type Row, rowsOf } from "./rows";
import { COLORS } from "./theme";
import { lines, points } from "./traces";

export interface GraduatesTopicsFigureOptions extends FigureOptions {
  /** The most read, per program. */
  topics?: number;
  /** Programs with fewer pages after the end are left out. */
  minPages?: number;
}

/**
 * What graduates read against what they read in class, from `graduatesReading` by topic or lesson:
 * a panel per program with the shares of both. Most pages after the end come first.
 */
export function graduatesTopicsFigure(
  reading: pl.DataFrame,
  { title, topics = 8, minPages = 100 }: GraduatesTopicsFigureOptions,
): Figure {
  requireInteger("graduatesTopicsFigure", { topics });
  const by = reading.columns.includes("lesson") ? "lesson" : "topic";
  const rows = rowsOf(
    "graduatesTopicsFigure",
    reading,
    ["program", by, "pages", "share", "share_in_class", "graduates_share"],
    { pages: "number" },
  );
  const byPages = inOrder(rows, by).sort((a, b) => b.pages - a.pages);
  const panels = grouped(inOrder(byPages, "program"), ({ program }) => program)
    .filter(([, own]) => own.reduce((sum, { pages }) => sum + pages, 0) >= minPages)
    .map(([program, own]) => ({
      heading: figureText(program),
      labels: labelsOf(own.slice(0, topics).map((row) => row[by])),
      rows: own.slice(0, topics),
    }));
  const shares = panels.flatMap(({ rows }) =>
    rows.flatMap((row) => [row.share, row.share_in_class]),
  );
  // To the next five percent, for a round last tick.
  const top = Math.min(1.05, (Math.floor(20 * largestOf(shares, 0.01)) + 1) / 20);
  const x = { range: [0, top], tickformat: ".0%", showgrid: true };
  const placed = namePanels(panels, {
    ...{ rowHeight: 24, room: 12, gapBelow: 72 },
    x: { ...x, title: "part of all pages of lessons" },
  });
  const words = panels.map(({ heading, labels, rows: [first] }) => {
    const { share, share_in_class: was } = first!;
    const before = was === null ? "" : ` (${formatPercent(was)} in class)`;
    return `${heading}: ${labels[0]} ${formatPercent(share)}${before}`;
  });
  const data = panels.flatMap(({ labels, rows }, index) => panelTraces(labels, rows, index));
  const height = placed.height + 10;
  const layout = { ...placed, height, ...LEGEND_BELOW, margin: { b: 86 }, showlegend: true };
  const what = "Each topic's part of the pages in class and after graduation. The most read";
  return figureOf(title, data, layout, listed("pages after graduation", what, words));
}

type Topic = Row<"share" | "share_in_class" | "graduates_share">;

function panelTraces(labels: string[], topics: Topic[], index: number): Trace[] {
  const place = { ...inPanel(index), showlegend: index === 0 };
  const ends = topics.map((row) =>
    row.share_in_class === null ? [] : [row.share_in_class, row.share, null],
  );
  return [
    lines({
      name: "difference",
      legendgroup: "difference",
      ...place,
      x: ends.flat(),
      y: ends.flatMap((pair, i) => pair.map(() => labels[i]!)),
      line: { color: COLORS.reference, width: 2 },
      connectgaps: false,
      showlegend: false,
    }),
    points({
      name: "in class",
      legendgroup: "in class",
      ...place,
      x: topics.map((row) => row.share_in_class),
      y: labels,
      marker: { color: COLORS.reference, symbol: "square", size: 8 },
      hover: "%{y}: %{x:.1%} of the pages in class",
    }),
    points({
      name: "after graduation",
      legendgroup: "after graduation",
      ...place,
      x: topics.map(({ share }) => share),
      y: labels,
      customdata: topics.map((row) => row.graduates_share),
      marker: { color: COLORS.usual, symbol: "circle", size: 10 },
      hover:
        "%{y}: %{x:.1%} of the pages after graduation, opened by %{customdata:.0%} of graduates who came back",
    }),
  ];
}
