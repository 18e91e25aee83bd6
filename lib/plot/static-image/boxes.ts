import { grouped } from "../rows";
import type { Panel } from "./axes";
import { chartText, type Part } from "./chart-text";
import { colorOf, faded } from "./looks";

const MOST_OUTLIERS = 2_000;

export function boxSeries(panel: Panel, otherwise: (trace: Part) => string): Part[] {
  const { traces, x: axis } = panel;
  const all = traces.filter(({ type }) => type === "box");
  if (all.length === 0) return [];
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
  const boxes = parts.flatMap(({ trace, boxes, color }) => {
    const fill = trace.fillcolor ?? faded(color);
    const itemStyle = { color: fill, borderColor: color, borderWidth: 1.5 };
    return boxes.map(({ at, five }) => ({ value: [at, ...five], itemStyle }));
  });
  const outliers = parts.map(({ trace, boxes, color }) => {
    const all = boxes.flatMap(({ at, outliers }) => outliers.map((value) => [at, value]));
    const data = trace.boxpoints === false ? [] : all.slice(0, MOST_OUTLIERS);
    const look = { symbolSize: 4, itemStyle: { color, opacity: 0.7 } };
    return { type: "scatter", name: chartText(trace.name), data, ...look };
  });
  const encode = { x: 0, y: [1, 2, 3, 4, 5] };
  return [{ type: "boxplot", name: "", data: boxes, encode }, ...outliers];
}

/**
 * Tukey's box as plotly draws it, whiskers to the last point within 1.5 interquartile ranges; null
 * without a number. Quartiles are method 10 of
 * [Langford](https://doi.org/10.1080/10691898.2006.11910589): Hazen's definition, R's type 5, and
 * not that of `lib/stats`.
 */
export function boxStatistics(values: readonly number[]) {
  const sorted = values.filter(Number.isFinite).sort((a, b) => a - b);
  if (sorted.length === 0) return null;
  const quantile = (p: number) => {
    const place = Math.min(Math.max(p * sorted.length - 0.5, 0), sorted.length - 1);
    const [below, above] = [sorted[Math.floor(place)]!, sorted[Math.ceil(place)]!];
    return below + (place - Math.floor(place)) * (above - below);
  };
  const [q1, median, q3] = [quantile(0.25), quantile(0.5), quantile(0.75)];
  const reach = 1.5 * (q3 - q1);
  const inside = sorted.filter((value) => value >= q1 - reach && value <= q3 + reach);
  const [low, high] = [Math.min(inside[0] ?? q1, q1), Math.max(inside.at(-1) ?? q3, q3)];
  const outliers = sorted.filter((value) => value < low || value > high);
  return { five: [low, q1, median, q3, high], outliers };
}
