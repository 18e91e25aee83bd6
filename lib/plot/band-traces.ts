import type pl from "nodejs-polars";
import type { ColumnKind } from "../log/require-columns";
import { above, not, where } from "../log/where";
import { hoverOfDay, pageViews } from "./daily-figure";
import type { Trace } from "./figure";
import { daysAlong, isoDaysOf, numbersOf, roundedNumbersOf } from "./plain-values";
import { COLORS, UNUSUAL_MARKER } from "./theme";
import { lines, points, type TraceOptions } from "./traces";

export const BAND_COLUMNS: Readonly<Record<string, ColumnKind>> = {
  midband: "number",
  upper_band: "number",
  lower_band: "number",
  pct_b: "number",
};

export const aboveBand = (series: pl.DataFrame) => where(series, { pct_b: above(1) });

/** The upper band, filled to the trace before or to zero. */
export function upperBand(series: pl.DataFrame, trace: TraceOptions): Trace {
  return lines({
    y: roundedNumbersOf(series, "upper_band"),
    line: EDGE,
    fillcolor: COLORS.band,
    hover: hoverOfDay("upper band %{y:,.1f}"),
    ...trace,
  });
}

const EDGE = { color: COLORS.reference, width: 0.5 };

/** Five traces: lower band, upper band, page views, midband, days above the upper band. */
export function bandTraces(series: pl.DataFrame): Trace[] {
  const days = daysAlong(isoDaysOf(series));
  const within = where(series, { upper_band: not(null) });
  const bandDays = daysAlong(isoDaysOf(within));
  const lower = roundedNumbersOf(within, "lower_band").map((value) => Math.max(0, value ?? 0));
  return [
    lines({ name: "lower band", ...bandDays, y: lower, line: EDGE, showlegend: false }),
    upperBand(within, { name: "between the bands", ...bandDays, fill: "tonexty" }),
    pageViews(series, days),
    lines({
      name: "midband",
      ...days,
      y: roundedNumbersOf(series, "midband"),
      line: { color: COLORS.reference, width: 2, dash: "dash" },
      hover: hoverOfDay("midband %{y:,.1f}"),
    }),
    unusualDays(aboveBand(series)),
  ];
}

export function unusualDays(unusual: pl.DataFrame, size: number = UNUSUAL_MARKER.size): Trace {
  return points({
    name: "above the upper band",
    x: isoDaysOf(unusual),
    y: numbersOf(unusual, "pages"),
    customdata: numbersOf(unusual, "pct_b").map((value) => Number(value?.toFixed(3))),
    marker: { ...UNUSUAL_MARKER, size },
    hover: hoverOfDay("%{y:,} page views, %b %{customdata:.3f}"),
  });
}
