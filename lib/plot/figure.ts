import type { Config, Data, Layout } from "plotly.js";

/** What a figure may say of its own behavior: nothing that adds a button or holds an address. */
export const OWN_CONFIG = ["displayModeBar", "doubleClick", "scrollZoom", "staticPlot"];

/**
 * A figure as plain data: what plotly.js draws, and what a test can read.
 * Text that comes from a log must have passed `figureText` before it gets here.
 */
export interface Figure {
  data: Partial<Data>[];
  layout: Partial<Layout>;
  /** How it behaves: of this, only `OWN_CONFIG` is heeded. */
  config?: Partial<Config>;
  /** What the figure shows, in a sentence or two, for those who cannot see it. */
  description?: string;
}

export type Trace = Figure["data"][number];

/**
 * What every figure asks of its caller. Each throws an `Error` if a column is missing or of another
 * type, and a `RangeError` if an option lies outside its range.
 */
export interface FigureOptions {
  /** The finding, as a sentence. Text in it that comes from a log must have passed `figureText`. */
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

/** A description that lists what was found: "No flags to show." where nothing was. */
export function listed(none: string, what: string, found: readonly string[]): string {
  return found.length === 0 ? `No ${none} to show.` : `${what}: ${found.join("; ")}.`;
}
