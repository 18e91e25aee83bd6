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

const traceOf =
  (look: Partial<PlotData>) =>
  ({ hover, ...trace }: TraceOptions): Trace => {
    const extra = hover?.includes("<extra>") ? "" : "<extra></extra>";
    const shown = hover === undefined ? { hoverinfo: "skip" } : { hovertemplate: hover + extra };
    return { ...look, ...(trace as Partial<PlotData>), ...(shown as Partial<PlotData>) };
  };

export const lines = traceOf({ type: "scatter", mode: "lines" });

export const points = traceOf({ type: "scatter", mode: "markers" });

export const bars = traceOf({ type: "bar", orientation: "h" });

/** A heat map of shares from 0 to `zmax` with a text in each cell. */
export const sharesMap: (trace: TraceOptions & { zmax: number }) => Trace = traceOf({
  ...{ type: "heatmap", zmin: 0, colorscale: SEQUENTIAL, showscale: false },
  ...{ xgap: 2, ygap: 2, texttemplate: "%{text}" },
});

/** A group's color and shape, by its place. */
export function seriesMark(place: number, color = SERIES_COLORS[place % SERIES_COLORS.length]!) {
  const symbol = SERIES_SYMBOLS[place % SERIES_SYMBOLS.length]!;
  return { line: { color }, marker: { color, symbol, size: 7 } };
}
