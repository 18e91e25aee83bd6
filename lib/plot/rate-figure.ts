import pl from "nodejs-polars";
import { requireColumns } from "../log/require-columns";
import { formatNumber, formatPercent } from "../words/format-words";
import type { Figure } from "./figure";
import type { FigureOptions } from "./figure-options";
import { figureText } from "./figure-text";
import { distinctOf, isoDaysOf, numbersOf, plainValues } from "./plain-values";
import { seriesMark } from "./series-mark";
import { COLORS } from "./theme";

export interface RateFigureOptions extends FigureOptions {
  /** Column of the periods' first days (Date). */
  date?: string;
  /** Column of the rates, or of counts. */
  value?: string;
  /** Column that tells the lines apart (String). */
  by?: string;
  /** What the values are, for the axis: "share of all pages". */
  unit?: string;
  /** How numbers are written (d3 format); percents for rates without. */
  format?: string;
  /**
   * Days from which a line is another: `by`, `shut_off` (Date; null for none) and, where they are
   * there, `rate_before` and `rate_after`; else the means are those of the periods drawn.
   */
  changes?: pl.DataFrame;
}

/**
 * Rates over time, a line each, with the days on which they changed: a vertical
 * line with the day, and the mean rates before and after, dashed.
 *
 * A period in which the change lies counts to the side of its first day in means
 * that are not given.
 *
 * @param byPeriod a row per period and line: `date` (Date), `value` (number; null
 *   leaves a gap), `by` (String); the columns' names are options
 * @throws {Error} if a column is missing or of another type
 * @example
 * rateFigure(byMonth, { title: "...", unit: "share of all pages", changes: shutOffs });
 */
export function rateFigure(
  byPeriod: pl.DataFrame,
  {
    title,
    date = "period",
    value = "rate",
    by = "direction",
    unit = value,
    format = value === "rate" ? ".1%" : ",",
    changes,
  }: RateFigureOptions,
): Figure {
  requireColumns("rateFigure", byPeriod, { [date]: "Date", [value]: "number", [by]: "String" });
  const sorted = byPeriod.sort([by, date]);
  const lines = (distinctOf(sorted, by) as (string | null)[]).map((name, place): Line => {
    const own = pl.col(by);
    const rows = sorted.filter(name === null ? own.isNull() : own.eq(pl.lit(name)));
    return { name, place, days: isoDaysOf(rows, date), values: numbersOf(rows, value) };
  });
  const changed = changes ? changedLines(lines, changes, by) : [];
  const changeDays = [...new Set(changed.map(({ day }) => day))].sort();
  const words = numberWords(format);
  return {
    data: [
      ...lines.map((line) => lineTrace(line, unit, words.hover)),
      ...changed.flatMap((change) => meanTraces(change, words.hover)),
    ],
    layout: {
      title: { text: title },
      xaxis: { title: { text: "date" }, type: "date" },
      yaxis: { title: { text: figureText(unit) }, rangemode: "tozero", tickformat: format },
      shapes: changeDays.map((day) => ({
        type: "line",
        xref: "x",
        yref: "paper",
        x0: day,
        x1: day,
        y0: 0,
        y1: 1,
        line: { color: COLORS.unusual, width: 1.5 },
      })),
      annotations: changeDays.map((day, place) => noteOf(day, place, changeDays.length)),
      legend: { y: -0.22, yanchor: "top" },
      showlegend: true,
    },
    description: describe(lines, changed, unit, words.inText),
  };
}

/** How a format writes numbers in a hover, with one digit more, and in a sentence. */
function numberWords(format: string) {
  const isPercent = format.includes("%");
  return {
    hover: isPercent ? ".1%" : ",.2~f",
    inText: (value: number | null) =>
      value === null ? "none" : isPercent ? formatPercent(value, 2) : formatNumber(value),
  };
}

interface Line {
  name: string | null;
  place: number;
  days: string[];
  values: (number | null)[];
}

/** A line that is another from a day on, with its means. */
interface ChangedLine {
  line: Line;
  day: string;
  before: number | null;
  after: number | null;
}

function changedLines(lines: Line[], changes: pl.DataFrame, by: string): ChangedLine[] {
  requireColumns("rateFigure (changes)", changes, { [by]: "String" }, "shut_off");
  const known = changes.filter(pl.col("shut_off").isNotNull());
  const names = plainValues(known, by) as (string | null)[];
  const given = (column: string) =>
    known.columns.includes(column) ? numbersOf(known, column) : names.map(() => null);
  const [before, after] = [given("rate_before"), given("rate_after")];
  return isoDaysOf(known, "shut_off").flatMap((day, row) =>
    lines
      .filter(({ name }) => name === names[row])
      .map((line) => ({
        line,
        day,
        before: before[row] ?? meanOf(line, (date) => date < day),
        after: after[row] ?? meanOf(line, (date) => date >= day),
      })),
  );
}

function meanOf({ days, values }: Line, isMeant: (day: string) => boolean): number | null {
  const meant = values.filter((value, i) => value !== null && isMeant(days[i]!)) as number[];
  return meant.length > 0 ? meant.reduce((a, b) => a + b, 0) / meant.length : null;
}

function lineTrace(
  { name, place, days, values }: Line,
  unit: string,
  format: string,
): Figure["data"][number] {
  return {
    type: "scatter",
    mode: "lines+markers",
    name: figureText(name),
    ...seriesMark(place),
    x: days,
    y: values,
    connectgaps: false,
    hovertemplate: `%{x|%d %b %Y}: %{y:${format}} (${figureText(unit)})<extra>%{fullData.name}</extra>`,
  };
}

/** The mean before and the one after, each as far as it holds. */
function meanTraces({ line, day, before, after }: ChangedLine, format: string): Figure["data"] {
  const stretches = [
    { mean: before, from: line.days[0], to: day, when: "before" },
    { mean: after, from: day, to: line.days.at(-1), when: "after" },
  ];
  return stretches.flatMap(({ mean, from, to, when }): Figure["data"] =>
    mean === null || from === undefined || to === undefined || from > to
      ? []
      : [
          {
            type: "scatter",
            mode: "lines",
            name: `${figureText(line.name)}: mean ${when} ${day}`,
            x: [from, to],
            y: [mean, mean],
            line: { color: seriesMark(line.place).line.color, width: 1.5, dash: "dash" },
            showlegend: false,
            hovertemplate: `%{fullData.name} %{y:${format}}<extra></extra>`,
          },
        ],
  );
}

/** Days stand above the plot; of two, one on each side, so that close ones do not meet. */
function noteOf(day: string, place: number, count: number) {
  return {
    text: day,
    xref: "x" as const,
    yref: "paper" as const,
    x: day,
    y: 1,
    xanchor: count === 2 ? (["right", "left"] as const)[place] : ("center" as const),
    yanchor: "bottom" as const,
    showarrow: false,
    font: { color: COLORS.unusual, size: 12 },
  };
}

function describe(
  lines: Line[],
  changed: ChangedLine[],
  unit: string,
  inText: (value: number | null) => string,
): string {
  const days = lines.flatMap((line) => line.days).sort();
  if (days.length === 0) return "No periods to show.";
  const one = lines.length === 1;
  const names = one ? "" : `: ${lines.map(({ name }) => figureText(name)).join(", ")}`;
  const words = changed.map(
    ({ line, day, before, after }) =>
      `${one ? "It" : figureText(line.name)} changes on ${day}, from a mean of ${inText(before)} to ${inText(after)}`,
  );
  return [
    `${figureText(unit)}, ${days[0]} to ${days.at(-1)}${names}.`.replace(/^./, (first) =>
      first.toUpperCase(),
    ),
    ...(words.length > 0 ? [`${words.join("; ")}.`] : []),
  ].join(" ");
}
