import type { Config, Data, Layout } from "plotly.js";

/** The settings that a figure may have: none adds a button or an address. */
export const OWN_CONFIG = ["displayModeBar", "doubleClick", "scrollZoom", "staticPlot"];

/** What plotly.js draws, as plain data. Text from a log must have passed `figureText`. */
export interface Figure {
  data: Partial<Data>[];
  layout: Partial<Layout>;
  /** Only `OWN_CONFIG` is heeded. */
  config?: Partial<Config>;
  /** The figure in a sentence or two, for those who cannot see it. */
  description?: string;
}

export type Trace = Figure["data"][number];

/**
 * What every figure takes. Each throws an `Error` if a column is missing or of another type, and a
 * `RangeError` if an option is out of range.
 */
export interface FigureOptions {
  /** The finding, as a sentence; text from a log must have passed `figureText`. */
  title: string;
}

export function figureOf(
  title: string,
  data: Trace[],
  layout: object,
  description: string,
): Figure {
  return { data, layout: { title: { text: title }, ...layout }, description };
}

export function listed(none: string, what: string, found: readonly string[]): string {
  return found.length === 0 ? `No ${none} to show.` : `${what}: ${found.join("; ")}.`;
}
