import type pl from "nodejs-polars";
import { formatCount } from "../words/format-words";
import { type Figure, type FigureOptions, figureOf } from "./figure";
import { largestOf, rowsOf } from "./rows";
import { SEQUENTIAL } from "./theme";

const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/** Page views by weekday and hour, as `hourlyPageViews` gives them, as a heat map. */
export function hourlyFigure(hourly: pl.DataFrame, { title }: FigureOptions): Figure {
  const rows = rowsOf("hourlyFigure", hourly, ["weekday", "hour", "pages"]);
  const week = WEEKDAYS.map(() => Array<number>(24).fill(0));
  for (const { weekday, hour, pages } of rows) week[weekday - 1]![hour] = pages;
  const most = largestOf(rows.map(({ pages }) => pages));
  const top = rows.find(({ pages }) => pages === most);
  const words =
    top &&
    `Page views by weekday and hour; the most, ${formatCount(most)}, ` +
      `on ${WEEKDAYS[top.weekday - 1]}s from ${top.hour}:00.`;
  const map = {
    ...{ x: [...Array(24).keys()], y: WEEKDAYS, z: week, colorscale: SEQUENTIAL },
    ...{ zmin: 0, zmax: Math.max(1, most), colorbar: { title: { text: "page views" } } },
    hovertemplate: "%{y}, %{x}:00 to %{x}:59: %{z:,} page views<extra></extra>",
  };
  const xaxis = { title: { text: "hour of the day" }, dtick: 2 };
  const layout = { xaxis, yaxis: { type: "category", autorange: "reversed" } };
  return figureOf(title, [{ type: "heatmap", ...map }], layout, words ?? "No hours to show.");
}
