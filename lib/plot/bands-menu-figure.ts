import type pl from "nodejs-polars";
import { formatCount } from "../words/format-words";
import { type BandSeries, type BandsOfSeveralOptions, bandSeries, findingOf } from "./band-series";
import { bandTraces } from "./band-traces";
import { DAILY_AXES } from "./daily-figure";
import { type Figure, figureOf } from "./figure";

const MOST_SERIES = 60;
const SERIES_NAMED = 3;
const HEIGHT_OF_NOTE = 44;

/**
 * The bands of several users in one figure, one at a time, with a menu to choose. Most pages on a
 * flagged day come first; a static picture shows only that user.
 * @param banded `bollingerBands` of at most 60 users
 * @throws {Error} if a user has two rows on one day, or there are more than 60 users
 * @example
 * bandsMenuFigure(where(banded, { user_id: top24 }), { title: "..." });
 */
export function bandsMenuFigure(banded: pl.DataFrame, options: BandsOfSeveralOptions): Figure {
  const all = bandSeries("bandsMenuFigure", banded, MOST_SERIES, options);
  const traces = all.flatMap(({ rows }, place) =>
    bandTraces(rows).map((trace) => ({ ...trace, visible: place === 0, place })),
  );
  const buttons = all.map((series, chosen) => ({
    label: `${series.name} · ${formatCount(series.flagged)} flagged`,
    method: "update",
    args: [
      { visible: traces.map(({ place }) => place === chosen) },
      { "annotations[0].text": noteOf(series), "xaxis.autorange": true, "yaxis.autorange": true },
    ],
  }));
  const above = { x: 0, y: 1, xanchor: "left", yanchor: "bottom" };
  const note = { ...above, xref: "paper", yref: "paper", align: "left", showarrow: false };
  const menu = { ...above, type: "dropdown", direction: "down", active: 0, showactive: true };
  const layout = {
    title: { text: options.title, y: 1, yref: "container", yanchor: "top", pad: { t: 14 } },
    ...DAILY_AXES,
    height: 500,
    // From the top: title, menu, finding; the legend stands below the plot.
    margin: { t: 136 },
    legend: { y: -0.22, yanchor: "top" },
    ...(all.length > 0 && {
      annotations: [{ ...note, text: noteOf(all[0]!) }],
      updatemenus: [{ ...menu, pad: { b: HEIGHT_OF_NOTE }, buttons }],
    }),
  };
  const data = traces.map(({ place: _, ...trace }) => trace);
  return figureOf(options.title, data, layout, describe(all));
}

const noteOf = (series: BandSeries) => `<b>${series.name}:</b><br>${findingOf(series)}`;

function describe(all: BandSeries[]): string {
  if (all.length === 0) return "No days to show.";
  const named = all.slice(0, SERIES_NAMED).map((series) => `${series.name}: ${findingOf(series)}`);
  const others = all.length - named.length;
  return (
    `Page views per day between their bands, one of ${formatCount(all.length)} at a time, by menu. ` +
    `${named.join("; ")}${others > 0 ? `; and ${formatCount(others)} more` : ""}.`
  );
}
