import type pl from "nodejs-polars";
import { median } from "../stats/quantile";
import { formatPercent } from "../words/format-words";
import { type Figure, type FigureOptions, figureOf, type Trace } from "./figure";
import { figureText } from "./figure-text";
import { inPanels, panels } from "./panels";
import { grouped, inOrder, largestOf, listOf, rowsOf } from "./rows";
import { COLORS } from "./theme";
import { lines, points } from "./traces";

export interface ScoresFigureOptions extends FigureOptions {
  /** Name of the detector that the others are compared with. */
  baseline?: string;
}

const MEASURES = ["precision", "recall", "average_precision"] as const;
const HEADINGS = [
  "precision: episodes that are true",
  "recall: stories found",
  "average precision: the ranking",
];

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
    const names = listOf(all, "name").join(", ");
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
  const data = inPanels(HEADINGS.map((_, measure) => ({ traces: panelTraces(all, measure) })));
  const seeds = largestOf(all.map(({ seeds }) => seeds.length));
  const words = all.map(({ name, medians }) => {
    const shares = medians.map((median) => (median === null ? "none" : formatPercent(median, 0)));
    return `${figureText(name)} ${shares.join(", ")}`;
  });
  const described =
    `Scores of ${all.length} detectors on ${seeds} samples. ` +
    `Median precision, recall and average precision: ${words.join("; ")}.`;
  return figureOf(title, data, layout, all.length === 0 ? "No scores to show." : described);
}

const PERCENTS = { tickvals: [0, 0.25, 0.5, 0.75, 1], tickformat: ".0%" };
const NO_AXIS_TITLES = 40;

type Detector = ReturnType<typeof detectorsOf>[number];

function detectorsOf(scores: pl.DataFrame, baseline?: string) {
  const rows = rowsOf("scoresFigure", scores, ["detector", "seed", ...MEASURES]);
  const all = grouped(rows, ({ detector }) => detector).map(([name, rows]) => {
    const own = inOrder(rows, "seed");
    const scores = MEASURES.map((measure): (number | null)[] => listOf(own, measure));
    const medians = scores.map((values) => {
      const known = values.filter((value) => value !== null);
      return known.length > 0 ? median(known) : null;
    });
    const isBaseline = name === baseline;
    const color = isBaseline ? COLORS.reference : COLORS.usual;
    const look = { name, label: figureText(name, { max: 30 }), isBaseline, color };
    return { ...look, seeds: listOf(own, "seed"), scores, medians };
  });
  return all.sort((a, b) => (b.medians.at(-1) ?? -1) - (a.medians.at(-1) ?? -1));
}

/** How far apart points of one line are spread. */
const SPREAD = 0.5;
const STROKE = 0.38;

function panelTraces(all: Detector[], measure: number): Trace[] {
  const dots = all.map(({ label, color, seeds, scores }, row) =>
    points({
      ...{ name: label, x: scores[measure]!, customdata: seeds },
      y: seeds.map((_, i) => Number((row + SPREAD * ((i + 0.5) / seeds.length - 0.5)).toFixed(3))),
      marker: { color, size: 6, opacity: 0.55 },
      hover: "seed %{customdata}: %{x:.3f}<extra>%{fullData.name}</extra>",
    }),
  );
  const medians = all.flatMap(({ medians, isBaseline, color }, row) => {
    const at = medians[measure] ?? null;
    if (at === null) return [];
    const stroke = lines({
      ...{ name: "median", x: [at, at], y: [row - STROKE, row + STROKE] },
      ...{ line: { color, width: 3 }, hover: "median %{x:.3f}" },
    });
    const across = lines({
      ...{ name: "median of the baseline", x: [at, at], y: [-0.6, all.length - 0.4] },
      line: { color, width: 1.5, dash: "dash" },
    });
    return isBaseline ? [across, stroke] : [stroke];
  });
  return [...dots, ...medians];
}
