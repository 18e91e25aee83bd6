import { namesAxis } from "./axes";
import type { Trace } from "./figure";

/** In shares of the plot's width and, from below, of its height. */
interface Place {
  x: [number, number];
  y: [number, number];
  /** Whether no panel stands to the left, or below. */
  isLeft: boolean;
  isBottom: boolean;
}

type Axis = Record<string, unknown>;

interface PanelsOptions {
  headings: readonly string[];
  axes: (index: number, place: Place) => { x: Axis; y: Axis };
  columns?: number;
  panelHeight?: number;
  gapBelow?: number;
  gapBeside?: number;
}

const MARGINS = 150;

/** The part of a layout that places panels of one size, with axes and headings, row by row. */
export function panels({ headings, axes, columns = 3, ...spacing }: PanelsOptions) {
  const { panelHeight = 150, gapBelow = 76, gapBeside = 0.07 } = spacing;
  const placed = (columns: number) => {
    const rows = Math.max(1, Math.ceil(headings.length / columns));
    const height = rows * panelHeight + (rows - 1) * gapBelow;
    const width = (1 - (columns - 1) * gapBeside) / columns;
    const entries = headings.flatMap((_, index) => {
      const left = (index % columns) * (width + gapBeside);
      const top = (Math.floor(index / columns) * (panelHeight + gapBelow)) / height;
      const place: Place = {
        x: [left, Math.min(1, left + width)],
        y: [Math.max(0, 1 - top - panelHeight / height), 1 - top],
        isLeft: index % columns === 0,
        isBottom: index + columns >= headings.length,
      };
      const { x, y } = axes(index, place);
      const number = numberOf(index);
      return [
        [`xaxis${number}`, { domain: place.x, anchor: `y${number}`, ...x }],
        [`yaxis${number}`, { domain: place.y, anchor: `x${number}`, ...y }],
      ];
    });
    return { height: height + MARGINS, ...Object.fromEntries(entries) } as { height: number };
  };
  const annotations = headings.map((text, index) => ({
    ...{ text, xref: `x${numberOf(index)} domain`, yref: `y${numberOf(index)} domain` },
    ...{ x: 0, y: 1, xanchor: "left", yanchor: "bottom", showarrow: false, font: { size: 12 } },
  }));
  return { ...placed(columns), annotations, meta: { narrow: placed(1) } };
}

const numberOf = (index: number) => (index === 0 ? "" : String(index + 1));

/** Traces in their panels. Those of the first stand in the legend for all of their name. */
export function inPanels(all: readonly { traces: Trace[] }[]): Trace[] {
  return all.flatMap(({ traces }, index) => {
    const axes = { xaxis: `x${numberOf(index)}`, yaxis: `y${numberOf(index)}` };
    return traces.map((trace) => ({
      ...{ ...axes, showlegend: index === 0, legendgroup: trace.name },
      ...(trace as object),
    }));
  });
}

export function panelsAndLegend({ below = 86, ...options }: PanelsOptions & { below?: number }) {
  const { meta, ...layout } = panels(options);
  const narrow = { ...meta.narrow, height: meta.narrow.height + 60, margin: { b: below + 40 } };
  return { ...layout, ...LEGEND_BELOW, margin: { b: below }, meta: { narrow } };
}

export const LEGEND_BELOW = { legend: { y: 0, yref: "container", yanchor: "bottom" } } as const;

interface NamePanelsOptions {
  /** Of a row, in pixels; `room` is a panel's besides. */
  rowHeight: number;
  room?: number;
  gapBelow: number;
  x: Axis & { title: string };
  y?: Axis;
}

/** The part of a layout that places panels below each other, with names along the side. */
export function namePanels(
  all: readonly { heading: string; labels: readonly string[] }[],
  { rowHeight, room = 0, gapBelow, x: { title, ...x }, y }: NamePanelsOptions,
) {
  const rows = all.reduce((most, { labels }) => Math.max(most, labels.length), 1);
  const { meta: _, ...layout } = panels({
    headings: all.map(({ heading }) => `<b>${heading}</b>`),
    ...{ columns: 1, panelHeight: rowHeight * rows + room, gapBelow },
    axes: (index, { isBottom }) => ({
      x: { ...x, title: { text: isBottom ? title : "" } },
      y: namesAxis(all[index]!.labels, { showgrid: false, ...y }),
    }),
  });
  return layout;
}
