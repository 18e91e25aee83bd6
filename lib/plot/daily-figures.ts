import type pl from "nodejs-polars";
import { requireColumns, requireValues } from "../log/require-columns";
import { formatCount } from "../words/format-words";
import { type Figure, type FigureOptions, figureOf, type Trace } from "./figure";
import { daysAlong, isoDaysOf, largestOf, numbersOf } from "./rows";
import { COLORS, UNUSUAL_MARKER } from "./theme";
import { lines, points } from "./traces";

/**
 * Page views per day, as a line from zero.
 * @param daily `date`, `pages` of one user, or of the whole site
 * @throws {Error} if a day is there twice
 */
export function dailyFigure(daily: pl.DataFrame, { title }: FigureOptions): Figure {
  const series = oneSeries("dailyFigure", daily);
  const line = pageViews(series, { x: isoDaysOf(series) }, 1.5);
  return figureOf(title, [line], { ...DAILY_AXES, showlegend: false }, describeDays(series));
}

/**
 * Page views per day of the whole site, with the days marked on which hardly anyone read.
 * @param quiet as `quietDays` gives them
 * @throws {Error} if a day is there twice
 */
export function quietDaysFigure(
  daily: pl.DataFrame,
  quiet: pl.DataFrame,
  { title }: FigureOptions,
): Figure {
  const series = oneSeries("quietDaysFigure", daily);
  requireColumns("quietDaysFigure (quiet)", quiet, "date", { pages: "number" }, "usual_pages");
  requireValues("quietDaysFigure (quiet)", quiet, ["date"]);
  const marked = quiet.sort("date");
  const marks = points({
    ...{ name: "quiet weekday", x: isoDaysOf(marked), y: numbersOf(marked, "pages") },
    customdata: numbersOf(marked, "usual_pages"),
    marker: { ...UNUSUAL_MARKER, size: 6 },
    hover: hoverOfDay("%{y:,} page views, usually %{customdata:,}"),
  });
  const data = [pageViews(series, daysAlong(isoDaysOf(series))), marks];
  const words = `${describeDays(series)} ${formatCount(marked.height)} quiet weekdays are marked.`;
  return figureOf(title, data, { ...DAILY_AXES, showlegend: true }, words);
}

export const DAILY_AXES = {
  xaxis: { title: { text: "date" }, type: "date" },
  yaxis: { title: { text: "page views per day" }, rangemode: "tozero" },
};

export const hoverOfDay = (what: string) => `%{x|%a %d %b %Y}: ${what}`;

export function pageViews(series: pl.DataFrame, days: object, width = 1): Trace {
  return lines({
    ...{ name: "page views", ...days, y: numbersOf(series, "pages") },
    line: { color: COLORS.usual, width },
    hover: hoverOfDay("%{y:,} page views"),
  });
}

/** The rows of one series by day; refuses a frame that holds several. */
export function oneSeries(caller: string, daily: pl.DataFrame): pl.DataFrame {
  requireColumns(caller, daily, "date", { pages: "number" });
  requireValues(caller, daily, ["date"]);
  const sorted = daily.sort("date");
  const days = isoDaysOf(sorted);
  const twice = days.find((day, i) => day === days[i - 1]);
  if (twice === undefined) return sorted;
  throw new Error(
    `${caller} draws one user's days, or the whole site's; ${twice} is there twice: filter the frame to one`,
  );
}

/** The day with the most page views; undefined of no days. */
export function busiestDay(series: pl.DataFrame): { day: string; pages: number } | undefined {
  const counts = numbersOf(series, "pages").map((count) => count ?? 0);
  const pages = largestOf(counts);
  return counts.length > 0 ? { day: isoDaysOf(series)[counts.indexOf(pages)]!, pages } : undefined;
}

export function describeDays(series: pl.DataFrame): string {
  const [days, top] = [isoDaysOf(series), busiestDay(series)];
  if (!top) return "No days to show.";
  return (
    `Page views per day from ${days[0]} to ${days.at(-1)}; ` +
    `the most, ${formatCount(top.pages)}, on ${top.day}.`
  );
}
