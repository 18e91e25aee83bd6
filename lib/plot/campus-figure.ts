import pl from "nodejs-polars";
import { requireColumns } from "../log/require-columns";
import type { Figure, FigureOptions } from "./figure";
import { rateFigure } from "./rate-figure";

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
    title,
    value: "campus_share",
    unit: "share of students' requests from campus",
    format: ".0%",
    changes: move?.rename(renamed).withColumns(line),
  });
  const data = figure.data.map((trace) => ({ ...trace, mode: "lines" }) as typeof trace);
  return { ...figure, data, layout: { ...figure.layout, showlegend: false } };
}
