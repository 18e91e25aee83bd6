import type pl from "nodejs-polars";
import { type ColumnKind, requireColumns } from "../log/require-columns";
import { above, not, where } from "../log/where";
import { formatCount } from "../words/format-words";
import { DAILY_AXES, describeDays, hoverOfDay, oneSeries, pageViews } from "./daily-figures";
import { type Figure, type FigureOptions, figureOf, type Trace } from "./figure";
import { daysAlong, isoDaysOf, numbersOf, roundedNumbersOf } from "./rows";
import { COLORS, UNUSUAL_MARKER } from "./theme";
import { lines, points, type TraceOptions } from "./traces";

/**
 * Page views per day between their Bollinger bands, the days above the upper band marked.
 * @param banded `bollingerBands` of one user, or of the whole site
 * @throws {Error} if a day is there twice
 */
export function bandsFigure(banded: pl.DataFrame, { title }: FigureOptions): Figure {
  requireColumns("bandsFigure", banded, BAND_COLUMNS);
  const series = oneSeries("bandsFigure", banded);
  const words = `${describeDays(series)} ${describeUnusual(isoDaysOf(aboveBand(series)))}`;
  return figureOf(title, bandTraces(series), DAILY_AXES, words);
}

const DAYS_NAMED = 12;

function describeUnusual(days: string[]): string {
  if (days.length === 0) return "No day lies above the upper band.";
  const others = days.length - DAYS_NAMED;
  const more = others > 0 ? ` and ${formatCount(others)} more` : "";
  const lie = days.length === 1 ? "day lies" : "days lie";
  const named = days.slice(0, DAYS_NAMED).join(", ");
  return `${formatCount(days.length)} ${lie} above the upper band: ${named}${more}.`;
}

const NUMBER: ColumnKind = "number";
export const BAND_COLUMNS = {
  ...{ midband: NUMBER, upper_band: NUMBER, lower_band: NUMBER, pct_b: NUMBER },
};

export const aboveBand = (series: pl.DataFrame) => where(series, { pct_b: above(1) });

/** The upper band, filled to the trace before or to zero. */
export function upperBand(series: pl.DataFrame, trace: TraceOptions): Trace {
  return lines({
    ...{ y: roundedNumbersOf(series, "upper_band"), line: EDGE, fillcolor: COLORS.band },
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
      ...{ name: "midband", ...days, y: roundedNumbersOf(series, "midband") },
      line: { color: COLORS.reference, width: 2, dash: "dash" },
      hover: hoverOfDay("midband %{y:,.1f}"),
    }),
    unusualDays(aboveBand(series)),
  ];
}

export function unusualDays(unusual: pl.DataFrame, size: number = UNUSUAL_MARKER.size): Trace {
  return points({
    ...{ name: "above the upper band", x: isoDaysOf(unusual), y: numbersOf(unusual, "pages") },
    customdata: numbersOf(unusual, "pct_b").map((value) => Number(value?.toFixed(3))),
    marker: { ...UNUSUAL_MARKER, size },
    hover: hoverOfDay("%{y:,} page views, %b %{customdata:.3f}"),
  });
}
