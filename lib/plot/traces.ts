import type { PlotData } from "plotly.js";
import type { Trace } from "./figure";
import { SEQUENTIAL, SERIES_COLORS, SERIES_SYMBOLS } from "./theme";

export interface TraceOptions extends Omit<Partial<PlotData>, "x" | "y" | "z" | "text"> {
  x?: readonly (number | string | null)[];
  y?: readonly (number | string | null)[];
  z?: readonly (readonly (number | null)[])[];
  text?: readonly string[] | readonly (readonly string[])[];
  /** On hover, with `%{x}` and `%{y}`; nothing without. */
  hover?: string;
}

export const lines = (trace: TraceOptions): Trace => scatter("lines", trace);

export const points = (trace: TraceOptions): Trace => scatter("markers", trace);

function scatter(mode: PlotData["mode"], trace: TraceOptions): Trace {
  return { type: "scatter", mode, ...hovered(trace) };
}

export function bars(trace: TraceOptions): Trace {
  return { type: "bar", orientation: "h", ...hovered(trace) };
}

/** A heat map of shares from 0 to `zmax` with a text in each cell. */
export function sharesMap(trace: TraceOptions & { zmax: number }): Trace {
  return {
    ...{ type: "heatmap", zmin: 0, colorscale: SEQUENTIAL, showscale: false },
    ...{ xgap: 2, ygap: 2, texttemplate: "%{text}" },
    ...hovered(trace),
  };
}

function hovered({ hover, ...trace }: TraceOptions): Partial<PlotData> {
  if (hover === undefined) return { ...(trace as Partial<PlotData>), hoverinfo: "skip" };
  const extra = hover.includes("<extra>") ? "" : "<extra></extra>";
  return { ...(trace as Partial<PlotData>), hovertemplate: hover + extra };
}

/** A group's color and shape, by its place. */
export function seriesMark(place: number, color = SERIES_COLORS[place % SERIES_COLORS.length]!) {
  const symbol = SERIES_SYMBOLS[place % SERIES_SYMBOLS.length]!;
  return { line: { color }, marker: { color, symbol, size: 7 } };
}
