import type { Figure } from "./figure";
import { axisId, axisKey, type PanelGrid, panelGrid, panelHeading } from "./panel-grid";

/** One of several small plots. */
export interface SmallPanel {
  /** Stands above it. Text from a log must have passed `figureText`. */
  heading: string;
  /** What its axes have, but for their places. */
  x: Record<string, unknown>;
  y: Record<string, unknown>;
}

export interface SmallPanelsOptions {
  /** Panels side by side; on a narrow page there is one. */
  columns?: number;
  /** Height of a panel alone, in pixels. */
  panelHeight?: number;
  /** Pixels between panels one above the other, for an axis and a heading. */
  gapBelow?: number;
  /** Share of the width between panels side by side. */
  gapBeside?: number;
  /** Room below, for the last axis' title and the legend. */
  below?: number;
}

/** The part of a layout that places small panels, their axes and headings, with the legend below them. */
export function smallPanels(
  panels: readonly SmallPanel[],
  {
    columns = 3,
    panelHeight = 150,
    gapBelow = 76,
    gapBeside = 0.07,
    below = 86,
  }: SmallPanelsOptions = {},
): Partial<Figure["layout"]> {
  const spacing = { panelHeight, gapBelow, gapBeside };
  const wide = panelGrid(panels.length, { ...spacing, columns });
  const narrow = panelGrid(panels.length, { ...spacing, columns: 1 });
  return {
    height: wide.height,
    // Below, where it meets neither the title nor the headings.
    legend: { y: 0, yref: "container", yanchor: "bottom" },
    margin: { b: below },
    ...axesOf(panels, wide),
    annotations: panels.map(({ heading }, index) => panelHeading(`<b>${heading}</b>`, index)),
    meta: {
      narrow: {
        height: narrow.height + 60,
        margin: { b: below + 40 },
        ...axesOf(panels, narrow),
      },
    },
  } as Partial<Figure["layout"]>;
}

/** Axes of a trace in the n-th panel, and one entry in the legend for all panels. */
export function inPanel(index: number, isFirst: boolean) {
  return { xaxis: axisId("x", index), yaxis: axisId("y", index), showlegend: isFirst };
}

function axesOf(panels: readonly SmallPanel[], { places }: PanelGrid): Record<string, object> {
  const axes = panels.flatMap(({ x, y }, index) => [
    [axisKey("x", index), { domain: places[index]!.x, anchor: axisId("y", index), ...x }],
    [axisKey("y", index), { domain: places[index]!.y, anchor: axisId("x", index), ...y }],
  ]);
  return Object.fromEntries(axes);
}
