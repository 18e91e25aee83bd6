import type pl from "nodejs-polars";
import { LESS_THAN_OTHERS, LIKE_OTHERS, MORE_THAN_OTHERS } from "../explore/unusual-lesson-use";
import { formatCount, formatNumber } from "../words/format-words";
import { namedRows } from "./axes";
import { type Figure, type FigureOptions, figureOf, type Trace } from "./figure";
import { labelsOf } from "./labels";
import { rowsOf } from "./rows";
import { COLORS, UNUSUAL_MARKER } from "./theme";
import { lines, points } from "./traces";

/** Smaller ratios, 0 too, are drawn at the edge. */
const LEAST = 0.01;

/**
 * Cohorts that read a lesson otherwise than the others: how many times the others' share, on a
 * logarithmic scale, with the 95 % confidence interval. Ratios below 0.01 stand at 0.01.
 * @param pairs rows of `unusualLessonUse`, by `lesson` or `topic`, in the order of drawing
 */
export function unusualLessonsFigure(pairs: pl.DataFrame, { title }: FigureOptions): Figure {
  const of = pairs.columns.includes("lesson") ? "lesson" : "topic";
  const rows = rowsOf("unusualLessonsFigure", pairs, [
    ...(["cohort", of, "use", "ratio", "ratio_low", "ratio_high"] as const),
  ]);
  const labels = labelsOf(
    rows.map((row) => `${row.cohort}: ${lastParts(row[of])}`),
    60,
  );
  const at = (ratio: number) => Math.max(LEAST, ratio);
  const group = (name: string, use: string, marker: object): Trace[] => {
    const own = [...rows.keys()].filter((i) => rows[i]!.use === use);
    if (own.length === 0) return [];
    const trace = points({
      name: `${name} (${formatCount(own.length)})`,
      x: own.map((i) => at(rows[i]!.ratio)),
      y: own.map((i) => labels[i]!),
      marker,
      hover: "%{y}: %{x:.3~g} times the others' share",
    });
    return [trace];
  };
  const ends = rows.map((row) => [at(row.ratio_low), at(row.ratio_high)]);
  const intervals = lines({
    name: "95% interval",
    x: ends.flatMap((pair) => [...pair, null]),
    y: labels.flatMap((label) => [label, label, null]),
    line: { color: COLORS.reference, width: 2 },
  });
  const words = labels.slice(0, 3).map((label, i) => `${label} ${formatNumber(rows[i]!.ratio)}`);
  const data = [
    intervals,
    ...group("more", MORE_THAN_OTHERS, { ...UNUSUAL_MARKER }),
    ...group("less", LESS_THAN_OTHERS, { color: COLORS.usual, symbol: "square", size: 9 }),
    ...group("alike", LIKE_OTHERS, { color: COLORS.reference, size: 8 }),
  ];
  const range = decades([1, ...ends.flat()]);
  const text = "times the others' share (log)";
  const xaxis = { title: { text }, type: "log", showgrid: true, dtick: 1, range };
  const described =
    rows.length === 0
      ? "No cohort that read a lesson otherwise than the others."
      : `${formatCount(rows.length)} pairs of cohort and lesson, by how many times the others' share; the first: ${words.join(", ")}.`;
  return figureOf(title, data, { xaxis, ...namedRows(labels), showlegend: true }, described);
}

function decades(values: readonly number[]): [number, number] {
  const logs = values.map(Math.log10);
  return [Math.floor(Math.min(...logs)), Math.ceil(Math.max(0.1, ...logs))];
}

const LONGEST = 18;

function lastParts(lesson: string): string {
  const parts = lesson.split("/");
  const two = parts.slice(-2).join("/");
  if (two.length <= LONGEST) return two;
  const last = Array.from(parts.at(-1)!);
  return last.length <= LONGEST ? last.join("") : `${last.slice(0, LONGEST - 1).join("")}…`;
}
