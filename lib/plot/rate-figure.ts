import type pl from "nodejs-polars";
import type { Row as AnyRow } from "../log/first-row";
import { requireColumns } from "../log/require-columns";
import { formatNumber, formatPercent } from "../words/format-words";
import type { Figure, FigureOptions, Trace } from "./figure";
import { figureText } from "./figure-text";
import { dayText, grouped, inOrder } from "./rows";
import { COLORS } from "./theme";
import { lines, seriesMark } from "./traces";

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
 * Rates over time, a line each, with the days on which they changed: a vertical line with the day,
 * and the mean rates before and after, dashed. A period in which the change lies counts to the side
 * of its first day in means that are not given.
 *
 * @param byPeriod a row per period and line: `date` (Date), `value` (number; null leaves a gap), `by`
 *   (String); the columns' names are options
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
  const given: AnyRow[] = byPeriod.select(date, value, by).toRecords();
  const points = given.map((row) => ({ line: row[by], day: dayText(row[date]), rate: row[value] }));
  const all = grouped(inOrder(points, "line", "day"), ({ line }) => line).map(
    ([name, own], place): Line => ({ name, place, points: own }),
  );
  const changed = changes ? changedLines(all, changes, by) : [];
  const days = [...new Set(changed.map(({ day }) => day))].sort();
  const isPercent = format.includes("%");
  const hover = isPercent ? ".1%" : ",.2~f";
  const inText = (rate: number | null) =>
    rate === null ? "none" : isPercent ? formatPercent(rate, 2) : formatNumber(rate);
  return {
    data: [
      ...all.map((line) => lineTrace(line, `%{y:${hover}} (${figureText(unit)})`)),
      ...changed.flatMap((change) => meanTraces(change, hover)),
    ],
    layout: {
      title: { text: title },
      xaxis: { title: { text: "date" }, type: "date" },
      yaxis: { title: { text: figureText(unit) }, rangemode: "tozero", tickformat: format },
      shapes: days.map((day) => ({
        ...{ type: "line", xref: "x", yref: "paper", x0: day, x1: day, y0: 0, y1: 1 },
        line: { color: COLORS.unusual, width: 1.5 },
      })),
      annotations: days.map((day, place) => noteOf(day, place, days.length)),
      legend: { y: -0.22, yanchor: "top" },
      showlegend: true,
    } as Figure["layout"],
    description: describe(all, changed, figureText(unit), inText),
  };
}

interface Point {
  line: string | null;
  day: string;
  rate: number | null;
}

interface Line {
  name: string | null;
  place: number;
  /** By day. */
  points: Point[];
}

/** A line that is another from a day on, with its means. */
interface ChangedLine {
  line: Line;
  day: string;
  before: number | null;
  after: number | null;
}

function changedLines(all: Line[], changes: pl.DataFrame, by: string): ChangedLine[] {
  requireColumns("rateFigure (changes)", changes, { [by]: "String" }, "shut_off");
  return (changes.toRecords() as AnyRow[]).flatMap((row) => {
    if (row.shut_off === null) return [];
    const day = dayText(row.shut_off);
    return all
      .filter(({ name }) => name === row[by])
      .map((line) => ({
        line,
        day,
        before: row.rate_before ?? meanOf(line.points.filter((point) => point.day < day)),
        after: row.rate_after ?? meanOf(line.points.filter((point) => point.day >= day)),
      }));
  });
}

function meanOf(points: Point[]): number | null {
  const rates = points.map(({ rate }) => rate).filter((rate) => rate !== null);
  return rates.length > 0 ? rates.reduce((a, b) => a + b, 0) / rates.length : null;
}

function lineTrace({ name, place, points }: Line, hover: string): Trace {
  return lines({
    mode: "lines+markers",
    name: figureText(name),
    ...seriesMark(place),
    x: points.map(({ day }) => day),
    y: points.map(({ rate }) => rate),
    connectgaps: false,
    hover: `%{x|%d %b %Y}: ${hover}<extra>%{fullData.name}</extra>`,
  });
}

/** The mean before and the one after, each as far as it holds. */
function meanTraces({ line, day, before, after }: ChangedLine, format: string): Trace[] {
  const [first, last] = [line.points[0]!.day, line.points.at(-1)!.day];
  const mean = (rate: number | null, when: string, from: string, to: string) =>
    rate === null || from > to
      ? []
      : [
          lines({
            name: `${figureText(line.name)}: mean ${when} ${day}`,
            x: [from, to],
            y: [rate, rate],
            line: { color: seriesMark(line.place).line.color, width: 1.5, dash: "dash" },
            showlegend: false,
            hover: `%{fullData.name} %{y:${format}}`,
          }),
        ];
  return [...mean(before, "before", first, day), ...mean(after, "after", day, last)];
}

/** Days stand above the plot; of two, one on each side, so that close ones do not meet. */
function noteOf(day: string, place: number, count: number) {
  const xanchor = count === 2 ? ["right", "left"][place] : "center";
  const font = { color: COLORS.unusual, size: 12 };
  const above = { xref: "x", yref: "paper", x: day, y: 1, xanchor, yanchor: "bottom" };
  return { text: day, ...above, showarrow: false, font };
}

function describe(
  all: Line[],
  changed: ChangedLine[],
  unit: string,
  inText: (rate: number | null) => string,
): string {
  const days = all.flatMap(({ points }) => points.map(({ day }) => day)).sort();
  if (days.length === 0) return "No periods to show.";
  const isOne = all.length === 1;
  const names = isOne ? "" : `: ${all.map(({ name }) => figureText(name)).join(", ")}`;
  const whole = `${unit}, ${days[0]} to ${days.at(-1)}${names}.`;
  const words = changed.map(
    ({ line, day, before, after }) =>
      `${isOne ? "It" : figureText(line.name)} changes on ${day}, from a mean of ${inText(before)} to ${inText(after)}`,
  );
  const change = words.length > 0 ? ` ${words.join("; ")}.` : "";
  return whole.replace(/^./, (letter) => letter.toUpperCase()) + change;
}
