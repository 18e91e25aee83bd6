import type pl from "nodejs-polars";
import { requireColumns } from "../log/require-columns";
import { formatCount } from "../words/format-words";
import type { Figure } from "./figure";
import type { FigureOptions } from "./figure-options";
import { numbersOf } from "./plain-values";
import { SEQUENTIAL } from "./theme";

const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/**
 * Page views by weekday and hour, as a heat map: the darker, the more.
 *
 * @param hourly what `hourlyPageViews` gives
 * @throws {Error} if a column is missing or of another type
 */
export function hourlyFigure(hourly: pl.DataFrame, { title }: FigureOptions): Figure {
  requireColumns("hourlyFigure", hourly, "weekday", "hour", "pages");
  const [weekdays, hours, pages] = ["weekday", "hour", "pages"].map((name) =>
    numbersOf(hourly, name),
  ) as [number[], number[], number[]];
  const week = WEEKDAYS.map(() => Array<number>(24).fill(0));
  pages.forEach((count, row) => {
    week[weekdays[row]! - 1]![hours[row]!] = count;
  });
  const most = pages.indexOf(Math.max(...pages));
  return {
    data: [
      {
        type: "heatmap",
        x: Array.from({ length: 24 }, (_, hour) => hour),
        y: WEEKDAYS,
        z: week,
        // From zero: with the range left to plotly, small differences would look large.
        zmin: 0,
        zmax: Math.max(1, ...pages),
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
    description:
      most < 0
        ? "No hours to show."
        : `Page views by weekday and hour; the most, ${formatCount(pages[most]!)}, ` +
          `on ${WEEKDAYS[weekdays[most]! - 1]}s from ${hours[most]}:00.`,
  };
}
