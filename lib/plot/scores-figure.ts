import type pl from "nodejs-polars";
import { median } from "../stats/quantile";
import { formatPercent } from "../words/format-words";
import { type Figure, type FigureOptions, figureOf, type Trace } from "./figure";
import { figureText } from "./figure-text";
import { inPanel, panels } from "./panels";
import { grouped, inOrder, largestOf, rowsOf } from "./rows";
import { COLORS } from "./theme";
import { lines, points } from "./traces";

export interface ScoresFigureOptions extends FigureOptions {
  /** Name of the detector that the others are compared with. */
  baseline?: string;
}

const MEASURES = ["precision", "recall", "average_precision"] as const;
const HEADINGS = [
  "precision: flags that are true",
  "recall: stories found",
  "average precision: the ranking",
];

interface Detector {
  name: string;
  label: string;
  isBaseline: boolean;
  seeds: number[];
  scores: (number | null)[][];
  medians: (number | null)[];
}

/**
 * How well detectors do, a panel per measure: each sample's score as a point, the median as a
 * stroke. The highest median average precision comes first; the baseline is gray, with dashed
 * lines.
 * @param scores `detector`, `seed`, `precision`, `recall`, `average_precision` (0 to 1, or null)
 * @throws {Error} if no row is of the baseline
 */
export function scoresFigure(
  scores: pl.DataFrame,
  { title, baseline }: ScoresFigureOptions,
): Figure {
  const all = detectorsOf(scores, baseline);
  if (baseline !== undefined && !all.some(({ isBaseline }) => isBaseline)) {
    const names = all.map(({ name }) => name).join(", ");
    throw new Error(`scoresFigure needs a baseline of ${names || "no detectors"}, got ${baseline}`);
  }
  const labels = all.map(({ label, isBaseline }) => label + (isBaseline ? "<br>(baseline)" : ""));
  const { height, annotations, meta, ...axes } = panels({
    headings: HEADINGS,
    ...{ panelHeight: 24 + 30 * all.length, gapBelow: 70, gapBeside: 0.035 },
    axes: (_, { isLeft }) => ({
      x: { ...PERCENTS, range: [-0.03, 1.03], showgrid: true, title: { text: "" } },
      y: {
        ...{ type: "linear", range: [all.length - 0.4, -0.6], zeroline: false },
        ...{ tickvals: [...labels.keys()], ticktext: labels, showticklabels: isLeft },
      },
    }),
  });
  const onTheRight = annotations.map((heading) => ({ ...heading, x: 1, xanchor: "right" }));
  const narrow = { ...meta.narrow, height: meta.narrow.height - NO_AXIS_TITLES };
  const layout = {
    ...{ ...axes, height: height - NO_AXIS_TITLES, showlegend: false, annotations },
    meta: { narrow: { ...narrow, annotations: onTheRight } },
  };
  const data = MEASURES.flatMap((_, measure) =>
    panelTraces(all, measure).map((trace) => ({ ...trace, ...inPanel(measure) })),
  );
  return figureOf(title, data, layout, describe(all));
}

const PERCENTS = { tickvals: [0, 0.25, 0.5, 0.75, 1], tickformat: ".0%" };
const NO_AXIS_TITLES = 40;

function detectorsOf(scores: pl.DataFrame, baseline?: string): Detector[] {
  const rows = rowsOf("scoresFigure", scores, ["detector", "seed", ...MEASURES]);
  const all = grouped(rows, ({ detector }) => detector).map(([name, rows]): Detector => {
    const own = inOrder(rows, "seed");
    const scores = MEASURES.map((measure) => own.map((row) => row[measure]));
    const medians = scores.map((values) => {
      const known = values.filter((value) => value !== null);
      return known.length > 0 ? median(known) : null;
    });
    const look = { name, label: figureText(name, { max: 30 }), isBaseline: name === baseline };
    return { ...look, seeds: own.map(({ seed }) => seed), scores, medians };
  });
  return all.sort((a, b) => (b.medians.at(-1) ?? -1) - (a.medians.at(-1) ?? -1));
}

/** How far apart points of one line are spread. */
const SPREAD = 0.5;
const STROKE = 0.38;

function panelTraces(all: Detector[], measure: number): Trace[] {
  const dots = all.map(({ label, isBaseline, seeds, scores }, row) =>
    points({
      name: label,
      x: scores[measure]!,
      y: seeds.map((_, i) => Number((row + SPREAD * ((i + 0.5) / seeds.length - 0.5)).toFixed(3))),
      customdata: seeds,
      marker: { color: colorOf(isBaseline), size: 6, opacity: 0.55 },
      hover: "seed %{customdata}: %{x:.3f}<extra>%{fullData.name}</extra>",
    }),
  );
  const known = all.flatMap(({ medians, isBaseline }, row) => {
    const at = medians[measure] ?? null;
    return at === null ? [] : [{ at, row, isBaseline }];
  });
  const strokes = known.map(({ at, row, isBaseline }) =>
    lines({
      name: "median",
      x: [at, at],
      y: [row - STROKE, row + STROKE],
      line: { color: colorOf(isBaseline), width: 3 },
      hover: "median %{x:.3f}",
    }),
  );
  const across = known
    .filter(({ isBaseline }) => isBaseline)
    .map(({ at }) =>
      lines({
        name: "median of the baseline",
        x: [at, at],
        y: [-0.6, all.length - 0.4],
        line: { color: COLORS.reference, width: 1.5, dash: "dash" },
      }),
    );
  return [...dots, ...across, ...strokes];
}

const colorOf = (isBaseline: boolean) => (isBaseline ? COLORS.reference : COLORS.usual);

function describe(all: Detector[]): string {
  if (all.length === 0) return "No scores to show.";
  const seeds = largestOf(all.map(({ seeds }) => seeds.length));
  const words = all.map(({ name, medians }) => {
    const shares = medians.map((median) => (median === null ? "none" : formatPercent(median, 0)));
    return `${figureText(name)} ${shares.join(", ")}`;
  });
  return (
    `Scores of ${all.length} detectors on ${seeds} samples. ` +
    `Median precision, recall and average precision: ${words.join("; ")}.`
  );
}
