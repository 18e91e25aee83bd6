import pl from "nodejs-polars";
import type { ColumnKind } from "../log/require-columns";
import type { Figure } from "./figure";
import { daysAlong, isoDaysOf, numbersOf, roundedNumbersOf } from "./plain-values";
import { COLORS, UNUSUAL_MARKER } from "./theme";

type Trace = Figure["data"][number];

/** The columns of a frame with bands, besides its days and pages. */
export const BAND_COLUMNS: Readonly<Record<string, ColumnKind>> = {
  midband: "number",
  upper_band: "number",
  lower_band: "number",
  pct_b: "number",
};

/** What a hover says of a day. */
export const hoverOfDay = (what: string) => `%{x|%a %d %b %Y}: ${what}<extra></extra>`;

/** The rows above the upper band. */
export function aboveBand(series: pl.DataFrame): pl.DataFrame {
  return series.filter(pl.col("pct_b").gt(pl.lit(1)));
}

/**
 * Page views between their bands, as five traces: lower band, upper band, page views, midband, and
 * the days above the upper band.
 *
 * @param series one user's rows by day, as `oneSeries` gives them
 */
export function bandTraces(series: pl.DataFrame): Trace[] {
  const days = daysAlong(isoDaysOf(series, "date"));
  const within = series.filter(pl.col("upper_band").isNotNull());
  const lower = roundedNumbersOf(within, "lower_band").map((value) => Math.max(0, value ?? 0));
  const bandDays = daysAlong(isoDaysOf(within, "date"));
  const edge = { color: COLORS.reference, width: 0.5 };
  return [
    {
      type: "scatter",
      mode: "lines",
      name: "lower band",
      ...bandDays,
      y: lower,
      line: edge,
      hoverinfo: "skip",
      showlegend: false,
    },
    {
      type: "scatter",
      mode: "lines",
      name: "between the bands",
      ...bandDays,
      y: roundedNumbersOf(within, "upper_band"),
      line: edge,
      fill: "tonexty",
      fillcolor: COLORS.band,
      hovertemplate: hoverOfDay("upper band %{y:,.1f}"),
    },
    {
      type: "scatter",
      mode: "lines",
      name: "page views",
      ...days,
      y: numbersOf(series, "pages"),
      line: { color: COLORS.usual, width: 1 },
      hovertemplate: hoverOfDay("%{y:,} page views"),
    },
    {
      type: "scatter",
      mode: "lines",
      name: "midband",
      ...days,
      y: roundedNumbersOf(series, "midband"),
      line: { color: COLORS.reference, width: 2, dash: "dash" },
      hovertemplate: hoverOfDay("midband %{y:,.1f}"),
    },
    unusualDays(aboveBand(series)),
  ];
}

/** Days above the upper band, as diamonds of `size` pixels. */
export function unusualDays(
  unusual: pl.DataFrame,
  { size = UNUSUAL_MARKER.size }: { size?: number } = {},
): Trace {
  return {
    type: "scatter",
    mode: "markers",
    name: "above the upper band",
    x: isoDaysOf(unusual, "date"),
    y: numbersOf(unusual, "pages"),
    customdata: numbersOf(unusual, "pct_b").map((value) => Number(value?.toFixed(3))),
    marker: { ...UNUSUAL_MARKER, size },
    hovertemplate: hoverOfDay("%{y:,} page views, %b %{customdata:.3f}"),
  };
}
