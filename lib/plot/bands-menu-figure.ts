import type pl from "nodejs-polars";
import { formatCount } from "../words/format-words";
import { type BandSeries, bandSeries, findingOf } from "./band-series";
import { bandTraces } from "./band-traces";
import { dailyAxes } from "./daily-figure";
import type { Figure } from "./figure";
import type { FigureOptions } from "./figure-options";

export interface BandsOfSeveralOptions extends FigureOptions {
  /** The column that tells the series apart: users, addresses, cohorts. */
  by?: string;
  /** What to call each, by its value in `by` as text; "User 341", or the value itself, without. */
  names?: Readonly<Record<string, string>>;
}

/** More would make a notebook heavy, and a menu that nobody leafs through. */
const MOST_SERIES = 60;

/**
 * The bands of several users in one figure, one at a time: a menu leafs through
 * them. Above the plot stands what was found of the user shown.
 *
 * The menu starts with the user with the most pages on a flagged day; those
 * without a flagged day come last. A static picture shows the first, and says so.
 *
 * @param banded `bollingerBands` of at most 60 users
 * @throws {Error} if a column is missing or of another type, a user has two rows
 *   on one day, or there are more than 60 users (filter them)
 * @example
 * bandsMenuFigure(banded.filter(pl.col("user_id").isIn(top24)), { title: "..." });
 */
export function bandsMenuFigure(
  banded: pl.DataFrame,
  { title, by = "user_id", names }: BandsOfSeveralOptions,
): Figure {
  const all = bandSeries("bandsMenuFigure", banded, { by, names, most: MOST_SERIES });
  const traces = all.map(({ rows }) => bandTraces(rows));
  const data = traces.flatMap((own, place) =>
    own.map((trace) => ({ ...trace, visible: place === 0 })),
  );
  const buttons = all.map((series, chosen) => ({
    label: labelOf(series),
    method: "update" as const,
    args: [
      { visible: traces.flatMap((own, place) => own.map(() => place === chosen)) },
      {
        "annotations[0].text": noteOf(series),
        // Whoever zoomed in on one user sees all of the next.
        "xaxis.autorange": true,
        "yaxis.autorange": true,
      },
    ],
  }));
  return {
    data,
    layout: {
      title: { text: title, y: 1, yref: "container", yanchor: "top", pad: { t: 14 } },
      ...dailyAxes(),
      height: 500,
      // In a row each, from the top: title, menu, finding; the legend stands below the plot.
      margin: { t: 136 },
      legend: { y: -0.22, yanchor: "top" },
      ...(all.length > 0
        ? { annotations: [{ text: noteOf(all[0]!), ...ABOVE_PLOT }], updatemenus: menuOf(buttons) }
        : {}),
    },
    description: describe(all),
  };
}

const ABOVE_PLOT = {
  xref: "paper",
  yref: "paper",
  x: 0,
  y: 1,
  xanchor: "left",
  yanchor: "bottom",
  align: "left",
  showarrow: false,
} as const;

const HEIGHT_OF_NOTE = 44;

function menuOf(buttons: object[]): Figure["layout"]["updatemenus"] {
  const place = { x: 0, xanchor: "left", y: 1, yanchor: "bottom", pad: { b: HEIGHT_OF_NOTE } };
  const menu = { type: "dropdown", direction: "down", active: 0, showactive: true };
  return [{ ...menu, ...place, buttons }] as Figure["layout"]["updatemenus"];
}

function labelOf({ name, flagged }: BandSeries): string {
  return `${name} · ${formatCount(flagged)} flagged`;
}

function noteOf(series: BandSeries): string {
  return `<b>${series.name}:</b><br>${findingOf(series)}`;
}

const SERIES_NAMED = 3;

function describe(all: BandSeries[]): string {
  if (all.length === 0) return "No days to show.";
  const named = all.slice(0, SERIES_NAMED).map((series) => `${series.name}: ${findingOf(series)}`);
  const others = all.length - named.length;
  return (
    `Page views per day between their bands, one of ${formatCount(all.length)} at a time, by menu. ` +
    `${named.join("; ")}${others > 0 ? `; and ${formatCount(others)} more` : ""}.`
  );
}
