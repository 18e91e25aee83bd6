import type pl from "nodejs-polars";
import { formatCount } from "../words/format-words";
import { type BandSeries, bandSeries } from "./band-series";
import { aboveBand, hoverOfDay, unusualDays } from "./band-traces";
import type { BandsOfSeveralOptions } from "./bands-menu-figure";
import type { Figure } from "./figure";
import { plainFigureText } from "./figure-text";
import { axisId, axisKey, type PanelGrid, panelGrid, panelHeading } from "./panel-grid";
import { daysAlong, isoDaysOf, numbersOf, roundedNumbersOf } from "./plain-values";
import { COLORS } from "./theme";

export interface BandsGridFigureOptions extends BandsOfSeveralOptions {
  /** Panels side by side; on a narrow page there is one. */
  columns?: number;
}

const MOST_PANELS = 12;

/**
 * The days of several users at a glance, a small panel each: page views per day,
 * the range up to the upper band, and the days above it.
 *
 * Every panel has scales of its own, from 0, as its axes say: users differ by a
 * hundred times, and on one scale most would be flat. The user with the most
 * pages on a flagged day comes first; those without a flagged day come last.
 *
 * @param banded `bollingerBands` of at most twelve users
 * @throws {RangeError} if `columns` is not an integer of 1 or more
 * @throws {Error} if a column is missing or of another type, a user has two rows
 *   on one day, or there are more than twelve users (filter them)
 */
export function bandsGridFigure(
  banded: pl.DataFrame,
  { title, by = "user_id", names, columns = 3 }: BandsGridFigureOptions,
): Figure {
  if (!Number.isInteger(columns) || columns < 1) {
    throw new RangeError(`bandsGridFigure needs 1 column or more, got ${columns}`);
  }
  const all = bandSeries("bandsGridFigure", banded, { by, names, most: MOST_PANELS });
  const spacing = { panelHeight: 130, gapBelow: 72, gapBeside: 0.06 };
  const wide = panelGrid(all.length, { ...spacing, columns });
  const narrow = panelGrid(all.length, { ...spacing, columns: 1 });
  return {
    data: all.flatMap(panelTraces),
    layout: {
      title: { text: title },
      height: wide.height,
      // Below, where it meets neither the title nor the headings.
      legend: { y: 0, yref: "container", yanchor: "bottom" },
      margin: { b: 86 },
      ...axesOf(wide),
      annotations: all.map(headingOf) as Figure["layout"]["annotations"],
      meta: { narrow: { height: narrow.height + 40, margin: { b: 126 }, ...axesOf(narrow) } },
    } as Figure["layout"],
    description: describe(all),
  };
}

function panelTraces({ rows }: BandSeries, index: number): Figure["data"] {
  const axes = { xaxis: axisId("x", index), yaxis: axisId("y", index), showlegend: index === 0 };
  const days = daysAlong(isoDaysOf(rows, "date"));
  const traces: Figure["data"] = [
    {
      type: "scatter",
      mode: "lines",
      name: "up to the upper band",
      ...days,
      y: roundedNumbersOf(rows, "upper_band"),
      line: { color: COLORS.reference, width: 0.5 },
      fill: "tozeroy",
      fillcolor: COLORS.band,
      hovertemplate: hoverOfDay("upper band %{y:,.1f}"),
    },
    {
      type: "scatter",
      mode: "lines",
      name: "page views",
      ...days,
      y: numbersOf(rows, "pages"),
      line: { color: COLORS.usual, width: 1 },
      hovertemplate: hoverOfDay("%{y:,} page views"),
    },
    unusualDays(aboveBand(rows), { size: 7 }),
  ];
  // One entry in the legend for all panels.
  return traces.map((trace) => ({ ...trace, ...axes, legendgroup: trace.name }) as typeof trace);
}

function axesOf({ places }: PanelGrid): Record<string, object> {
  const axes = places.flatMap(({ x, y, isLeft, isBottom }, index) => [
    [
      axisKey("x", index),
      {
        type: "date",
        domain: x,
        anchor: axisId("y", index),
        nticks: 4,
        tickformat: "%b %Y",
        title: { text: isBottom ? "date (own scale)" : "" },
      },
    ],
    [
      axisKey("y", index),
      {
        domain: y,
        anchor: axisId("x", index),
        nticks: 4,
        rangemode: "tozero",
        title: { text: isLeft ? "pages per day" : "" },
      },
    ],
  ]);
  return Object.fromEntries(axes);
}

function headingOf(series: BandSeries, index: number) {
  const { name, flagged, top } = series;
  const most = flagged > 0 ? `${formatCount(top.pages)} on ${top.day}` : "none flagged";
  // A panel is 40 characters wide.
  const isLong = plainFigureText(name).length > 18;
  return panelHeading(`<b>${name}</b>${isLong ? "" : ` · ${most}`}`, index);
}

function describe(all: BandSeries[]): string {
  if (all.length === 0) return "No days to show.";
  const findings = all.map(({ name, flagged, top }) =>
    flagged > 0
      ? `${name} ${formatCount(top.pages)} on ${top.day} (${formatCount(flagged)})`
      : `${name} (none)`,
  );
  return (
    "Page views per day in panels, each with its own scales. " +
    `The most on a flagged day, and days flagged: ${findings.join("; ")}.`
  );
}
