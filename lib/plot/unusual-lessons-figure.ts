import type pl from "nodejs-polars";
import { LESS_THAN_OTHERS, LIKE_OTHERS, MORE_THAN_OTHERS } from "../explore/unusual-lesson-use";
import { requireColumns } from "../log/require-columns";
import { formatCount, formatNumber } from "../words/format-words";
import { distinctLabels } from "./distinct-labels";
import type { Figure } from "./figure";
import type { FigureOptions } from "./figure-options";
import { figureText } from "./figure-text";
import { COLORS, UNUSUAL_MARKER } from "./theme";

/** Below this a ratio is drawn at the edge: a cohort without any pages has a ratio of 0. */
const LEAST = 0.01;

/**
 * Cohorts that read a lesson otherwise than the others: for each pair how many times the others'
 * share, on a logarithmic scale, with the 95 % confidence interval as a line. At 1 the
 * cohort reads like the others; ratios below 0.01, none at all among them, stand at 0.01.
 *
 * @param pairs rows of what `unusualLessonUse` gives, by `lesson` or `topic`, in the order in which
 *   they shall be drawn
 * @throws {Error} if a column is missing or of another type
 */
export function unusualLessonsFigure(pairs: pl.DataFrame, { title }: FigureOptions): Figure {
  const of = pairs.columns.includes("lesson") ? "lesson" : "topic";
  requireColumns(
    "unusualLessonsFigure",
    pairs,
    "cohort",
    { [of]: "String" },
    "use",
    "ratio",
    "ratio_low",
    "ratio_high",
  );
  const rows = pairs.select("cohort", of, "use", "ratio", "ratio_low", "ratio_high").toRecords();
  const labels = distinctLabels(
    rows.map((row) => figureText(`${row.cohort}: ${lastParts(String(row[of]))}`, { max: 60 })),
  );
  const at = (value: unknown) => Math.max(LEAST, Number(value));
  const group = (name: string, use: string, marker: object): Figure["data"] => {
    const own = [...rows.keys()].filter((i) => rows[i]!.use === use);
    if (own.length === 0) return [];
    return [
      {
        type: "scatter",
        mode: "markers",
        name: `${name} (${formatCount(own.length)})`,
        x: own.map((i) => at(rows[i]!.ratio)),
        y: own.map((i) => labels[i]!),
        marker,
        hovertemplate: "%{y}: %{x:.3~g} times the others' share<extra></extra>",
      },
    ];
  };
  const values = rows.flatMap((row) => [at(row.ratio_low), at(row.ratio_high)]);
  return {
    data: [
      {
        type: "scatter",
        mode: "lines",
        name: "95% interval",
        // One trace for all lines, with gaps between them.
        x: rows.flatMap((row) => [at(row.ratio_low), at(row.ratio_high), null]),
        y: labels.flatMap((label) => [label, label, null]),
        line: { color: COLORS.reference, width: 2 },
        hoverinfo: "skip",
      },
      ...group("more", MORE_THAN_OTHERS, UNUSUAL_MARKER),
      ...group("less", LESS_THAN_OTHERS, {
        color: COLORS.usual,
        symbol: "square",
        size: 9,
      }),
      ...group("alike", LIKE_OTHERS, { color: COLORS.reference, size: 8 }),
    ],
    layout: {
      title: { text: title },
      xaxis: {
        title: { text: "times the others' share (log)" },
        showgrid: true,
        type: "log",
        range: decades([1, ...values]),
        dtick: 1,
      },
      yaxis: {
        type: "category",
        autorange: "reversed",
        showgrid: true,
        categoryorder: "array",
        categoryarray: labels,
      },
      height: HEIGHT_OF_FRAME + HEIGHT_OF_PAIR * rows.length,
      showlegend: true,
    },
    description: describe(
      labels,
      rows.map((row) => Number(row.ratio)),
    ),
  };
}

const HEIGHT_OF_FRAME = 190;
const HEIGHT_OF_PAIR = 28;

/** The powers of ten around some numbers, as plotly takes the ends of an axis. */
function decades(values: readonly number[]): [number, number] {
  const logs = values.map(Math.log10);
  return [Math.floor(Math.min(...logs)), Math.ceil(Math.max(0.1, ...logs))];
}

function visiblyCut(text: string, most: number): string {
  const characters = Array.from(text);
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join("")}…`;
}

/** Beside a cohort's name there is room for the end of a lesson's. */
function lastParts(lesson: string): string {
  const parts = lesson.split("/");
  const two = parts.slice(-2).join("/");
  return two.length <= 18 ? two : visiblyCut(parts.at(-1)!, 18);
}

function describe(labels: readonly string[], ratios: readonly number[]): string {
  if (labels.length === 0) return "No cohort that read a lesson otherwise than the others.";
  const words = labels.slice(0, 3).map((label, i) => `${label} ${formatNumber(ratios[i]!)}`);
  return `${formatCount(labels.length)} pairs of cohort and lesson, by how many times the others' share; the first: ${words.join(", ")}.`;
}
