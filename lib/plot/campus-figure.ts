import pl from "nodejs-polars";
import { CAMPUS_SHARE, DIRECTION, MOVED, PERIOD, SHARE_AFTER, SHARE_BEFORE } from "../log/columns";
import { requireColumns } from "../log/require-columns";
import type { Figure } from "./figure";
import type { FigureOptions } from "./figure-options";
import { rateFigure } from "./rate-figure";

export interface CampusFigureOptions extends FigureOptions {
  /** The day from which on the share is another, as `campusMove` gives it. */
  move?: pl.DataFrame;
}

/**
 * The share of students' requests that come from campus, week by week, with the day on which
 * it changed and both means.
 *
 * @param shares weekly shares, as `campusShares` gives them; weeks without requests leave a gap
 * @throws {Error} if a column is missing or of another type
 */
export function campusFigure(shares: pl.DataFrame, { title, move }: CampusFigureOptions): Figure {
  requireColumns("campusFigure", shares, { [PERIOD]: "Date", [CAMPUS_SHARE]: "number" });
  const line = pl.lit("from campus").alias(DIRECTION);
  if (move) {
    requireColumns("campusFigure (move)", move, {
      [MOVED]: "Date",
      [SHARE_BEFORE]: "number",
      [SHARE_AFTER]: "number",
    });
  }
  const figure = rateFigure(shares.withColumns(line), {
    title,
    value: CAMPUS_SHARE,
    unit: "share of students' requests from campus",
    format: ".0%",
    changes: move
      ?.rename({ [MOVED]: "shut_off", [SHARE_BEFORE]: "rate_before", [SHARE_AFTER]: "rate_after" })
      .withColumns(line),
  });
  // Weeks are too many for a marker each.
  const data = figure.data.map((trace) => ({ ...trace, mode: "lines" }) as typeof trace);
  return { ...figure, data, layout: { ...figure.layout, showlegend: false } };
}
