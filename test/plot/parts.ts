import type { Figure } from "../../lib/plot/figure";

/** Parts of a figure: what they hold is known at run time only. */
// biome-ignore lint/suspicious/noExplicitAny: see above
export type Parts = Record<string, any>;

export const traces = (figure: Figure) => figure.data as Parts[];
export const layout = (figure: Figure) => figure.layout as Parts;

/** Each trace in short. */
export const shown = (figure: Figure) => traces(figure).map(({ name, x, y }) => [name, x, y]);
