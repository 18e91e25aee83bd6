import type pl from "nodejs-polars";
import { requireNumber } from "../stats/require-option";
import { formatPercent } from "../words/format-words";
import { namedRows } from "./axes";
import { type Figure, type FigureOptions, figureOf, listed } from "./figure";
import { figureText } from "./figure-text";
import { distinct } from "./labels";
import { inOrder, rowsOf } from "./rows";
import { COLORS } from "./theme";
import { points } from "./traces";

export interface ConsistentLessonsFigureOptions extends FigureOptions {
  program: string;
  most?: number;
  /** Lessons shown besides: those of the largest sums. */
  also?: readonly string[];
}

const TRIANGLE = { color: COLORS.second, symbol: "triangle-up", size: 10 };

/**
 * A program's most consistent lessons, from `consistentLessons`: a dot per cohort for the lesson's
 * share of what it read in class, with the median and the share that three of four cohorts reach.
 * @param byCohort what `cohortLessons` gives, with the same options
 */
export function consistentLessonsFigure(
  lessons: pl.DataFrame,
  byCohort: pl.DataFrame,
  { title, program, most = 10, also = [] }: ConsistentLessonsFigureOptions,
): Figure {
  requireNumber("consistentLessonsFigure", { most }, { atLeast: 1 });
  const columns = ["program", "rank", "lesson", "lower_quartile_share", "median_share"] as const;
  const all = inOrder(rowsOf("consistentLessonsFigure", lessons, columns), "rank");
  const shown = all
    .filter((row) => row.program === program)
    .filter(({ lesson }, place) => place < most || also.includes(lesson));
  const labels = lessonLabels(shown.map(({ lesson }) => lesson));
  const labelOf = new Map(shown.map(({ lesson }, i) => [lesson, labels[i]!]));
  const cohortColumns = ["program", "cohort", "lesson", "share"] as const;
  const dots = rowsOf("consistentLessonsFigure", byCohort, cohortColumns).filter(
    (row) => row.program === program && labelOf.has(row.lesson),
  );
  const marks = (name: string, shares: number[], marker: object) =>
    points({
      ...{ name, marker, y: labels, x: shares.map((share) => 100 * share) },
      hover: `%{y}, ${name}: %{x:.2f}%`,
    });
  const medians = shown.map((row) => row.median_share);
  const quartiles = shown.map((row) => row.lower_quartile_share);
  const words = labels.slice(0, 3).map((label, i) => `${label} ${formatPercent(quartiles[i]!)}`);
  const data = [
    points({
      name: "a cohort",
      x: dots.map(({ share }) => 100 * share),
      y: dots.map(({ lesson }) => labelOf.get(lesson)!),
      text: dots.map(({ cohort }) => figureText(cohort)),
      marker: { color: COLORS.reference, size: 7, opacity: 0.45 },
      hover: "%{text}, %{y}: %{x:.2f}%",
    }),
    marks("median", medians, { color: COLORS.usual, symbol: "square", size: 9 }),
    marks("three of four reach", quartiles, TRIANGLE),
  ];
  const xaxis = {
    title: { text: "share of lesson pages, %" },
    rangemode: "tozero",
    showgrid: true,
  };
  const what = `Share of lesson pages by cohort, for ${shown.length} lessons. What three of four cohorts reach`;
  const described = listed("lessons", what, words.length > 0 ? [words.join(", ")] : []);
  return figureOf(title, data, { xaxis, ...namedRows(labels), showlegend: true }, described);
}

const LONGEST = 24;

/** Long names without their beginning. */
function lessonLabels(lessons: readonly string[]): string[] {
  return distinct(
    lessons.map((lesson) => {
      const last = lesson.split("/").at(-1)!;
      const short = lesson.length <= LONGEST || last === lesson ? lesson : `…/${last}`;
      return figureText(short.length <= LONGEST ? short : `${short.slice(0, LONGEST - 1)}…`);
    }),
  );
}
