import pl from "nodejs-polars";
import { DATE, LOWER_BAND, MIDBAND, PAGES, PCT_B, UPPER_BAND } from "../columns";
import { formatCount } from "../format-words";
import { requireColumns } from "../require-columns";
import { dailyAxes, describeDays, oneSeries } from "./daily-figure";
import type { Figure } from "./figure";
import type { FigureOptions } from "./figure-options";
import { isoDaysOf, numbersOf } from "./plain-values";
import { COLORS, UNUSUAL_MARKER } from "./theme";

/**
 * Page views per day between their Bollinger bands, with the days above the
 * upper band marked.
 *
 * The lower band is drawn from 0 where it lies below: nobody opens fewer pages
 * than none. Days without a band (the first) have none drawn.
 *
 * @param banded `bollingerBands` of one user, or of the whole site
 * @throws {Error} if a column is missing or of another type, or a day is there
 *   twice (then the frame holds several users: filter it to one)
 */
export function bandsFigure(banded: pl.DataFrame, { title }: FigureOptions): Figure {
  const bands = [MIDBAND, UPPER_BAND, LOWER_BAND, PCT_B];
  requireColumns("bandsFigure", banded, Object.fromEntries(bands.map((name) => [name, "number"])));
  const series = oneSeries("bandsFigure", banded);
  const days = isoDaysOf(series, DATE);
  const within = series.filter(pl.col(UPPER_BAND).isNotNull());
  const unusual = series.filter(pl.col(PCT_B).gt(pl.lit(1)));
  const lower = numbersOf(within, LOWER_BAND).map((value) => Math.max(0, value ?? 0));
  const bandDays = isoDaysOf(within, DATE);
  const edge = { color: COLORS.reference, width: 0.5 };
  const hover = (what: string) => `%{x|%a %d %b %Y}: ${what}<extra></extra>`;
  return {
    data: [
      {
        type: "scatter",
        mode: "lines",
        name: "lower band",
        x: bandDays,
        y: lower,
        line: edge,
        hoverinfo: "skip",
        showlegend: false,
      },
      {
        type: "scatter",
        mode: "lines",
        name: "between the bands",
        x: bandDays,
        y: numbersOf(within, UPPER_BAND),
        line: edge,
        fill: "tonexty",
        fillcolor: COLORS.band,
        hovertemplate: hover("upper band %{y:,.1f}"),
      },
      {
        type: "scatter",
        mode: "lines",
        name: "page views",
        x: days,
        y: numbersOf(series, PAGES),
        line: { color: COLORS.usual, width: 1 },
        hovertemplate: hover("%{y:,} page views"),
      },
      {
        type: "scatter",
        mode: "lines",
        name: "midband",
        x: days,
        y: numbersOf(series, MIDBAND),
        line: { color: COLORS.reference, width: 2, dash: "dash" },
        hovertemplate: hover("midband %{y:,.1f}"),
      },
      {
        type: "scatter",
        mode: "markers",
        name: "above the upper band",
        x: isoDaysOf(unusual, DATE),
        y: numbersOf(unusual, PAGES),
        customdata: numbersOf(unusual, PCT_B) as number[],
        marker: { ...UNUSUAL_MARKER },
        hovertemplate: hover("%{y:,} page views, %b %{customdata:.3f}"),
      },
    ],
    layout: { title: { text: title }, ...dailyAxes() },
    description: `${describeDays(days, numbersOf(series, PAGES))} ${describeUnusual(unusual)}`,
  };
}

const DAYS_NAMED = 12;

function describeUnusual(unusual: pl.DataFrame): string {
  if (unusual.height === 0) return "No day lies above the upper band.";
  const days = isoDaysOf(unusual, DATE);
  const named = days.slice(0, DAYS_NAMED).join(", ");
  const others =
    days.length > DAYS_NAMED ? ` and ${formatCount(days.length - DAYS_NAMED)} more` : "";
  const lie = days.length === 1 ? "day lies" : "days lie";
  return `${formatCount(days.length)} ${lie} above the upper band: ${named}${others}.`;
}
