import { formatCount } from "../words/format-words";
import { type Figure, figureOf } from "./figure";
import { figureText } from "./figure-text";
import { labelsOf } from "./labels";
import { COLORS } from "./theme";
import { bars } from "./traces";

export interface Bar {
  label: string;
  count: number;
  color?: string;
}

const HEIGHT_OF_FRAME = 140;
const HEIGHT_OF_BAR = 26;
const BARS_NAMED = 3;

/** Horizontal bars from zero, the first on top, each with its count of `unit`. */
export function barsFigure(title: string, unit: string, all: readonly Bar[]): Figure {
  const longest = [...all].sort((a, b) => b.count - a.count).slice(0, BARS_NAMED);
  const named = longest.map(({ label, count }) => `${figureText(label)} ${formatCount(count)}`);
  const trace = bars({
    x: all.map(({ count }) => count),
    y: labelsOf(
      all.map(({ label }) => label),
      60,
    ),
    text: all.map(({ count }) => formatCount(count)),
    textposition: "auto",
    marker: { color: all.map(({ color = COLORS.usual }) => color) },
    hover: `%{y}: %{x:,} ${unit}`,
  });
  const layout = {
    xaxis: { title: { text: unit }, rangemode: "tozero", tickformat: "," },
    yaxis: { type: "category", autorange: "reversed" },
    height: HEIGHT_OF_FRAME + HEIGHT_OF_BAR * all.length,
    showlegend: false,
  };
  const words = `${formatCount(all.length)} bars of ${unit}; the longest: ${named.join(", ")}.`;
  return figureOf(title, [trace], layout, all.length === 0 ? "No bars to show." : words);
}
