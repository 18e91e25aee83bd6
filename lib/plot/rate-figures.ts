import pl from "nodejs-polars";
import type { Row } from "../log/first-row";
import { requireColumns } from "../log/require-columns";
import { formatNumber, formatPercent } from "../words/format-words";
import { type Figure, type FigureOptions, figureOf, type Trace } from "./figure";
import { figureText } from "./figure-text";
import { dayText, inGroups, listOf, sumOf } from "./rows";
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
   * `by`, `shut_off` (null for none) and, if known, `rate_before` since `rate_from` and `rate_after`
   * until `rate_until`; else the means of the periods drawn.
   */
  changes?: pl.DataFrame;
}

interface Line {
  name: string | null;
  label: string;
  look: ReturnType<typeof seriesMark>;
  points: { day: string; rate: number | null }[];
}
interface Change {
  line: Line;
  day: string;
  before: number | null;
  after: number | null;
  from: string;
  until: string;
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
  const rows = given.map((row) => ({ name: row[by], day: dayText(row[date]), rate: row[value] }));
  const all = inGroups(rows, "name", "day").map(([name, points], place): Line => {
    return { name, label: figureText(name), look: seriesMark(place), points };
  });
  const changed = changes ? changesOf(all, changes, by) : [];
  const days = [...new Set(listOf(changed, "day"))].sort();
  const isPercent = format.includes("%");
  const hover = isPercent ? ".1%" : ",.2~f";
  const text = figureText(unit);
  const data = all.map(({ label, look, points }) =>
    lines({
      ...{ mode: "lines+markers", name: label, ...look },
      ...{ x: listOf(points, "day"), y: listOf(points, "rate") },
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
    annotations: days.map((day, place) => ({
      ...{ text: day, xref: "x", yref: "paper", x: day, y: 1, yanchor: "bottom" },
      // Of two days one stands on each side.
      xanchor: days.length === 2 ? ["right", "left"][place] : "center",
      ...{ showarrow: false, font: { color: COLORS.unusual, size: 12 } },
    })),
    legend: { y: -0.22, yanchor: "top" },
    showlegend: true,
  };
  const means = changed.flatMap((change) => meanTraces(change, hover));
  const inText = isPercent ? (rate: number) => formatPercent(rate, 2) : formatNumber;
  return figureOf(title, [...data, ...means], layout, describe(all, changed, text, inText));
}

function changesOf(all: Line[], changes: pl.DataFrame, by: string): Change[] {
  requireColumns("rateFigure (changes)", changes, { [by]: "String" }, "shut_off");
  const rows = (changes.toRecords() as Row[]).filter((row) => row.shut_off !== null);
  return rows.flatMap((row) => {
    const day = dayText(row.shut_off);
    const own = all.filter(({ name }) => name === row[by]);
    return own.map((line) => ({
      ...{ line, day },
      from: row.rate_from ? dayText(row.rate_from) : line.points[0]!.day,
      until: row.rate_until ? dayText(row.rate_until) : line.points.at(-1)!.day,
      before: row.rate_before ?? meanOf(line.points.filter((point) => point.day < day)),
      after: row.rate_after ?? meanOf(line.points.filter((point) => point.day >= day)),
    }));
  });
}

function meanOf(points: Line["points"]): number | null {
  const rates = listOf(points, "rate").filter((rate) => rate !== null);
  return rates.length > 0 ? sumOf(rates) / rates.length : null;
}

function meanTraces({ line, day, before, after, from, until }: Change, format: string): Trace[] {
  const mean = (rate: number | null, when: string, first: string, last: string): Trace[] => {
    if (rate === null || first > last) return [];
    const name = `${line.label}: mean ${when} ${day}`;
    const look = { line: { ...line.look.line, width: 1.5, dash: "dash" as const } };
    const hover = `%{fullData.name} %{y:${format}}`;
    return [lines({ name, x: [first, last], y: [rate, rate], ...look, showlegend: false, hover })];
  };
  return [...mean(before, "before", from, day), ...mean(after, "after", day, until)];
}

function describe(
  all: Line[],
  changed: Change[],
  unit: string,
  inText: (rate: number) => string,
): string {
  const days = all.flatMap(({ points }) => listOf(points, "day")).sort();
  if (days.length === 0) return "No periods to show.";
  const isOne = all.length === 1;
  const names = isOne ? "" : `: ${listOf(all, "label").join(", ")}`;
  const whole = `${unit}, ${days[0]} to ${days.at(-1)}${names}.`;
  const words = changed.map(({ line, day, before, after }) => {
    const [from, to] = [before, after].map((rate) => (rate === null ? "none" : inText(rate)));
    return `${isOne ? "It" : line.label} changes on ${day}, from a mean of ${from} to ${to}`;
  });
  const change = words.length > 0 ? ` ${words.join("; ")}.` : "";
  return whole.replace(/^./, (letter) => letter.toUpperCase()) + change;
}

export interface CampusFigureOptions extends FigureOptions {
  /** As `campusMove` gives it. */
  move?: pl.DataFrame;
}

/**
 * The share of students' requests that come from campus by week, as `campusShares` gives it (null
 * leaves a gap), with the day of change and both means.
 */
export function campusFigure(shares: pl.DataFrame, { title, move }: CampusFigureOptions): Figure {
  requireColumns("campusFigure", shares, "period", "campus_share");
  if (move) requireColumns("campusFigure (move)", move, "moved", "share_before", "share_after");
  const line = pl.lit("from campus").alias("direction");
  const renamed = { moved: "shut_off", share_before: "rate_before", share_after: "rate_after" };
  const figure = rateFigure(shares.withColumns(line), {
    ...{ title, value: "campus_share", format: ".0%" },
    unit: "share of students' requests from campus",
    changes: move?.rename(renamed).withColumns(line),
  });
  const data = figure.data.map((trace) => ({ ...trace, mode: "lines" }) as typeof trace);
  return { ...figure, data, layout: { ...figure.layout, showlegend: false } };
}
