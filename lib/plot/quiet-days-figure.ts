import type pl from "nodejs-polars";
import { requireColumns, requireValues } from "../log/require-columns";
import { formatCount } from "../words/format-words";
import { DAILY_AXES, describeDays, hoverOfDay, oneSeries, pageViews } from "./daily-figure";
import { type Figure, type FigureOptions, figureOf } from "./figure";
import { daysAlong, isoDaysOf, numbersOf } from "./plain-values";
import { UNUSUAL_MARKER } from "./theme";
import { points } from "./traces";

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
    name: "quiet weekday",
    x: isoDaysOf(marked),
    y: numbersOf(marked, "pages"),
    customdata: numbersOf(marked, "usual_pages"),
    marker: { ...UNUSUAL_MARKER, size: 6 },
    hover: hoverOfDay("%{y:,} page views, usually %{customdata:,}"),
  });
  const data = [pageViews(series, daysAlong(isoDaysOf(series))), marks];
  const words = `${describeDays(series)} ${formatCount(marked.height)} quiet weekdays are marked.`;
  return figureOf(title, data, { ...DAILY_AXES, showlegend: true }, words);
}
