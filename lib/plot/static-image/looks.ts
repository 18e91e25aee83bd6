import type { Part } from "./chart-text";

const SYMBOLS: Record<string, string> = {
  ...{ square: "rect", "triangle-up": "triangle", diamond: "diamond" },
  x: "path://M-5,-3L-3,-5L0,-2L3,-5L5,-3L2,0L5,3L3,5L0,2L-3,5L-5,3L-2,0Z",
  cross: "path://M-2,-6L2,-6L2,-2L6,-2L6,2L2,2L2,6L-2,6L-2,2L-6,2L-6,-2L-2,-2Z",
};

export const symbolOf = (symbol: unknown): string => SYMBOLS[String(symbol)] ?? "circle";

const LINE = "path://M0,4L24,4L24,6L0,6Z";
const DASHES = "path://M0,4L6,4L6,6L0,6ZM9,4L15,4L15,6L9,6ZM18,4L24,4L24,6L18,6Z";
// Paths keep their shape: a legend would stretch symbols.
const ICONS: Record<string, string> = {
  rect: "path://M-4,-4L4,-4L4,4L-4,4Z",
  triangle: "path://M0,-4L5,4L-5,4Z",
  diamond: "path://M0,-5L5,0L0,5L-5,0Z",
};

export function iconOf({ type = "scatter", mode = "lines", fill, line, marker }: Part): string {
  if (type !== "scatter" || fill) return "roundRect";
  if (!mode.includes("markers")) return dashOf(line?.dash) === "solid" ? LINE : DASHES;
  const symbol = symbolOf(entryOf(marker?.symbol, 0));
  return ICONS[symbol] ?? symbol;
}

export function dashOf(dash: unknown = "solid"): "solid" | "dotted" | "dashed" {
  return dash === "solid" ? "solid" : dash === "dot" ? "dotted" : "dashed";
}

export const faded = (color: string): string =>
  /^#[\da-f]{6}$/i.test(color) ? `${color}80` : "rgba(107,114,128,0.2)";

/** What a list has for one point, or the one value for all. */
// biome-ignore lint/suspicious/noExplicitAny: as figures give it
export const entryOf = (value: any, index: number) =>
  (Array.isArray(value) ? value[index] : value) ?? undefined;

export const colorOf = ({ marker, line }: Part, otherwise: string): string =>
  [line?.color, marker?.color].find((color) => typeof color === "string") ?? otherwise;
