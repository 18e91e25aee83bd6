import type pl from "nodejs-polars";
import { requireColumns, requireValues } from "../log/require-columns";
import { formatCount } from "../words/format-words";
import { type Figure, type FigureOptions, figureOf, type Trace } from "./figure";
import { isoDaysOf, numbersOf } from "./plain-values";
import { largestOf } from "./rows";
import { COLORS } from "./theme";
import { lines } from "./traces";

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

export const DAILY_AXES = {
  xaxis: { title: { text: "date" }, type: "date" },
  yaxis: { title: { text: "page views per day" }, rangemode: "tozero" },
};

export const hoverOfDay = (what: string) => `%{x|%a %d %b %Y}: ${what}`;

export function pageViews(series: pl.DataFrame, days: object, width = 1): Trace {
  return lines({
    name: "page views",
    ...days,
    y: numbersOf(series, "pages"),
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

export function describeDays(series: pl.DataFrame): string {
  const days = isoDaysOf(series);
  if (days.length === 0) return "No days to show.";
  const pages = numbersOf(series, "pages").map((count) => count ?? 0);
  const most = largestOf(pages);
  return (
    `Page views per day from ${days[0]} to ${days.at(-1)}; ` +
    `the most, ${formatCount(most)}, on ${days[pages.indexOf(most)]}.`
  );
}
