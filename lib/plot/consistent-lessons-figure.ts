import type pl from "nodejs-polars";
import {
  COHORT,
  LESSON,
  LOWER_QUARTILE_SHARE,
  MEDIAN_SHARE,
  PROGRAM,
  RANK,
  SHARE,
} from "../log/columns";
import { requireColumns } from "../log/require-columns";
import { formatPercent } from "../words/format-words";
import type { Figure } from "./figure";
import type { FigureOptions } from "./figure-options";
import { figureText } from "./figure-text";
import { lessonLabels } from "./lesson-labels";
import { COLORS } from "./theme";

export interface ConsistentLessonsFigureOptions extends FigureOptions {
  /** Whose lessons are shown. */
  program: string;
  /** How many. */
  most?: number;
  /** Lessons that are shown besides: those of the largest sums. */
  also?: readonly string[];
}

/**
 * A program's most consistent lessons: for each a dot per cohort, the lesson's share of what the
 * cohort read in class, with the middle cohort and the one that three of four reach marked. Dots
 * that lie together are a lesson that every cohort reads alike; dots far apart one that some do.
 *
 * @param lessons what `consistentLessons` gives
 * @param byCohort what `cohortLessons` gives, with the same options
 * @throws {RangeError} if `most` is not 1 or more
 * @throws {Error} if a column is missing or of another type
 */
export function consistentLessonsFigure(
  lessons: pl.DataFrame,
  byCohort: pl.DataFrame,
  { title, program, most = 10, also = [] }: ConsistentLessonsFigureOptions,
): Figure {
  if (!(most >= 1)) {
    throw new RangeError(`consistentLessonsFigure needs most to be 1 or more, got ${most}`);
  }
  requireColumns("consistentLessonsFigure", lessons, {
    [PROGRAM]: "String",
    [RANK]: "integer",
    [LESSON]: "String",
    [LOWER_QUARTILE_SHARE]: "number",
    [MEDIAN_SHARE]: "number",
  });
  requireColumns("consistentLessonsFigure", byCohort, {
    [PROGRAM]: "String",
    [COHORT]: "String",
    [LESSON]: "String",
    [SHARE]: "number",
  });
  const own = rowsOf(lessons, [PROGRAM, LESSON, RANK, LOWER_QUARTILE_SHARE, MEDIAN_SHARE])
    .filter((row) => row[PROGRAM] === program)
    .sort((a, b) => Number(a[RANK]) - Number(b[RANK]));
  const shown = own.filter((row, place) => place < most || also.includes(String(row[LESSON])));
  const labels = lessonLabels(shown.map((row) => String(row[LESSON])));
  const labelOf = new Map(shown.map((row, i) => [row[LESSON], labels[i]!]));
  const dots = rowsOf(byCohort, [PROGRAM, COHORT, LESSON, SHARE]).filter(
    (row) => row[PROGRAM] === program && labelOf.has(row[LESSON]),
  );
  const marks = (name: string, column: string, marker: object): Figure["data"][number] => ({
    type: "scatter",
    mode: "markers",
    name,
    x: shown.map((row) => 100 * Number(row[column])),
    y: labels,
    marker,
    hovertemplate: `%{y}, ${name}: %{x:.2f}%<extra></extra>`,
  });
  return {
    data: [
      {
        type: "scatter",
        mode: "markers",
        name: "a cohort",
        x: dots.map((row) => 100 * Number(row[SHARE])),
        y: dots.map((row) => labelOf.get(row[LESSON])!),
        text: dots.map((row) => figureText(row[COHORT])),
        marker: { color: COLORS.reference, size: 7, opacity: 0.45 },
        hovertemplate: "%{text}, %{y}: %{x:.2f}%<extra></extra>",
      },
      marks("median", MEDIAN_SHARE, { color: COLORS.usual, symbol: "square", size: 9 }),
      marks("three of four reach", LOWER_QUARTILE_SHARE, {
        color: COLORS.second,
        symbol: "triangle-up",
        size: 10,
      }),
    ],
    layout: {
      title: { text: title },
      xaxis: {
        title: { text: "share of lesson pages, %" },
        rangemode: "tozero",
        showgrid: true,
      },
      yaxis: {
        type: "category",
        autorange: "reversed",
        showgrid: true,
        categoryorder: "array",
        categoryarray: labels,
      },
      height: HEIGHT_OF_FRAME + HEIGHT_OF_LESSON * shown.length,
      showlegend: true,
    },
    description: describe(shown, labels),
  };
}

const HEIGHT_OF_FRAME = 190;
const HEIGHT_OF_LESSON = 28;

type Row = Record<string, unknown>;

/** A frame's rows with some of its columns. */
function rowsOf(frame: pl.DataFrame, names: readonly string[]): Row[] {
  return frame.select(...names).toRecords();
}

function describe(shown: readonly Row[], labels: readonly string[]): string {
  if (shown.length === 0) return "No lessons to show.";
  const words = shown
    .slice(0, 3)
    .map((row, i) => `${labels[i]} ${formatPercent(Number(row[LOWER_QUARTILE_SHARE]))}`);
  return `Share of lesson pages by cohort, for ${shown.length} lessons. What three of four cohorts reach: ${words.join(", ")}.`;
}
