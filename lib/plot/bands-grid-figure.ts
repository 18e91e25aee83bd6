import type pl from "nodejs-polars";
import { requireInteger } from "../stats/require-option";
import { formatCount } from "../words/format-words";
import { type BandSeries, type BandsOfSeveralOptions, bandSeries } from "./band-series";
import { aboveBand, unusualDays, upperBand } from "./band-traces";
import { pageViews } from "./daily-figure";
import { type Figure, figureOf, listed, type Trace } from "./figure";
import { plainFigureText } from "./figure-text";
import { inPanel, panelsAndLegend } from "./panels";
import { daysAlong, isoDaysOf } from "./plain-values";

export interface BandsGridFigureOptions extends BandsOfSeveralOptions {
  columns?: number;
}

const MOST_PANELS = 12;

/**
 * The days of several users, a small panel each with its own scales: page views per day, the range
 * up to the upper band, and the days above it. Most pages on a flagged day come first.
 * @param banded `bollingerBands` of at most twelve users
 * @throws {Error} if a user has two rows on one day, or there are more than twelve
 */
export function bandsGridFigure(
  banded: pl.DataFrame,
  { columns = 3, ...options }: BandsGridFigureOptions,
): Figure {
  requireInteger("bandsGridFigure", { columns });
  const all = bandSeries("bandsGridFigure", banded, MOST_PANELS, options);
  const layout = panelsAndLegend({
    headings: all.map(headingOf),
    ...{ columns, panelHeight: 130, gapBelow: 72, gapBeside: 0.06 },
    axes: (_, { isLeft, isBottom }) => {
      const [xTitle, yTitle] = [isBottom ? "date (own scale)" : "", isLeft ? "pages per day" : ""];
      return {
        x: { type: "date", nticks: 4, tickformat: "%b %Y", title: { text: xTitle } },
        y: { nticks: 4, rangemode: "tozero", title: { text: yTitle } },
      };
    },
  });
  const findings = all.map(({ name, flagged, top }) =>
    flagged > 0 ? `${name} ${topOf(top)} (${formatCount(flagged)})` : `${name} (none)`,
  );
  const words =
    "Page views per day in panels, each with its own scales. The most on a flagged day, and days flagged";
  return figureOf(options.title, all.flatMap(panelTraces), layout, listed("days", words, findings));
}

function panelTraces({ rows }: BandSeries, index: number): Trace[] {
  const days = daysAlong(isoDaysOf(rows));
  const traces = [
    upperBand(rows, { name: "up to the upper band", ...days, fill: "tozeroy" }),
    pageViews(rows, days),
    unusualDays(aboveBand(rows), 7),
  ];
  const place = { ...inPanel(index), showlegend: index === 0 };
  return traces.map((trace) => ({ ...trace, ...place, legendgroup: trace.name }) as Trace);
}

const topOf = ({ pages, day }: BandSeries["top"]) => `${formatCount(pages)} on ${day}`;

function headingOf({ name, flagged, top }: BandSeries): string {
  // A panel is 40 characters wide.
  if (plainFigureText(name).length > 18) return `<b>${name}</b>`;
  return `<b>${name}</b> · ${flagged > 0 ? topOf(top) : "none flagged"}`;
}
