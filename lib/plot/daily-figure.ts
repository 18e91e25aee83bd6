import type pl from "nodejs-polars";
import { requireColumns, requireValues } from "../log/require-columns";
import { formatCount } from "../words/format-words";
import type { Figure } from "./figure";
import type { FigureOptions } from "./figure-options";
import { isoDaysOf, numbersOf } from "./plain-values";
import { COLORS } from "./theme";

/**
 * Page views per day, as a line from zero.
 *
 * @param daily daily page views of one user, or of the whole site: `date`, `pages`
 * @throws {Error} if a column is missing or of another type, or a day is there
 *   twice (then the frame holds several users: filter it to one)
 */
export function dailyFigure(daily: pl.DataFrame, { title }: FigureOptions): Figure {
  const series = oneSeries("dailyFigure", daily);
  const days = isoDaysOf(series, "date");
  const pages = numbersOf(series, "pages");
  return {
    data: [
      {
        type: "scatter",
        mode: "lines",
        name: "page views",
        x: days,
        y: pages,
        line: { color: COLORS.usual, width: 1.5 },
        hovertemplate: "%{x|%a %d %b %Y}: %{y:,} page views<extra></extra>",
      },
    ],
    layout: { title: { text: title }, ...dailyAxes(), showlegend: false },
    description: describeDays(days, pages),
  };
}

/** Days across, page views per day from zero. */
export function dailyAxes(): Figure["layout"] {
  return {
    xaxis: { title: { text: "date" }, type: "date" },
    yaxis: { title: { text: "page views per day" }, rangemode: "tozero" },
  };
}

/** The rows of one series in order of days; refuses a frame that holds several. */
export function oneSeries(caller: string, daily: pl.DataFrame): pl.DataFrame {
  requireColumns(caller, daily, "date", { pages: "number" });
  requireValues(caller, daily, ["date"]);
  const sorted = daily.sort("date");
  const days = isoDaysOf(sorted, "date");
  const twice = days.find((day, i) => day === days[i - 1]);
  if (twice !== undefined) {
    throw new Error(
      `${caller} draws one user's days, or the whole site's; ${twice} is there twice: filter the frame to one`,
    );
  }
  return sorted;
}

/** From when to when, and the highest day, in a sentence. */
export function describeDays(days: string[], pages: (number | null)[]): string {
  if (days.length === 0) return "No days to show.";
  const most = Math.max(...pages.map((count) => count ?? 0));
  const when = days[pages.indexOf(most)];
  return (
    `Page views per day from ${days[0]} to ${days.at(-1)}; ` +
    `the most, ${formatCount(most)}, on ${when}.`
  );
}
