import type pl from "nodejs-polars";
import { requireColumns } from "../log/require-columns";
import { median } from "../stats/median";
import { formatPercent } from "../words/format-words";
import type { Figure } from "./figure";
import type { FigureOptions } from "./figure-options";
import { figureText } from "./figure-text";
import { axisId, axisKey, type PanelGrid, panelGrid, panelHeading } from "./panel-grid";
import { distinctOf, numbersOf, plainValues } from "./plain-values";
import { COLORS } from "./theme";

export interface ScoresFigureOptions extends FigureOptions {
  /** The detector that the others are to be held against, by its name; none without. */
  baseline?: string;
}

const MEASURES = [
  { column: "precision", heading: "precision: flags that are true" },
  { column: "recall", heading: "recall: stories found" },
  { column: "average_precision", heading: "average precision: the ranking" },
] as const;

/**
 * How well detectors do, a panel per measure: each sample's score as a point,
 * and the median of all samples as a stroke. So the reader sees whether a
 * detector is better, or was lucky once. The detector with the highest median
 * average precision comes first. The baseline is gray, and its medians run
 * through the panels as dashed lines.
 *
 * @param scores `detector`, `seed`, `precision`, `recall`, `average_precision`
 *   (0 to 1, or null): a row per detector and seed
 * @throws {Error} if a column is missing or of another type, or no row is of the baseline
 */
export function scoresFigure(
  scores: pl.DataFrame,
  { title, baseline }: ScoresFigureOptions,
): Figure {
  requireColumns("scoresFigure", scores, "detector", "seed", {
    ...Object.fromEntries(MEASURES.map(({ column }) => [column, "number" as const])),
  });
  const all = detectorsOf(scores);
  if (baseline !== undefined && !all.some(({ name }) => name === baseline)) {
    const names = all.map(({ name }) => name).join(", ");
    throw new Error(`scoresFigure needs a baseline of ${names || "no detectors"}, got ${baseline}`);
  }
  const panel = { panelHeight: 24 + 30 * all.length, gapBelow: 70, gapBeside: 0.035 };
  const wide = panelGrid(MEASURES.length, { ...panel, columns: MEASURES.length });
  const narrow = panelGrid(MEASURES.length, { ...panel, columns: 1 });
  const labels = all.map(({ name }) =>
    name === baseline
      ? `${figureText(name, { max: 30 })}<br>(baseline)`
      : figureText(name, { max: 30 }),
  );
  return {
    data: MEASURES.flatMap((_, measure) => panelTraces(all, measure, baseline)),
    layout: {
      title: { text: title },
      height: wide.height - NO_AXIS_TITLES,
      showlegend: false,
      ...axesOf(wide, labels),
      annotations: MEASURES.map(({ heading }, i) => panelHeading(heading, i)),
      meta: {
        narrow: {
          height: narrow.height - NO_AXIS_TITLES,
          ...axesOf(narrow, labels),
          annotations: MEASURES.map(({ heading }, i) => ({
            ...panelHeading(heading, i),
            x: 1,
            xanchor: "right",
          })),
        },
      },
    } as unknown as Figure["layout"],
    description: describe(all),
  };
}

const NO_AXIS_TITLES = 40;

interface Detector {
  name: string;
  seeds: number[];
  /** By measure and seed. */
  scores: (number | null)[][];
  medians: (number | null)[];
}

function detectorsOf(scores: pl.DataFrame): Detector[] {
  const sorted = scores.sort("seed");
  const names = plainValues(sorted, "detector") as string[];
  const seeds = numbersOf(sorted, "seed") as number[];
  const columns = MEASURES.map(({ column }) => numbersOf(sorted, column));
  const all = (distinctOf(scores, "detector") as string[]).map((name): Detector => {
    const rows = [...names.keys()].filter((row) => names[row] === name);
    const own = columns.map((values) => rows.map((row) => values[row]!));
    const medians = own.map((values) => {
      const known = values.filter((value) => value !== null);
      return known.length > 0 ? median(known) : null;
    });
    return { name, seeds: rows.map((row) => seeds[row]!), scores: own, medians };
  });
  const last = MEASURES.length - 1;
  return all.sort((a, b) => (b.medians[last] ?? -1) - (a.medians[last] ?? -1));
}

/** How far points lie from their line, so that equal ones do not hide each other. */
const SPREAD = 0.5;
const STROKE = 0.38;

function panelTraces(
  all: Detector[],
  measure: number,
  baseline: string | undefined,
): Figure["data"] {
  const axes = { xaxis: axisId("x", measure), yaxis: axisId("y", measure) };
  const traces = all.map(({ name, seeds, scores }, row): Figure["data"][number] => ({
    type: "scatter",
    mode: "markers",
    name: figureText(name, { max: 30 }),
    x: scores[measure]!,
    y: seeds.map((_, i) => Number((row + SPREAD * ((i + 0.5) / seeds.length - 0.5)).toFixed(3))),
    customdata: seeds,
    marker: { color: name === baseline ? COLORS.reference : COLORS.usual, size: 6, opacity: 0.55 },
    hovertemplate: "seed %{customdata}: %{x:.3f}<extra>%{fullData.name}</extra>",
    ...axes,
  }));
  const isBaseline = ({ name }: Detector) => name === baseline;
  return [
    ...traces,
    ...baselineTrace(all, measure, baseline),
    medianTrace(all, measure, COLORS.usual, (detector) => !isBaseline(detector)),
    ...(baseline === undefined ? [] : [medianTrace(all, measure, COLORS.reference, isBaseline)]),
  ].map((trace) => ({ ...trace, ...axes }) as typeof trace);
}

function medianTrace(
  all: Detector[],
  measure: number,
  color: string,
  isMeant: (detector: Detector) => boolean,
): Figure["data"][number] {
  const shown = all.flatMap((detector, row) => {
    const median = detector.medians[measure];
    return median === null || median === undefined || !isMeant(detector) ? [] : [{ median, row }];
  });
  return {
    type: "scatter",
    mode: "lines",
    name: "median",
    x: shown.flatMap(({ median }) => [median, median, null]),
    y: shown.flatMap(({ row }) => [row - STROKE, row + STROKE, null]),
    line: { color, width: 3 },
    connectgaps: false,
    hovertemplate: "median %{x:.3f}<extra></extra>",
  };
}

function baselineTrace(
  all: Detector[],
  measure: number,
  baseline: string | undefined,
): Figure["data"] {
  const median = all.find(({ name }) => name === baseline)?.medians[measure];
  if (median === null || median === undefined) return [];
  return [
    {
      type: "scatter",
      mode: "lines",
      name: "median of the baseline",
      x: [median, median],
      y: [-0.6, all.length - 0.4],
      line: { color: COLORS.reference, width: 1.5, dash: "dash" },
      hoverinfo: "skip",
    },
  ];
}

function axesOf({ places }: PanelGrid, labels: string[]): Record<string, object> {
  const rows = labels.map((_, row) => row);
  const axes = places.flatMap(({ x, y, isLeft }, measure) => [
    [
      axisKey("x", measure),
      {
        domain: x,
        anchor: axisId("y", measure),
        range: [-0.03, 1.03],
        tickvals: [0, 0.25, 0.5, 0.75, 1],
        tickformat: ".0%",
        showgrid: true,
        title: { text: "" },
      },
    ],
    [
      axisKey("y", measure),
      {
        type: "linear",
        domain: y,
        anchor: axisId("x", measure),
        range: [labels.length - 0.4, -0.6],
        tickvals: rows,
        ticktext: labels,
        showticklabels: isLeft,
        zeroline: false,
      },
    ],
  ]);
  return Object.fromEntries(axes);
}

function describe(all: Detector[]): string {
  if (all.length === 0) return "No scores to show.";
  const seeds = Math.max(...all.map((detector) => detector.seeds.length));
  const words = all.map(({ name, medians }) => {
    const shares = medians.map((median) => (median === null ? "none" : formatPercent(median, 0)));
    return `${figureText(name)} ${shares.join(", ")}`;
  });
  return (
    `Scores of ${all.length} detectors on ${seeds} samples. ` +
    `Median precision, recall and average precision: ${words.join("; ")}.`
  );
}
