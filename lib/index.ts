/** Everything that a notebook may import, grouped, one line per name. */
export * as columns from "./columns";
export type { Figure } from "./plot/figure";
