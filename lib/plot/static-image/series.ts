import { formatTick, position, valueAt } from "./axes";
import { boxSeries, type Slot } from "./boxes";
import { chartText } from "./chart-text";
import type { Panel } from "./panels";
import type { Option, Trace, Value, Values } from "./supported-figure";

/** Trace types that the picture can show. */
export const DRAWN_TYPES = ["scatter", "scattergl", "bar", "box", "heatmap", "histogram"];

/** Most points of one trace that the picture draws; beyond, it draws every second, third, ... */
const MOST_POINTS = 4_000;

export interface SeriesContext {
  panel: Panel;
  /** ECharts' number of the panel's axes. */
  index: number;
  color: string;
  /** The trace before this one on the same panel, for `fill: "tonexty"`. */
  previous?: Trace;
  barmode?: string;
  /** Where a box stands beside the others of its group. */
  slot?: Slot;
}

/** The series that draw one trace. */
export function seriesOf(trace: Trace, context: SeriesContext): Option[] {
  const common: Option = {
    name: chartText(trace.name),
    xAxisIndex: context.index,
    yAxisIndex: context.index,
    silent: true,
    animation: false,
    clip: true,
  };
  const withCommon = (series: Option[]) => series.map((one) => ({ ...common, ...one }));
  switch (trace.type ?? "scatter") {
    case "bar":
      return withCommon([barSeries(trace, context)]);
    case "histogram":
      return withCommon([barSeries(binned(trace), context)]);
    case "box":
      return withCommon(boxSeries(trace, context.panel, colorOf(trace, context), context.slot));
    case "heatmap":
      return withCommon([heatmapSeries(trace, context)]);
    default:
      return withCommon(scatterSeries(trace, context));
  }
}

/** The trace's points as ECharts places them. */
export function pointsOf(trace: Trace, { x, y }: Panel): [number | null, number | null][] {
  const length = trace.x?.length ?? trace.y?.length ?? 0;
  const every = Math.ceil(length / MOST_POINTS);
  return Array.from({ length: Math.ceil(length / every) || 0 }, (_, step) => {
    const index = step * every;
    return [position(x, valueAt(trace, "x", index)), position(y, valueAt(trace, "y", index))];
  });
}

function scatterSeries(trace: Trace, context: SeriesContext): Option[] {
  const points = pointsOf(trace, context.panel);
  const mode = trace.mode ?? (points.length < 20 ? "lines+markers" : "lines");
  const hasLine = mode.includes("lines") && trace.line?.width !== 0;
  const color = trace.line?.color ?? scalar(trace.marker?.color) ?? context.color;
  const series: Option[] = [];
  if (trace.fill === "tonexty" && context.previous) {
    const edge = pointsOf(context.previous, context.panel);
    series.push(bandSeries(points, edge, trace.fillcolor ?? faded(color)));
  }
  if (hasLine || trace.fill?.startsWith("tozero") || trace.stackgroup) {
    series.push({
      type: "line",
      data: points,
      showSymbol: false,
      connectNulls: trace.connectgaps ?? false,
      step: { hv: "end", vh: "start", hvh: "middle" }[trace.line?.shape ?? ""] ?? false,
      smooth: trace.line?.shape === "spline" ? 0.3 : false,
      lineStyle: {
        color,
        width: hasLine ? (trace.line?.width ?? 2) : 0,
        type: dashOf(trace.line?.dash),
        opacity: trace.opacity ?? 1,
      },
      itemStyle: { color },
      ...(trace.stackgroup ? { stack: trace.stackgroup } : {}),
      ...(trace.fill?.startsWith("tozero") || trace.stackgroup
        ? { areaStyle: { color: trace.fillcolor ?? faded(color), opacity: 1 } }
        : {}),
    });
  }
  if (mode.includes("markers") || mode.includes("text")) {
    series.push(markerSeries(trace, context, mode, points));
  }
  return series.length > 0 ? series : [{ type: "line", data: [], itemStyle: { color } }];
}

function markerSeries(
  trace: Trace,
  context: SeriesContext,
  mode: string,
  points: unknown[],
): Option {
  const { marker = {} } = trace;
  const every = Math.ceil((trace.x?.length ?? trace.y?.length ?? 0) / MOST_POINTS);
  const data = points.map((value, step) => {
    const index = step * every;
    const color = textAt(marker.color, index);
    const item: Option = {
      value,
      symbol: symbolOf(textAt(marker.symbol, index)),
      symbolSize: numberAt(marker.size, index) ?? 6,
    };
    if (color) item.itemStyle = { color };
    if (mode.includes("text")) item.label = labelOf(textAt(trace.text, index), trace.textposition);
    return item;
  });
  return {
    type: "scatter",
    data: mode.includes("markers") ? data : data.map((item) => ({ ...item, symbolSize: 0.1 })),
    z: 3,
    itemStyle: {
      color: scalar(marker.color) ?? trace.line?.color ?? context.color,
      opacity: marker.opacity ?? trace.opacity ?? 1,
      borderColor: marker.line?.color,
      borderWidth: marker.line?.width ?? 0,
    },
  };
}

function bandSeries(upper: unknown[], lower: unknown[], color: string): Option {
  const complete = (points: unknown[]) =>
    (points as [number | null, number | null][]).filter(([x, y]) => x !== null && y !== null);
  const outline = [...complete(upper), ...complete(lower).reverse()];
  return {
    type: "custom",
    itemStyle: { color },
    z: 1,
    data: complete(upper).slice(0, 1),
    renderItem: (_params: unknown, api: { coord: (point: unknown) => number[] }) => ({
      type: "polygon",
      shape: { points: outline.map((point) => api.coord(point)) },
      style: { fill: color },
    }),
  };
}

function barSeries(trace: Trace, context: SeriesContext): Option {
  const { panel, barmode } = context;
  const isLying = trace.orientation === "h";
  const points = pointsOf(trace, panel);
  const data = points.map((value, index) => {
    const color = textAt(trace.marker?.color, index);
    const text = textAt(trace.text, index);
    const item: Option = { value };
    if (color) item.itemStyle = { color };
    if (text && trace.textposition !== "none") {
      const isInside = /inside/.test(trace.textposition ?? "") || barmode === "stack";
      item.label = {
        show: true,
        formatter: () => chartText(text),
        position: isInside ? "inside" : isLying ? "right" : "top",
      };
    }
    return item;
  });
  const isStacked = barmode === "stack" || barmode === "relative";
  const isHistogram = trace.type === "histogram";
  return {
    type: "bar",
    data,
    itemStyle: {
      color: scalar(trace.marker?.color) ?? context.color,
      opacity: trace.marker?.opacity ?? trace.opacity ?? 1,
    },
    barCategoryGap: isHistogram ? "4%" : "25%",
    barGap: barmode === "overlay" ? "-100%" : "5%",
    barMinWidth: 1,
    ...(isStacked ? { stack: `bars${context.index}` } : {}),
  };
}

/** A histogram as bars, with plotly's words for what a bar's height is. */
function binned(trace: Trace): Trace {
  const values = Array.from(trace.x ?? [], Number).filter(Number.isFinite);
  const sorted = [...values].sort((a, b) => a - b);
  const least = trace.xbins?.start ?? sorted[0] ?? 0;
  const most = trace.xbins?.end ?? sorted.at(-1) ?? 0;
  const wanted = trace.nbinsx ?? Math.max(5, Math.ceil(Math.sqrt(values.length)));
  const size = trace.xbins?.size ?? ((most - least) / wanted || 1);
  const counts = new Array<number>(
    Math.max(1, Math.min(1_000, Math.ceil((most - least) / size + 1e-9))),
  ).fill(0);
  for (const value of values) {
    const bin = Math.min(counts.length - 1, Math.floor((value - least) / size));
    if (value >= least && value <= most) counts[bin] = (counts[bin] ?? 0) + 1;
  }
  const whole = { percent: 100, probability: 1 }[trace.histnorm ?? ""];
  return {
    ...trace,
    x: counts.map((_, bin) => least + (bin + 0.5) * size),
    y: counts.map((count) => (whole ? (whole * count) / values.length : count)),
  };
}

function heatmapSeries(trace: Trace, { panel }: SeriesContext): Option {
  const data: Option[] = [];
  Array.from(trace.z ?? []).forEach((row, r) => {
    Array.from(row).forEach((value, c) => {
      if (typeof value !== "number" || !Number.isFinite(value)) return;
      const place = (axis: Panel["x"], values: Values | undefined, index: number) =>
        axis.categories.indexOf(String(values ? values[index] : index));
      data.push({
        value: [place(panel.x, trace.x, c), place(panel.y, trace.y, r), value],
        text: cellText(trace, r, c, value),
      });
    });
  });
  return {
    type: "heatmap",
    data,
    itemStyle: { borderColor: "#ffffff", borderWidth: data.length > 2_000 ? 0 : 1 },
    label: {
      show: Boolean(trace.texttemplate),
      fontSize: 11,
      formatter: ({ data }: { data: { text: string } }) => data.text,
    },
  };
}

/** What a heatmap's cell says: its own text, or its number in the template's format. */
function cellText(trace: Trace, row: number, column: number, value: number): string {
  const { text, texttemplate = "" } = trace;
  if (!texttemplate.includes("%{text}")) {
    return formatTick(value, /:([^:{}]*)\}/.exec(texttemplate)?.[1]);
  }
  const own = typeof text === "string" ? text : text?.[row];
  return chartText(typeof own === "object" ? own?.[column] : own);
}

function labelOf(text: string | undefined, position = "top center"): Option {
  const side =
    ["top", "bottom", "left", "right"].find((word) => position.includes(word)) ?? "inside";
  return {
    show: Boolean(text),
    formatter: () => chartText(text),
    position: side,
    fontSize: 11,
  };
}

const SYMBOLS: Record<string, string> = {
  square: "rect",
  "triangle-up": "triangle",
  diamond: "diamond",
  circle: "circle",
  cross: "path://M-2,-6L2,-6L2,-2L6,-2L6,2L2,2L2,6L-2,6L-2,2L-6,2L-6,-2L-2,-2Z",
};
const CROSS = "path://M-5,-3L-3,-5L0,-2L3,-5L5,-3L2,0L5,3L3,5L0,2L-3,5L-5,3L-2,0Z";

function symbolOf(symbol = "circle"): string {
  if (symbol.startsWith("x")) return CROSS;
  return SYMBOLS[symbol.replace("-open", "")] ?? "circle";
}

const LINE = "path://M0,4L24,4L24,6L0,6Z";
const DASHES = "path://M0,4L6,4L6,6L0,6ZM9,4L15,4L15,6L9,6ZM18,4L24,4L24,6L18,6Z";

// Drawn as paths, which keep their shape: a legend would stretch symbols to its width.
const ICONS: Record<string, string> = {
  rect: "path://M-4,-4L4,-4L4,4L-4,4Z",
  triangle: "path://M0,-4L5,4L-5,4Z",
  diamond: "path://M0,-5L5,0L0,5L-5,0Z",
};

/** How a trace is shown in a legend: its marker, its line, or an area. */
export function iconOf({ type = "scatter", mode = "lines", fill, line, marker }: Trace): string {
  if (!type.startsWith("scatter") || fill) return "roundRect";
  if (mode.includes("markers")) {
    const symbol = symbolOf(textAt(marker?.symbol, 0));
    return ICONS[symbol] ?? symbol;
  }
  return dashOf(line?.dash) === "solid" ? LINE : DASHES;
}

export function dashOf(dash = "solid"): string {
  if (dash === "solid") return "solid";
  return dash === "dot" ? "dotted" : "dashed";
}

/** Color of an area under or between lines of a given color. */
export function faded(color: string): string {
  const [r, g, b] = (/^#(..)(..)(..)$/.exec(color) ?? [])
    .slice(1)
    .map((hex) => Number.parseInt(hex, 16));
  return b === undefined ? "rgba(107,114,128,0.2)" : `rgba(${r},${g},${b},0.5)`;
}

function colorOf(trace: Trace, context: SeriesContext): string {
  return scalar(trace.marker?.color) ?? trace.line?.color ?? context.color;
}

function scalar(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function textAt(
  value: string | Values | ArrayLike<Values> | undefined,
  index: number,
): string | undefined {
  const item: Value | Values = typeof value === "string" ? value : value?.[index];
  return item === null || item === undefined ? undefined : String(item);
}

function numberAt(
  value: number | ArrayLike<number> | undefined,
  index: number,
): number | undefined {
  return typeof value === "number" ? value : value?.[index];
}
