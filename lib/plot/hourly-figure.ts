import type pl from "nodejs-polars";
import { formatCount } from "../words/format-words";
import type { Figure, FigureOptions } from "./figure";
import { largestOf, rowsOf } from "./rows";
import { SEQUENTIAL } from "./theme";

const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/**
 * Page views by weekday and hour, as a heat map: the darker, the more.
 *
 * @param hourly what `hourlyPageViews` gives
 * @throws {Error} if a column is missing or of another type
 */
export function hourlyFigure(hourly: pl.DataFrame, { title }: FigureOptions): Figure {
  const rows = rowsOf("hourlyFigure", hourly, ["weekday", "hour", "pages"]);
  const week = WEEKDAYS.map(() => Array<number>(24).fill(0));
  for (const { weekday, hour, pages } of rows) week[weekday - 1]![hour] = pages;
  const most = largestOf(rows.map(({ pages }) => pages));
  const top = rows.find(({ pages }) => pages === most);
  return {
    data: [
      {
        type: "heatmap",
        x: Array.from({ length: 24 }, (_, hour) => hour),
        y: WEEKDAYS,
        z: week,
        // From zero: with the range left to plotly, small differences would look large.
        zmin: 0,
        zmax: Math.max(1, most),
        colorscale: SEQUENTIAL,
        colorbar: { title: { text: "page views" } },
        hovertemplate: "%{y}, %{x}:00 to %{x}:59: %{z:,} page views<extra></extra>",
      },
    ],
    layout: {
      title: { text: title },
      xaxis: { title: { text: "hour of the day" }, dtick: 2 },
      yaxis: { type: "category", autorange: "reversed" },
    },
    description: top
      ? `Page views by weekday and hour; the most, ${formatCount(most)}, ` +
        `on ${WEEKDAYS[top.weekday - 1]}s from ${top.hour}:00.`
      : "No hours to show.",
  };
}
