import type pl from "nodejs-polars";
import {
  LESS_THAN_OTHERS,
  LIKE_OTHERS,
  MORE_THAN_OTHERS,
  NOT_TESTED,
} from "../explore/left-out-tests";
import { CURRENT } from "../explore/lesson-facts";
import { requireInteger, requireNumber } from "../stats/require-option";
import { formatCount, formatNumber, formatPercent } from "../words/format-words";
import { visibleText } from "../words/visible-text";
import { namedRows } from "./axes";
import { type Figure, type FigureOptions, figureOf, listed } from "./figure";
import { distinct, figureText, labelsOf } from "./figure-text";
import { inPanels, namePanels } from "./panels";
import { inGroups, inOrder, largestOf, listOf, rowsOf } from "./rows";
import { COLORS, PROGRAM_COLORS, UNUSUAL_MARKER } from "./theme";
import { bars, lines, points } from "./traces";

export interface ConsistentLessonsFigureOptions extends FigureOptions {
  program: string;
  most?: number;
  /** Lessons shown besides: those of the largest sums. */
  also?: readonly string[];
}

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
  const caller = "consistentLessonsFigure";
  requireNumber(caller, { most }, { atLeast: 1 });
  const columns = ["program", "rank", "lesson", "lower_quartile_share", "median_share"] as const;
  const shown = inOrder(rowsOf(caller, lessons, columns), "rank")
    .filter((row) => row.program === program)
    .filter(({ lesson }, place) => place < most || also.includes(lesson));
  const labels = distinct(listOf(shown, "lesson").map(withoutBeginning));
  const labelOf = new Map(shown.map(({ lesson }, i) => [lesson, labels[i]!]));
  const cohorts = rowsOf(caller, byCohort, ["program", "cohort", "lesson", "share"]);
  const dots = cohorts.filter((row) => row.program === program && labelOf.has(row.lesson));
  const marks = (name: string, shares: number[], marker: object) =>
    points({
      ...{ name, marker, y: labels, x: shares.map((share) => 100 * share) },
      hover: `%{y}, ${name}: %{x:.2f}%`,
    });
  const quartiles = listOf(shown, "lower_quartile_share");
  const data = [
    points({
      ...{ name: "a cohort", x: dots.map(({ share }) => 100 * share) },
      y: dots.map(({ lesson }) => labelOf.get(lesson)!),
      text: dots.map(({ cohort }) => figureText(cohort)),
      marker: { color: COLORS.reference, size: 7, opacity: 0.45 },
      hover: "%{text}, %{y}: %{x:.2f}%",
    }),
    marks("median", listOf(shown, "median_share"), { ...SQUARE, size: 9 }),
    marks("three of four reach", quartiles, { ...TRIANGLE, size: 10 }),
  ];
  const text = "share of lesson pages, %";
  const xaxis = { title: { text }, rangemode: "tozero", showgrid: true };
  const words = labels.slice(0, 3).map((label, i) => `${label} ${formatPercent(quartiles[i]!)}`);
  const what = `Share of lesson pages by cohort, for ${shown.length} lessons. What three of four cohorts reach`;
  const described = listed("lessons", what, words.length > 0 ? [words.join(", ")] : []);
  return figureOf(title, data, { xaxis, ...namedRows(labels), showlegend: true }, described);
}

const SQUARE = { color: COLORS.usual, symbol: "square" };
const TRIANGLE = { color: COLORS.second, symbol: "triangle-up" };
const LONGEST = 24;

function withoutBeginning(lesson: string): string {
  const last = lesson.split("/").at(-1)!;
  const short = lesson.length <= LONGEST || last === lesson ? lesson : `…/${last}`;
  return figureText(short.length <= LONGEST ? short : `${short.slice(0, LONGEST - 1)}…`);
}

/** Smaller ratios, 0 too, are drawn at the edge. */
const LEAST = 0.01;

const USES: [name: string, use: string, marker: object][] = [
  ["more", MORE_THAN_OTHERS, { ...UNUSUAL_MARKER }],
  ["less", LESS_THAN_OTHERS, { ...SQUARE, size: 9 }],
  ["alike", LIKE_OTHERS, { color: COLORS.reference, size: 8 }],
  ["not tested", NOT_TESTED, { color: COLORS.second, symbol: "circle-open", size: 9 }],
];

/**
 * Cohorts that read a lesson otherwise than the others: how many times the others' share, on a
 * logarithmic scale, with the confidence interval where there is one. Ratios below 0.01 stand at
 * 0.01.
 * @param pairs rows of `unusualLessonUse`, by `lesson` or `topic`, in the order of drawing
 */
export function unusualLessonsFigure(pairs: pl.DataFrame, { title }: FigureOptions): Figure {
  const of = pairs.columns.includes("lesson") ? "lesson" : "topic";
  const columns = ["cohort", of, "use", "ratio", "ratio_low", "ratio_high"] as const;
  const given = rowsOf("unusualLessonsFigure", pairs, columns);
  const named = given.map((row) => `${row.cohort}: ${lastParts(row[of])}`);
  const labels = labelsOf(named, 60);
  const rows = given.map(({ use, ratio, ratio_low, ratio_high }, i) => {
    const ends = ratio_low === null || ratio_high === null ? [] : [ratio_low, ratio_high];
    const [at, ...inside] = [ratio, ...ends].map((x) => Math.max(LEAST, x));
    return { use, ratio, label: labels[i]!, at: at!, ends: inside };
  });
  const groups = USES.flatMap(([name, use, marker]) => {
    const own = rows.filter((row) => row.use === use);
    if (own.length === 0) return [];
    const hover = "%{y}: %{x:.3~g} times the others' share";
    const place = { x: listOf(own, "at"), y: listOf(own, "label") };
    return points({ name: `${name} (${formatCount(own.length)})`, ...place, marker, hover });
  });
  const intervals = lines({
    name: "confidence interval",
    x: rows.flatMap(({ ends }) => (ends.length > 0 ? [...ends, null] : [])),
    y: rows.flatMap(({ ends, label }) => (ends.length > 0 ? [label, label, null] : [])),
    line: { color: COLORS.reference, width: 2 },
  });
  const logs = [1, ...rows.flatMap(({ at, ends }) => [at, ...ends])].map(Math.log10);
  const range = [Math.floor(Math.min(...logs)), Math.ceil(largestOf(logs, 0.1))];
  const text = "times the others' share (log)";
  const xaxis = { title: { text }, type: "log", showgrid: true, dtick: 1, range };
  const layout = { xaxis, ...namedRows(labels), showlegend: true };
  const first = rows.slice(0, 3).map(({ label, ratio }) => `${label} ${formatNumber(ratio)}`);
  const words = `${formatCount(rows.length)} pairs of cohort and lesson, by how many times the others' share; the first: ${first.join(", ")}.`;
  const none = "No cohort that read a lesson otherwise than the others.";
  return figureOf(title, [intervals, ...groups], layout, rows.length === 0 ? none : words);
}

const LONGEST_PARTS = 18;

function lastParts(lesson: string): string {
  const parts = lesson.split("/");
  const two = parts.slice(-2).join("/");
  if (two.length <= LONGEST_PARTS) return two;
  const last = Array.from(parts.at(-1)!);
  const isShort = last.length <= LONGEST_PARTS;
  return isShort ? last.join("") : `${last.slice(0, LONGEST_PARTS - 1).join("")}…`;
}

export interface LeastReadFigureOptions extends FigureOptions {
  most?: number;
}

/**
 * The least read current lessons of `leastReadLessons`: a panel per program, a bar per lesson for
 * the share of students who opened it in class. The least read comes first.
 */
export function leastReadFigure(
  least: pl.DataFrame,
  { title, most = 10 }: LeastReadFigureOptions,
): Figure {
  requireInteger("leastReadFigure", { most });
  const columns = ["program", "lesson", "status", "share", "users", "students"] as const;
  const all = rowsOf("leastReadFigure", least, columns).filter(({ status }) => status === CURRENT);
  const panels = inGroups(all, "program", "share", "lesson").map(([program, own]) => {
    const lessons = own.slice(0, most);
    const heading = figureText(program);
    const labels = distinct(lessons.map(({ lesson }) => withoutStart(lesson)));
    const names = lessons.map(({ lesson }) => figureText(lesson));
    const shares = lessons.map(({ share }) => share ?? 0);
    const counts = lessons.map(
      (row) => `${formatCount(row.users)} of ${formatCount(row.students)}`,
    );
    const trace = bars({
      ...{ x: shares, y: labels, text: counts, customdata: names, textposition: "outside" },
      marker: { color: PROGRAM_COLORS[program] ?? COLORS.usual },
      hover: "%{customdata}: %{x:.1%}, %{text} students",
    });
    const words = `${heading}: ${names[0]} ${formatPercent(shares[0]!)} (${counts[0]} students)`;
    return { heading, labels, shares, words, traces: [trace] };
  });
  const range = [
    0,
    1.5 *
      largestOf(
        panels.flatMap(({ shares }) => shares),
        0.01,
      ),
  ];
  const x = { range, tickformat: ".0%", nticks: 5, title: "students who opened it" };
  const layout = { ...namePanels(panels, { rowHeight: 26, gapBelow: 66, x }), showlegend: false };
  const what =
    "Share of students who opened a lesson in class, of those who could have. Least read";
  const described = listed("lessons", what, listOf(panels, "words"));
  return figureOf(title, inPanels(panels), layout, described);
}

const LONGEST_NAME = 30;

/** A long name without its beginning: lessons of one topic begin alike. */
function withoutStart(name: string): string {
  const characters = Array.from(visibleText(name, { max: 200 }));
  const end = `…${characters.slice(1 - LONGEST_NAME).join("")}`;
  return figureText(characters.length <= LONGEST_NAME ? characters.join("") : end);
}
