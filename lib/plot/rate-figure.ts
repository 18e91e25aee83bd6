import type pl from "nodejs-polars";
import type { Row } from "../log/first-row";
import { requireColumns } from "../log/require-columns";
import { formatNumber, formatPercent } from "../words/format-words";
import { type Figure, type FigureOptions, figureOf, type Trace } from "./figure";
import { figureText } from "./figure-text";
import { dayText, grouped, inOrder } from "./rows";
import { COLORS } from "./theme";
import { lines, seriesMark } from "./traces";

export interface RateFigureOptions extends FigureOptions {
  /** Column of the periods' first days. */
  date?: string;
  value?: string;
  /** Column that tells the lines apart. */
  by?: string;
  /** What the values are, for the axis. */
  unit?: string;
  /** A d3 format; percents for rates without. */
  format?: string;
  /**
   * `by`, `shut_off` (null for none) and, if known, `rate_before` and `rate_after`; else the means
   * of the periods drawn.
   */
  changes?: pl.DataFrame;
}

interface Line {
  name: string | null;
  label: string;
  color: string;
  points: { day: string; rate: number | null }[];
}
interface Change {
  line: Line;
  day: string;
  before: number | null;
  after: number | null;
}

/**
 * Rates over time, a line each, with the days on which they changed and the mean rates before and
 * after, dashed. A period belongs to the side of its first day.
 * @param byPeriod a row per period and line: `date`, `value` (null leaves a gap), `by`
 * @example
 * rateFigure(byMonth, { title: "...", unit: "share of all pages", changes: shutOffs });
 */
export function rateFigure(byPeriod: pl.DataFrame, options: RateFigureOptions): Figure {
  const { title, date = "period", value = "rate", by = "direction", changes } = options;
  const { unit = value, format = value === "rate" ? ".1%" : "," } = options;
  requireColumns("rateFigure", byPeriod, { [date]: "Date", [value]: "number", [by]: "String" });
  const given: Row[] = byPeriod.select(date, value, by).toRecords();
  const points = given.map((row) => ({ name: row[by], day: dayText(row[date]), rate: row[value] }));
  const all = grouped(inOrder(points, "name", "day"), ({ name }) => name).map(
    ([name, points], place): Line => {
      return { name, label: figureText(name), color: seriesMark(place).line.color, points };
    },
  );
  const changed = changes ? changesOf(all, changes, by) : [];
  const days = [...new Set(changed.map(({ day }) => day))].sort();
  const isPercent = format.includes("%");
  const hover = isPercent ? ".1%" : ",.2~f";
  const text = figureText(unit);
  const data = all.map(({ label, points }, place) =>
    lines({
      mode: "lines+markers",
      name: label,
      ...seriesMark(place),
      x: points.map(({ day }) => day),
      y: points.map(({ rate }) => rate),
      connectgaps: false,
      hover: `%{x|%d %b %Y}: %{y:${hover}} (${text})<extra>%{fullData.name}</extra>`,
    }),
  );
  const layout = {
    xaxis: { title: { text: "date" }, type: "date" },
    yaxis: { title: { text }, rangemode: "tozero", tickformat: format },
    shapes: days.map((day) => ({
      ...{ type: "line", xref: "x", yref: "paper", x0: day, x1: day, y0: 0, y1: 1 },
      line: { color: COLORS.unusual, width: 1.5 },
    })),
    annotations: days.map((day, place) => noteOf(day, place, days.length)),
    legend: { y: -0.22, yanchor: "top" },
    showlegend: true,
  };
  const means = changed.flatMap((change) => meanTraces(change, hover));
  return figureOf(title, [...data, ...means], layout, describe(all, changed, text, isPercent));
}

function changesOf(all: Line[], changes: pl.DataFrame, by: string): Change[] {
  requireColumns("rateFigure (changes)", changes, { [by]: "String" }, "shut_off");
  const rows: Row[] = changes.toRecords();
  return rows.flatMap((row) => {
    if (row.shut_off === null) return [];
    const day = dayText(row.shut_off);
    const own = all.filter(({ name }) => name === row[by]);
    return own.map((line) => ({
      line,
      day,
      before: row.rate_before ?? meanOf(line.points.filter((point) => point.day < day)),
      after: row.rate_after ?? meanOf(line.points.filter((point) => point.day >= day)),
    }));
  });
}

function meanOf(points: Line["points"]): number | null {
  const rates = points.map(({ rate }) => rate).filter((rate) => rate !== null);
  return rates.length > 0 ? rates.reduce((a, b) => a + b, 0) / rates.length : null;
}

function meanTraces({ line, day, before, after }: Change, format: string): Trace[] {
  const mean = (rate: number | null, when: string, from: string, to: string): Trace[] => {
    if (rate === null || from > to) return [];
    const trace = lines({
      name: `${line.label}: mean ${when} ${day}`,
      x: [from, to],
      y: [rate, rate],
      line: { color: line.color, width: 1.5, dash: "dash" },
      showlegend: false,
      hover: `%{fullData.name} %{y:${format}}`,
    });
    return [trace];
  };
  const [first, last] = [line.points[0]!.day, line.points.at(-1)!.day];
  return [...mean(before, "before", first, day), ...mean(after, "after", day, last)];
}

/** Days stand above the plot; of two, one on each side. */
function noteOf(day: string, place: number, count: number) {
  const xanchor = count === 2 ? ["right", "left"][place] : "center";
  const font = { color: COLORS.unusual, size: 12 };
  const above = { xref: "x", yref: "paper", x: day, y: 1, xanchor, yanchor: "bottom" };
  return { text: day, ...above, showarrow: false, font };
}

function describe(all: Line[], changed: Change[], unit: string, isPercent: boolean): string {
  const inText = (rate: number | null) =>
    rate === null ? "none" : isPercent ? formatPercent(rate, 2) : formatNumber(rate);
  const days = all.flatMap(({ points }) => points.map(({ day }) => day)).sort();
  if (days.length === 0) return "No periods to show.";
  const isOne = all.length === 1;
  const names = isOne ? "" : `: ${all.map(({ label }) => label).join(", ")}`;
  const whole = `${unit}, ${days[0]} to ${days.at(-1)}${names}.`;
  const words = changed.map(
    ({ line, day, before, after }) =>
      `${isOne ? "It" : line.label} changes on ${day}, from a mean of ${inText(before)} to ${inText(after)}`,
  );
  const change = words.length > 0 ? ` ${words.join("; ")}.` : "";
  return whole.replace(/^./, (letter) => letter.toUpperCase()) + change;
}
