import type pl from "nodejs-polars";
import { firstRow } from "../log/first-row";
import { requireColumns } from "../log/require-columns";
import { requireInteger } from "../stats/require-option";
import { counted, formatCount } from "../words/format-words";
import { aboveBand, BAND_COLUMNS, bandTraces, unusualDays, upperBand } from "./bands-figure";
import { busiestDay, DAILY_AXES, oneSeries, pageViews } from "./daily-figures";
import { type Figure, type FigureOptions, figureOf, listed } from "./figure";
import { figureText, plainFigureText } from "./figure-text";
import { inPanels, panelsAndLegend } from "./panels";
import { daysAlong, isoDaysOf } from "./rows";

export interface BandsOfSeveralOptions extends FigureOptions {
  /** Column that tells the series apart. */
  by?: string;
  /** Names by the value of `by` as text; without, "User 341" or the value. */
  names?: Readonly<Record<string, string>>;
}

export interface BandsGridFigureOptions extends BandsOfSeveralOptions {
  columns?: number;
}

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
  const all = bandSeries("bandsGridFigure", banded, 12, options);
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
  const panels = all.map(({ rows }) => {
    const days = daysAlong(isoDaysOf(rows));
    const band = upperBand(rows, { name: "up to the upper band", ...days, fill: "tozeroy" });
    return { traces: [band, pageViews(rows, days), unusualDays(aboveBand(rows), 7)] };
  });
  const findings = all.map(({ name, flagged, top }) =>
    flagged > 0 ? `${name} ${topOf(top)} (${formatCount(flagged)})` : `${name} (none)`,
  );
  const words =
    "Page views per day in panels, each with its own scales. The most on a flagged day, and days flagged";
  return figureOf(options.title, inPanels(panels), layout, listed("days", words, findings));
}

const topOf = ({ pages, day }: BandSeries["top"]) => `${formatCount(pages)} on ${day}`;

function headingOf({ name, flagged, top }: BandSeries): string {
  // A panel is 40 characters wide.
  if (plainFigureText(name).length > 18) return `<b>${name}</b>`;
  return `<b>${name}</b> · ${flagged > 0 ? topOf(top) : "none flagged"}`;
}

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
  const all = bandSeries("bandsMenuFigure", banded, 60, options);
  const traces = all.map(({ rows }) => bandTraces(rows));
  const notes = all.map((series) => `<b>${series.name}:</b><br>${findingOf(series)}`);
  const buttons = all.map(({ name, flagged }, chosen) => ({
    label: `${name} · ${formatCount(flagged)} flagged`,
    method: "update",
    args: [
      { visible: traces.flatMap((own, place) => own.map(() => place === chosen)) },
      {
        "annotations[0].text": notes[chosen],
        "xaxis.autorange": true,
        "yaxis.autorange": true,
      },
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
      annotations: [{ ...note, text: notes[0] }],
      updatemenus: [{ ...menu, pad: { b: HEIGHT_OF_NOTE }, buttons }],
    }),
  };
  const data = traces.flatMap((own, place) => own.map((one) => ({ ...one, visible: place === 0 })));
  const named = all.slice(0, SERIES_NAMED).map((series) => `${series.name}: ${findingOf(series)}`);
  const others = all.length - named.length;
  if (others > 0) named.push(`and ${formatCount(others)} more`);
  const words =
    `Page views per day between their bands, one of ${formatCount(all.length)} at a time, by menu. ` +
    `${named.join("; ")}.`;
  return figureOf(options.title, data, layout, all.length === 0 ? "No days to show." : words);
}

interface BandSeries {
  name: string;
  rows: pl.DataFrame;
  flagged: number;
  /** The flagged day with the most pages; of all days where none is flagged. */
  top: { day: string; pages: number };
}

/**
 * The rows of each user: most pages on a flagged day first, users without a flagged day last.
 * @throws {Error} if a column is missing, a user has two rows on a day, or there are more than
 *   `most`
 */
function bandSeries(
  caller: string,
  banded: pl.DataFrame,
  most: number,
  { by = "user_id", names = {} }: BandsOfSeveralOptions,
): BandSeries[] {
  requireColumns(caller, banded, BAND_COLUMNS, "date", { pages: "number", [by]: "any" });
  const parts = banded.height > 0 ? banded.sort([by, "date"]).partitionBy([by], true) : [];
  if (parts.length > most) {
    throw new Error(
      `${caller} draws at most ${most} at once, found ${formatCount(parts.length)} values in ${by}: ` +
        "filter the frame to those worth a look",
    );
  }
  const nameOf = (value: unknown) => {
    const key = String(value);
    if (Object.hasOwn(names, key)) return names[key];
    return by === "user_id" ? `User ${key}` : value;
  };
  const all = parts.map((part): BandSeries => {
    const rows = oneSeries(caller, part);
    const flags = aboveBand(rows);
    const top = busiestDay(flags.height > 0 ? flags : rows)!;
    const name = figureText(nameOf(firstRow(rows)?.[by]), { max: 40 });
    return { name, rows, flagged: flags.height, top };
  });
  const rank = ({ flagged, top }: BandSeries) => (flagged > 0 ? 1 : 0) * 1e12 + top.pages;
  return all.sort((a, b) => rank(b) - rank(a));
}

/** "272 pages on 2019-03-03, 4 days flagged". */
function findingOf({ flagged, top }: BandSeries): string {
  const most = `${counted(top.pages, "page")} on ${top.day}`;
  return flagged === 0
    ? `no day flagged; most, ${most}`
    : `${most}, ${counted(flagged, "day")} flagged`;
}
