import { formatCount } from "../words/format-words";
import { distinctLabels } from "./distinct-labels";
import type { Figure } from "./figure";
import { figureText } from "./figure-text";
import { COLORS } from "./theme";

/** One bar: what it stands for, as the log has it, and how long it is. */
export interface Bar {
  label: string;
  count: number;
  /** The usual color unless said otherwise. */
  color?: string;
}

export interface BarsFigureOptions {
  title: string;
  /** What is counted, for the axis: "page views". */
  unit: string;
}

/** Horizontal bars from zero, the first on top, each with its count; labels may be text from a log. */
export function barsFigure(bars: Bar[], { title, unit }: BarsFigureOptions): Figure {
  const labels = distinctLabels(bars.map(({ label }) => figureText(label)));
  const counts = bars.map(({ count }) => count);
  return {
    data: [
      {
        type: "bar",
        orientation: "h",
        x: counts,
        y: labels,
        text: counts.map(formatCount),
        textposition: "auto",
        marker: { color: bars.map(({ color }) => color ?? COLORS.usual) },
        hovertemplate: `%{y}: %{x:,} ${unit}<extra></extra>`,
      },
    ],
    layout: {
      title: { text: title },
      xaxis: { title: { text: unit }, rangemode: "tozero", tickformat: "," },
      // Text, whatever it looks like: plotly would read "2019" as a number.
      yaxis: { type: "category", autorange: "reversed" },
      height: HEIGHT_OF_FRAME + HEIGHT_OF_BAR * bars.length,
      showlegend: false,
    },
    description: describe(bars, unit),
  };
}

const HEIGHT_OF_FRAME = 140;
const HEIGHT_OF_BAR = 26;
const BARS_NAMED = 3;

function describe(bars: Bar[], unit: string): string {
  if (bars.length === 0) return "No bars to show.";
  const highest = [...bars].sort((a, b) => b.count - a.count).slice(0, BARS_NAMED);
  const named = highest.map(({ label, count }) => `${figureText(label)} ${formatCount(count)}`);
  return `${formatCount(bars.length)} bars of ${unit}; the longest: ${named.join(", ")}.`;
}
