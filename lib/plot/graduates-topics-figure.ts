import type pl from "nodejs-polars";
import { requireColumns } from "../log/require-columns";
import { formatPercent } from "../words/format-words";
import { distinctLabels } from "./distinct-labels";
import type { Figure } from "./figure";
import type { FigureOptions } from "./figure-options";
import { figureText } from "./figure-text";
import { namePanels } from "./name-panels";
import { axisId } from "./panel-grid";
import { distinctOf, numbersOf, plainValues } from "./plain-values";
import { COLORS } from "./theme";

export interface GraduatesTopicsFigureOptions extends FigureOptions {
  /** Topics per program: those that its graduates read most. */
  topics?: number;
  /** A program with fewer pages after the end is left out: its parts are chance. */
  minPages?: number;
}

/**
 * What graduates read against what they read in class: a panel per program, and per topic its
 * part of the pages in class and of the pages after the end, joined by a line. Where a program's
 * classes lie before the log, only the second is there. The topic with most pages after the end comes first.
 *
 * @param reading what `graduatesReading` gives, by topic or by lesson
 * @throws {RangeError} if `topics` is not an integer above 0
 * @throws {Error} if a column is missing or of another type
 */
export function graduatesTopicsFigure(
  reading: pl.DataFrame,
  { title, topics = 8, minPages = 100 }: GraduatesTopicsFigureOptions,
): Figure {
  if (!(Number.isInteger(topics) && topics > 0)) {
    throw new RangeError(`graduatesTopicsFigure needs 1 topic or more, got ${topics}`);
  }
  const by = reading.columns.includes("lesson") ? "lesson" : "topic";
  requireColumns(
    "graduatesTopicsFigure",
    reading,
    "program",
    { [by]: "String", pages: "number" },
    "share",
    "share_in_class",
    "graduates_share",
  );
  const panels = panelsOf(reading, by, { topics, minPages });
  const highest = Math.max(
    0.01,
    ...panels.flatMap(({ after, inClass }) => [...after, ...inClass].map(Number)),
  );
  // To the next five percent, so that the last tick is a round one.
  const top = Math.min(1.05, (Math.floor(20 * highest) + 1) / 20);
  const placed = namePanels(panels, {
    height: (rows) => 24 * rows + 12,
    gapBelow: 72,
    x: {
      range: [0, top],
      tickformat: ".0%",
      showgrid: true,
      title: "part of all pages of lessons",
    },
  });
  return {
    data: panels.flatMap(panelTraces),
    layout: {
      title: { text: title },
      ...placed,
      height: placed.height + 10,
      legend: { y: 0, yref: "container", yanchor: "bottom" },
      margin: { b: 86 },
      showlegend: true,
    } as Figure["layout"],
    description: describe(panels),
  };
}

interface Panel {
  program: string;
  names: string[];
  labels: string[];
  after: number[];
  inClass: (number | null)[];
  graduates: number[];
}

function panelsOf(
  reading: pl.DataFrame,
  by: string,
  { topics, minPages }: { topics: number; minPages: number },
): Panel[] {
  const sorted = reading.sort(by).sort({ by: "pages", descending: true, maintainOrder: true });
  const programs = plainValues(sorted, "program") as string[];
  const names = plainValues(sorted, by) as string[];
  const pages = numbersOf(sorted, "pages").map((count) => count ?? 0);
  const [after, inClass, graduates] = ["share", "share_in_class", "graduates_share"].map((column) =>
    numbersOf(sorted, column),
  );
  return (distinctOf(sorted.sort("program"), "program") as string[]).flatMap((program) => {
    const all = [...programs.keys()].filter((row) => programs[row] === program);
    if (all.reduce((sum, row) => sum + pages[row]!, 0) < minPages) return [];
    const rows = all.slice(0, topics);
    const own = rows.map((row) => names[row]!);
    return {
      program,
      names: own,
      labels: distinctLabels(own.map((name) => figureText(name, { max: 30 }))),
      after: rows.map((row) => after![row] ?? 0),
      inClass: rows.map((row) => inClass![row] ?? null),
      graduates: rows.map((row) => graduates![row] ?? 0),
    };
  });
}

function panelTraces({ labels, after, inClass, graduates }: Panel, index: number): Figure["data"] {
  const axes = { xaxis: axisId("x", index), yaxis: axisId("y", index) };
  const joined = labels.flatMap((label, i) =>
    inClass[i] === null
      ? []
      : [
          [inClass[i], label],
          [after[i], label],
          [null, label],
        ],
  ) as [number | null, string][];
  const traces: Figure["data"] = [
    {
      type: "scatter",
      mode: "lines",
      name: "difference",
      x: joined.map(([x]) => x),
      y: joined.map(([, y]) => y),
      line: { color: COLORS.reference, width: 2 },
      connectgaps: false,
      hoverinfo: "skip",
      showlegend: false,
    },
    {
      type: "scatter",
      mode: "markers",
      name: "in class",
      x: inClass,
      y: labels,
      marker: { color: COLORS.reference, symbol: "square", size: 8 },
      hovertemplate: "%{y}: %{x:.1%} of the pages in class<extra></extra>",
      showlegend: index === 0,
    },
    {
      type: "scatter",
      mode: "markers",
      name: "after graduation",
      x: after,
      y: labels,
      customdata: graduates,
      marker: { color: COLORS.usual, symbol: "circle", size: 10 },
      hovertemplate:
        "%{y}: %{x:.1%} of the pages after graduation, opened by %{customdata:.0%} of graduates who came back<extra></extra>",
      showlegend: index === 0,
    },
  ];
  return traces.map((trace) => ({ ...trace, ...axes, legendgroup: trace.name }) as typeof trace);
}

function describe(panels: Panel[]): string {
  if (panels.length === 0) return "No pages after graduation to show.";
  const words = panels.map(({ program, labels, after, inClass }) => {
    const was = inClass[0] === null ? "" : ` (${formatPercent(inClass[0]!)} in class)`;
    return `${figureText(program)}: ${labels[0]} ${formatPercent(after[0]!)}${was}`;
  });
  return `Each topic's part of the pages in class and after graduation. The most read: ${words.join("; ")}.`;
}
