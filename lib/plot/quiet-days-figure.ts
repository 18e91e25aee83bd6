import type pl from "nodejs-polars";
import { requireColumns, requireValues } from "../log/require-columns";
import { formatCount } from "../words/format-words";
import { dailyAxes, describeDays, oneSeries } from "./daily-figure";
import type { Figure } from "./figure";
import type { FigureOptions } from "./figure-options";
import { daysAlong, isoDaysOf, numbersOf } from "./plain-values";
import { COLORS, UNUSUAL_MARKER } from "./theme";

/**
 * Page views per day, with the days marked on which hardly anyone read.
 *
 * @param daily daily page views of the whole site: `date`, `pages`
 * @param quiet quiet days, as `quietDays` gives them
 * @throws {Error} if a column is missing or of another type, or a day is there twice
 */
export function quietDaysFigure(
  daily: pl.DataFrame,
  quiet: pl.DataFrame,
  { title }: FigureOptions,
): Figure {
  const series = oneSeries("quietDaysFigure", daily);
  requireColumns("quietDaysFigure (quiet)", quiet, "date", { pages: "number" }, "usual_pages");
  requireValues("quietDaysFigure (quiet)", quiet, ["date"]);
  const days = isoDaysOf(series, "date");
  const pages = numbersOf(series, "pages");
  const marked = quiet.sort("date");
  return {
    data: [
      {
        type: "scatter",
        mode: "lines",
        name: "page views",
        ...daysAlong(days),
        y: pages,
        line: { color: COLORS.usual, width: 1 },
        hovertemplate: "%{x|%a %d %b %Y}: %{y:,} page views<extra></extra>",
      },
      {
        type: "scatter",
        mode: "markers",
        name: "quiet weekday",
        x: isoDaysOf(marked, "date"),
        y: numbersOf(marked, "pages"),
        customdata: numbersOf(marked, "usual_pages") as number[],
        marker: { ...UNUSUAL_MARKER, size: 6 },
        hovertemplate:
          "%{x|%a %d %b %Y}: %{y:,} page views, usually %{customdata:,}<extra></extra>",
      },
    ],
    layout: { title: { text: title }, ...dailyAxes(), showlegend: true },
    description: `${describeDays(days, pages)} ${formatCount(marked.height)} quiet weekdays are marked.`,
  };
}
