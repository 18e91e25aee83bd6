import type pl from "nodejs-polars";
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
  requireColumns(
    "consistentLessonsFigure",
    lessons,
    "program",
    "rank",
    "lesson",
    "lower_quartile_share",
    "median_share",
  );
  requireColumns("consistentLessonsFigure", byCohort, "program", "cohort", "lesson", "share");
  const own = rowsOf(lessons, ["program", "lesson", "rank", "lower_quartile_share", "median_share"])
    .filter((row) => row.program === program)
    .sort((a, b) => Number(a.rank) - Number(b.rank));
  const shown = own.filter((row, place) => place < most || also.includes(String(row.lesson)));
  const labels = lessonLabels(shown.map((row) => String(row.lesson)));
  const labelOf = new Map(shown.map((row, i) => [row.lesson, labels[i]!]));
  const dots = rowsOf(byCohort, ["program", "cohort", "lesson", "share"]).filter(
    (row) => row.program === program && labelOf.has(row.lesson),
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
        x: dots.map((row) => 100 * Number(row.share)),
        y: dots.map((row) => labelOf.get(row.lesson)!),
        text: dots.map((row) => figureText(row.cohort)),
        marker: { color: COLORS.reference, size: 7, opacity: 0.45 },
        hovertemplate: "%{text}, %{y}: %{x:.2f}%<extra></extra>",
      },
      marks("median", "median_share", { color: COLORS.usual, symbol: "square", size: 9 }),
      marks("three of four reach", "lower_quartile_share", {
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
    .map((row, i) => `${labels[i]} ${formatPercent(Number(row.lower_quartile_share))}`);
  return `Share of lesson pages by cohort, for ${shown.length} lessons. What three of four cohorts reach: ${words.join(", ")}.`;
}
