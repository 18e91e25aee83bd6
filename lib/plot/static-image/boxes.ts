import { grouped } from "../rows";
import { chartText, type Part } from "./chart-text";
import { colorOf, faded } from "./looks";
import type { Panel } from "./panels";

const MOST_OUTLIERS = 2_000;

export function boxSeries(panel: Panel, otherwise: (trace: Part) => string): Part[] {
  const { traces, x: axis } = panel;
  const all = traces.filter(({ type }) => type === "box");
  const parts = all.map((trace, place) => {
    const values: unknown[] = trace.y;
    const names = grouped([...values.keys()], (at) => String(trace.x?.[at] ?? trace.name ?? ""));
    const boxes = names.flatMap(([name, places]) => {
      const box = boxStatistics(places.map((at) => Number(values[at])));
      const at = axis.categories.indexOf(name) * axis.slots + (axis.slots > 1 ? place : 0);
      return box ? [{ ...box, at }] : [];
    });
    return { trace, boxes, color: colorOf(trace, otherwise(trace)) };
  });
  const boxes = parts.flatMap(({ trace, boxes, color }) =>
    boxes.map(({ at, five }) => ({
      value: [at, ...five],
      itemStyle: { color: trace.fillcolor ?? faded(color), borderColor: color, borderWidth: 1.5 },
    })),
  );
  return [
    { type: "boxplot", name: "", data: boxes, encode: { x: 0, y: [1, 2, 3, 4, 5] } },
    ...parts.map(({ trace, boxes, color }) => {
      const beyond = boxes.flatMap(({ at, outliers }) => outliers.map((value) => [at, value]));
      return {
        type: "scatter",
        name: chartText(trace.name),
        data: trace.boxpoints === false ? [] : beyond.slice(0, MOST_OUTLIERS),
        ...{ symbolSize: 4, itemStyle: { color, opacity: 0.7 } },
      };
    }),
  ];
}

/**
 * Tukey's box as plotly draws it, whiskers to the last point within 1.5 interquartile ranges; null
 * without a number. Quartiles are method 10 of
 * [Langford](https://doi.org/10.1080/10691898.2006.11910589).
 */
export function boxStatistics(values: readonly number[]) {
  const sorted = values.filter(Number.isFinite).sort((a, b) => a - b);
  if (sorted.length === 0) return null;
  const [q1, median, q3] = [0.25, 0.5, 0.75].map((p) => hazenQuantile(sorted, p)) as [
    number,
    number,
    number,
  ];
  const reach = 1.5 * (q3 - q1);
  const inside = sorted.filter((value) => value >= q1 - reach && value <= q3 + reach);
  const [low, high] = [Math.min(inside[0] ?? q1, q1), Math.max(inside.at(-1) ?? q3, q3)];
  const outliers = sorted.filter((value) => value < low || value > high);
  return { five: [low, q1, median, q3, high], outliers };
}

/** Hazen's definition (R's type 5), which plotly takes, and not that of `lib/stats`. */
function hazenQuantile(sorted: readonly number[], p: number): number {
  const place = Math.min(Math.max(p * sorted.length - 0.5, 0), sorted.length - 1);
  const [below, above] = [sorted[Math.floor(place)]!, sorted[Math.ceil(place)]!];
  return below + (place - Math.floor(place)) * (above - below);
}
