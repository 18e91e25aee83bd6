import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

let packed: string | undefined;

/** In gzip and base64: 2 MB instead of 5. */
export function packedPlotly(): string {
  packed ??= gzipSync(plotlySource(), { level: 6 }).toString("base64");
  return packed;
}

export function plotlySource(): string {
  return readFileSync(require.resolve("plotly.js-dist-min/plotly.min.js"), "utf8");
}
