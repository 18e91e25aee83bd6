import { namesAxis } from "./axes";

/** In shares of the plot's width and, from below, of its height. */
interface Place {
  x: [number, number];
  y: [number, number];
  /** Whether no panel stands to the left, or below. */
  isLeft: boolean;
  isBottom: boolean;
}

type Axes = { x: Record<string, unknown>; y: Record<string, unknown> };

export interface PanelsOptions {
  headings: readonly string[];
  axes: (index: number, place: Place) => Axes;
  columns?: number;
  panelHeight?: number;
  gapBelow?: number;
  gapBeside?: number;
}

const MARGINS = 150;

/** The part of a layout that places panels of one size, with axes and headings, row by row. */
export function panels({ headings, axes, columns = 3, ...spacing }: PanelsOptions): PanelsLayout {
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
      const number = index === 0 ? "" : index + 1;
      return [
        [`xaxis${number}`, { domain: place.x, anchor: `y${number}`, ...x }],
        [`yaxis${number}`, { domain: place.y, anchor: `x${number}`, ...y }],
      ];
    });
    return { height: height + MARGINS, ...Object.fromEntries(entries) };
  };
  const annotations = headings.map(headingOf);
  return { ...placed(columns), annotations, meta: { narrow: placed(1) } };
}

interface PanelsLayout {
  height: number;
  annotations: ReturnType<typeof headingOf>[];
  meta: { narrow: { height: number } };
}

function headingOf(text: string, index: number) {
  const { xaxis, yaxis } = inPanel(index);
  const corner = { x: 0, y: 1, xanchor: "left", yanchor: "bottom" };
  const domains = { xref: `${xaxis} domain`, yref: `${yaxis} domain` };
  return { text, ...domains, ...corner, showarrow: false, font: { size: 12 } };
}

export function inPanel(index: number) {
  const number = index === 0 ? "" : index + 1;
  return { xaxis: `x${number}`, yaxis: `y${number}` };
}

export function panelsAndLegend({ below = 86, ...options }: PanelsOptions & { below?: number }) {
  const { meta, ...layout } = panels(options);
  const narrow = { ...meta.narrow, height: meta.narrow.height + 60, margin: { b: below + 40 } };
  return { ...layout, ...LEGEND_BELOW, margin: { b: below }, meta: { narrow } };
}

export const LEGEND_BELOW = { legend: { y: 0, yref: "container", yanchor: "bottom" } } as const;

export interface NamePanel {
  heading: string;
  labels: readonly string[];
}

export interface NamePanelsOptions {
  /** Of a row, in pixels; `room` is a panel's besides. */
  rowHeight: number;
  room?: number;
  gapBelow: number;
  x: Record<string, unknown> & { title: string };
  y?: Record<string, unknown>;
}

/** The part of a layout that places panels below each other, with names along the side. */
export function namePanels(
  all: readonly NamePanel[],
  { rowHeight, room = 0, gapBelow, x: { title, ...x }, y }: NamePanelsOptions,
) {
  const rows = all.reduce((most, { labels }) => Math.max(most, labels.length), 1);
  const { meta: _, ...layout } = panels({
    headings: all.map(({ heading }) => `<b>${heading}</b>`),
    columns: 1,
    panelHeight: rowHeight * rows + room,
    gapBelow,
    axes: (index, { isBottom }) => ({
      x: { ...x, title: { text: isBottom ? title : "" } },
      y: namesAxis(all[index]!.labels, { showgrid: false, ...y }),
    }),
  });
  return layout;
}
