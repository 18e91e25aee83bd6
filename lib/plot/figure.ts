import type { Config, Data, Layout } from "plotly.js";

/**
 * A figure as plain data: what plotly.js draws, and what a test can read.
 * Text that comes from a log must have passed `figureText` before it gets here.
 */
export interface Figure {
  data: Partial<Data>[];
  layout: Partial<Layout>;
  config?: Partial<Config>;
  /** What the figure shows, in a sentence or two, for those who cannot see it. */
  description?: string;
}
