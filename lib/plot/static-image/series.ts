import { lengthOf, position, tickText, valueAt } from "./axes";
import { chartText, type Part } from "./chart-text";
import { colorOf, dashOf, entryOf, faded, symbolOf } from "./looks";
import type { Panel } from "./panels";

/** Of a trace with more points every second, third, ... is drawn. */
const MOST_POINTS = 4_000;

export interface SeriesContext {
  panel: Panel;
  color: string;
  barmode?: string;
}

type Point = [number | null, number | null];

export const DRAWN_TYPES: Record<string, (trace: Part, context: SeriesContext) => Part[]> = {
  scatter: scatterSeries,
  bar: barSeries,
  box: () => [], // those of a panel are drawn together
  heatmap: heatmapSeries,
};

const everyOf = (trace: Part) => Math.ceil(lengthOf(trace) / MOST_POINTS) || 1;

function pointsOf(trace: Part, { x, y }: Panel): Point[] {
  const every = everyOf(trace);
  return Array.from({ length: Math.ceil(lengthOf(trace) / every) }, (_, step) => [
    position(x, valueAt(trace, "x", step * every)),
    position(y, valueAt(trace, "y", step * every)),
  ]);
}

function scatterSeries(trace: Part, context: SeriesContext): Part[] {
  const { panel } = context;
  const points = pointsOf(trace, panel);
  const mode: string = trace.mode ?? (points.length < 20 ? "lines+markers" : "lines");
  const color = colorOf(trace, context.color);
  const hasLine = mode.includes("lines") && trace.line?.width !== 0;
  const isArea = trace.fill === "tozeroy";
  const fill = trace.fillcolor ?? faded(color);
  const series: Part[] = [];
  const previous = panel.traces[panel.traces.indexOf(trace) - 1];
  if (trace.fill === "tonexty" && previous) {
    series.push(bandSeries(points, pointsOf(previous, panel), fill));
  }
  if (hasLine || isArea) {
    series.push({
      type: "line",
      data: points,
      showSymbol: false,
      connectNulls: trace.connectgaps ?? false,
      lineStyle: {
        color,
        width: hasLine ? (trace.line?.width ?? 2) : 0,
        type: dashOf(trace.line?.dash),
        opacity: trace.opacity ?? 1,
      },
      itemStyle: { color },
      ...(isArea && { areaStyle: { color: fill, opacity: 1 } }),
    });
  }
  if (/markers|text/.test(mode)) series.push(markerSeries(trace, context, mode, points));
  return series.length > 0 ? series : [{ type: "line", data: [], itemStyle: { color } }];
}

function markerSeries(trace: Part, context: SeriesContext, mode: string, points: Point[]): Part {
  const { marker = {}, text, textposition = "top center" } = trace;
  const every = everyOf(trace);
  const side = ["top", "bottom", "left", "right"].find((word) => textposition.includes(word));
  const data = points.map((value, step) => {
    const at = step * every;
    const words = mode.includes("text") && entryOf(text, at);
    const own = Array.isArray(marker.color) && marker.color[at];
    return {
      value,
      symbol: symbolOf(entryOf(marker.symbol, at)),
      symbolSize: mode.includes("markers") ? (entryOf(marker.size, at) ?? 6) : 0.1,
      ...(own && { itemStyle: { color: own } }),
      ...(words && { label: labelOf(words, side ?? "inside") }),
    };
  });
  return {
    type: "scatter",
    data,
    z: 3,
    itemStyle: {
      color: colorOf({ marker, line: undefined }, colorOf(trace, context.color)),
      opacity: marker.opacity ?? trace.opacity ?? 1,
      borderColor: marker.line?.color,
      borderWidth: marker.line?.width ?? 0,
    },
  };
}

const labelOf = (text: unknown, position: string): Part => ({
  ...{ show: true, position, fontSize: 11, formatter: () => chartText(text) },
});

function bandSeries(upper: Point[], lower: Point[], color: string): Part {
  const complete = (points: Point[]) => points.filter(([x, y]) => x !== null && y !== null);
  const outline = [...complete(upper), ...complete(lower).reverse()];
  return {
    type: "custom",
    itemStyle: { color },
    z: 1,
    data: complete(upper).slice(0, 1),
    renderItem: (_params: unknown, api: Part) => ({
      type: "polygon",
      shape: { points: outline.map((point) => api.coord(point)) },
      style: { fill: color },
    }),
  };
}

function barSeries(trace: Part, { panel, color, barmode }: SeriesContext): Part[] {
  const { marker = {}, textposition = "" } = trace;
  const isInside = textposition === "inside" || barmode === "stack";
  const side = isInside ? "inside" : trace.orientation === "h" ? "right" : "top";
  const data = pointsOf(trace, panel).map((value, at) => {
    const own = Array.isArray(marker.color) && marker.color[at];
    const text = textposition !== "none" && entryOf(trace.text, at);
    return {
      value,
      ...(own && { itemStyle: { color: own } }),
      ...(text && { label: { ...labelOf(text, side), fontSize: undefined } }),
    };
  });
  const series = {
    type: "bar",
    data,
    itemStyle: { color: colorOf(trace, color), opacity: marker.opacity ?? trace.opacity ?? 1 },
    barCategoryGap: "25%",
    barGap: barmode === "overlay" ? "-100%" : "5%",
    barMinWidth: 1,
    ...(barmode === "stack" && { stack: "bars" }),
  };
  return [series];
}

function heatmapSeries(trace: Part, { panel }: SeriesContext): Part[] {
  const { z = [], x, y, text, texttemplate = "" } = trace;
  const place = (axis: Panel["x"], values: unknown[] | undefined, at: number) =>
    axis.categories.indexOf(String(values ? values[at] : at));
  const [, format] = /:([^:{}]*)\}/.exec(texttemplate) ?? [];
  const isText = texttemplate.includes("%{text}");
  const cells = (z as unknown[][]).flatMap((row, r) => row.map((value, c) => ({ value, r, c })));
  const data = cells.flatMap(({ value, r, c }) => {
    if (typeof value !== "number" || !Number.isFinite(value)) return [];
    const words = isText ? chartText(entryOf(entryOf(text, r), c)) : tickText(value, format);
    return { value: [place(panel.x, x, c), place(panel.y, y, r), value], text: words };
  });
  const series = {
    type: "heatmap",
    data,
    itemStyle: { borderColor: "#ffffff", borderWidth: data.length > 2_000 ? 0 : 1 },
    label: {
      show: texttemplate !== "",
      fontSize: 11,
      formatter: ({ data }: Part) => data.text,
    },
  };
  return [series];
}
