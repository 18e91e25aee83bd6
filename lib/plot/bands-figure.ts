import type pl from "nodejs-polars";
import { requireColumns } from "../log/require-columns";
import { formatCount } from "../words/format-words";
import { aboveBand, BAND_COLUMNS, bandTraces } from "./band-traces";
import { DAILY_AXES, describeDays, oneSeries } from "./daily-figure";
import { type Figure, type FigureOptions, figureOf } from "./figure";
import { isoDaysOf } from "./plain-values";

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
