import pl from "nodejs-polars";
import { requireColumns } from "../log/require-columns";
import type { Figure, FigureOptions } from "./figure";
import { rateFigure } from "./rate-figure";

export interface CampusFigureOptions extends FigureOptions {
  /** The day from which on the share is another, as `campusMove` gives it. */
  move?: pl.DataFrame;
}

/**
 * The share of students' requests that come from campus, week by week, with the day on which it
 * changed and both means.
 *
 * @param shares weekly shares, as `campusShares` gives them; weeks without requests leave a gap
 * @throws {Error} if a column is missing or of another type
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
  // Weeks are too many for a marker each.
  const data = figure.data.map((trace) => ({ ...trace, mode: "lines" }) as typeof trace);
  return { ...figure, data, layout: { ...figure.layout, showlegend: false } };
}
