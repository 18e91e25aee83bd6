import { lengthOf, type Panel, position, tickText, valueAt } from "./axes";
import { chartText, type Part } from "./chart-text";
import { colorOf, dashOf, entryOf, faded, symbolOf } from "./looks";

/** Of a trace with more points every second, third, ... is drawn. */
const MOST_POINTS = 4_000;

type Draw = (trace: Part, panel: Panel, color: string, barmode?: string) => Part[];

export const DRAWN_TYPES: Record<string, Draw> = {
  scatter: scatterSeries,
  bar: barSeries,
  box: () => [], // those of a panel are drawn together
  heatmap: heatmapSeries,
};

type Point = [number | null, number | null];

function pointsOf(trace: Part, { x, y }: Panel): { at: number; value: Point }[] {
  const every = Math.ceil(lengthOf(trace) / MOST_POINTS) || 1;
  return Array.from({ length: Math.ceil(lengthOf(trace) / every) }, (_, step) => {
    const at = step * every;
    return {
      at,
      value: [position(x, valueAt(trace, "x", at)), position(y, valueAt(trace, "y", at))],
    };
  });
}

function scatterSeries(trace: Part, panel: Panel, otherwise: string): Part[] {
  const points = pointsOf(trace, panel);
  const { mode = points.length < 20 ? "lines+markers" : "lines", line, opacity = 1 } = trace;
  const color = colorOf(trace, otherwise);
  const hasLine = mode.includes("lines") && line?.width !== 0;
  const isArea = trace.fill === "tozeroy";
  const fill = trace.fillcolor ?? faded(color);
  const series: Part[] = [];
  const previous = panel.traces[panel.traces.indexOf(trace) - 1];
  if (trace.fill === "tonexty" && previous) {
    series.push(bandSeries(points, pointsOf(previous, panel), fill));
  }
  if (hasLine || isArea) {
    const width = hasLine ? (line?.width ?? 2) : 0;
    series.push({
      ...{ type: "line", data: points.map(({ value }) => value), showSymbol: false },
      connectNulls: trace.connectgaps ?? false,
      lineStyle: { color, width, type: dashOf(line?.dash), opacity },
      itemStyle: { color },
      ...(isArea && { areaStyle: { color: fill, opacity: 1 } }),
    });
  }
  if (/markers|text/.test(mode)) series.push(markerSeries(trace, color, mode, points));
  return series.length > 0 ? series : [{ type: "line", data: [], itemStyle: { color } }];
}

function markerSeries(trace: Part, otherwise: string, mode: string, points: Points): Part {
  const { marker = {}, text, textposition = "top center", opacity } = trace;
  const side = ["top", "bottom", "left", "right"].find((word) => textposition.includes(word));
  const data = points.map(({ at, value }) => ({
    value,
    symbol: symbolOf(entryOf(marker.symbol, at)),
    symbolSize: mode.includes("markers") ? (entryOf(marker.size, at) ?? 6) : 0.1,
    ...ownColor(marker, at),
    ...labelOf(mode.includes("text") && entryOf(text, at), side ?? "inside", 11),
  }));
  const itemStyle = {
    color: colorOf({ marker }, otherwise),
    opacity: marker.opacity ?? opacity ?? 1,
    ...{ borderColor: marker.line?.color, borderWidth: marker.line?.width ?? 0 },
  };
  return { type: "scatter", data, z: 3, itemStyle };
}

const ownColor = ({ color }: Part, at: number): Part =>
  Array.isArray(color) && color[at] ? { itemStyle: { color: color[at] } } : {};

const labelOf = (text: unknown, position: string, fontSize?: number): Part =>
  text ? { label: { show: true, position, fontSize, formatter: () => chartText(text) } } : {};

type Points = ReturnType<typeof pointsOf>;

function bandSeries(upper: Points, lower: Points, color: string): Part {
  const complete = (points: Points) =>
    points.map(({ value }) => value).filter(([x, y]) => x !== null && y !== null);
  const outline = [...complete(upper), ...complete(lower).reverse()];
  return {
    ...{ type: "custom", itemStyle: { color }, z: 1, data: complete(upper).slice(0, 1) },
    renderItem: (_params: unknown, api: Part) => ({
      type: "polygon",
      shape: { points: outline.map((point) => api.coord(point)) },
      style: { fill: color },
    }),
  };
}

function barSeries(trace: Part, panel: Panel, otherwise: string, barmode?: string): Part[] {
  const { marker = {}, textposition = "", orientation, opacity } = trace;
  const isInside = textposition === "inside" || barmode === "stack";
  const beside = orientation === "h" ? "right" : "top";
  const data = pointsOf(trace, panel).map(({ at, value }) => {
    const text = textposition !== "none" && entryOf(trace.text, at);
    return { value, ...ownColor(marker, at), ...labelOf(text, isInside ? "inside" : beside) };
  });
  const itemStyle = { color: colorOf(trace, otherwise), opacity: marker.opacity ?? opacity ?? 1 };
  const gaps = { barCategoryGap: "25%", barGap: barmode === "overlay" ? "-100%" : "5%" };
  const stack = barmode === "stack" ? "bars" : undefined;
  return [{ type: "bar", data, itemStyle, ...gaps, barMinWidth: 1, stack }];
}

function heatmapSeries(trace: Part, { x, y }: Panel): Part[] {
  const { z = [], text, texttemplate = "" } = trace;
  const place = (axis: Panel["x"], values: unknown[] | undefined, at: number) =>
    axis.categories.indexOf(String(values ? values[at] : at));
  const [, format] = /:([^:{}]*)\}/.exec(texttemplate) ?? [];
  const isText = texttemplate.includes("%{text}");
  const data = (z as unknown[][]).flatMap((row, r) =>
    row.flatMap((value, c) => {
      if (typeof value !== "number" || !Number.isFinite(value)) return [];
      const words = isText ? chartText(entryOf(entryOf(text, r), c)) : tickText(value, format);
      return [{ value: [place(x, trace.x, c), place(y, trace.y, r), value], text: words }];
    }),
  );
  const itemStyle = { borderColor: "#ffffff", borderWidth: data.length > 2_000 ? 0 : 1 };
  const formatter = ({ data }: Part) => data.text;
  const label = { show: texttemplate !== "", fontSize: 11, formatter };
  return [{ type: "heatmap", data, itemStyle, label }];
}
