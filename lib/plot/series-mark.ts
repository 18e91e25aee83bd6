import { SERIES_COLORS, SERIES_SYMBOLS } from "./theme";

/** How a group's line and points look: a color and a shape of its own, by its place. */
export function seriesMark(place: number, color = SERIES_COLORS[place % SERIES_COLORS.length]!) {
  const symbol = SERIES_SYMBOLS[place % SERIES_SYMBOLS.length]!;
  return { line: { color }, marker: { color, symbol, size: 7 } };
}
