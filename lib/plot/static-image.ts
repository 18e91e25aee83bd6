import type { Figure } from "./figure";
import { figureTitle, plainFigureText } from "./figure-text";
import { largestOf } from "./rows";
import { axisOption, type Panel, panelsOf } from "./static-image/axes";
import { boxSeries } from "./static-image/boxes";
import { chartSafe, chartText, type Part, withoutBreaks } from "./static-image/chart-text";
import { iconOf } from "./static-image/looks";
import { noteSeries } from "./static-image/notes";
import { DRAWN_TYPES } from "./static-image/series";
import { FIGURE_FONT, SEQUENTIAL, SERIES_COLORS } from "./theme";

const COLORS = { ink: "#1f2937", quiet: "#4b5563", grid: "#e5e7eb", line: "#9ca3af" };
const HEIGHT_OF_LINE = 20;

/**
 * A figure in its light theme as an SVG picture, made without a browser. Knows scatter, bars,
 * standing boxes and heat maps on one or more panels, with legend, shapes and notes without arrows;
 * of any other figure the picture says that it needs a script.
 * @param figure with text that has passed `figureText`
 * @returns the SVG element; text in it is escaped
 */
export function figureToSvg(
  figure: Figure,
  options: { width?: number; height?: number } = {},
): string {
  const { width = 900, height = Number(figure.layout.height ?? 450) } = options;
  const all: Part = chartSafe(figure);
  const isShown = ({ visible }: Part) => visible !== false && visible !== "legendonly";
  const shown = { ...all, data: all.data.filter(isShown) };
  const title = figureTitle(figure);
  const unknown = unknownPart(shown);
  const heading = chartSafe(title);
  const option = unknown
    ? { ...placeholder(unknown, height), title: titleOf(heading || "Figure", width) }
    : optionOf(shown, heading, width, height);
  const words = [title, plainFigureText(figure.description)].filter(Boolean).join(". ");
  const named = words && `<title>${escapeXml(words)}</title>`;
  const svg = withoutBreaks(plainSvg(draw(option, width, height)));
  return withoutControls(svg.replace(/^<svg[^>]*>/, (start) => start + named));
}

/** What the picture cannot show; empty where it shows all. */
function unknownPart({ data, layout }: Part): string {
  const traces = data as Part[];
  const type = traces.map(({ type = "scatter" }) => type).find((type) => !DRAWN_TYPES[type]);
  if (type !== undefined) return type;
  if (traces.some(({ stackgroup }) => stackgroup)) return "stacked areas";
  if (traces.some((trace) => trace.type === "box" && !trace.y)) return "boxes that lie";
  if (layout.grid) return "a grid";
  return Object.values(layout).some((part) => (part as Part)?.overlaying) ? "axes over others" : "";
}

function draw(option: Part, width: number, height: number): string {
  // Loaded when first needed: it takes 60 ms.
  const echarts: Part = require("echarts/dist/echarts.min.js");
  const chart = echarts.init(null, null, { renderer: "svg", ssr: true, width, height });
  try {
    const page = { animation: false, useUTC: true, backgroundColor: "#ffffff" };
    const textStyle = { fontFamily: FIGURE_FONT, color: COLORS.ink };
    chart.setOption({ ...page, textStyle, ...option });
    return chart.renderToSVGString();
  } finally {
    chart.dispose(); // its animation clock would keep the process alive
  }
}

function optionOf(figure: Part, title: string, width: number, height: number): Part {
  const panels = panelsOf(figure);
  const legend = legendOf(figure);
  const choice = choiceOf(figure);
  const header = headerHeight(title, width) + (choice ? HEIGHT_OF_LINE : 0);
  const top = header + (legend.length > 0 ? 30 : 8) + (hasNoteAbove(figure) ? HEIGHT_OF_LINE : 0);
  const hasScale = figure.data.some(
    (one: Part) => one.type === "heatmap" && one.showscale !== false,
  );
  const right = hasScale ? 90 : 24;
  // Names of numbers stand outside; readers' fonts are a pixel wider than ECharts expects.
  const numbered = longest(
    panels.flatMap(({ y }) => (y.type === "value" && y.spec.ticktext) || []),
  );
  const named = longest(panels.flatMap(({ y }) => y.categories));
  const left = 16 + Math.min(40, Math.max(numbered, named));
  const namesWidth = Math.min(240, 6.5 * numbered);
  const inner = width - left - namesWidth - right;
  const series = panels.flatMap((panel, index) => panelSeries(figure, panel, index));
  const axis = (letter: "x" | "y") =>
    panels.map((panel, gridIndex) => ({
      ...axisOption(panel[letter], panel.right - panel.left, COLORS),
      gridIndex,
    }));
  return {
    title: titleOf(title, width, choice),
    legend: {
      ...{ show: legend.length > 0, data: legend, left: 16, top: header, type: "plain" },
      ...{ textStyle: { color: COLORS.ink }, itemHeight: 10 },
      itemGap: 18 + Math.round(0.7 * Math.max(0, ...legend.map(({ name }) => name.length))),
    },
    grid: panels.map((panel) => ({
      // The leftmost panel has its names besides.
      left: left + (panel.left === 0 ? 0 : namesWidth + panel.left * inner),
      right: right + (1 - panel.right) * inner,
      top: top + panel.top * (height - top - 16),
      bottom: 16 + (1 - panel.bottom) * (height - top - 16),
      ...{ outerBoundsMode: "same", outerBoundsContain: "all" },
      outerBoundsClampWidth: namesWidth > 0 ? "30%" : "60%",
    })),
    ...{ xAxis: axis("x"), yAxis: axis("y"), visualMap: colorScales(figure, series), series },
  };
}

function choiceOf({ layout }: Part): string {
  const { buttons = [], active = 0 } = layout.updatemenus?.[0] ?? {};
  if (buttons.length < 2) return "";
  const label = chartText(buttons[active]?.label);
  return `Shown: ${label}, one of ${buttons.length}; the live figure has a menu for the others.`;
}

const hasNoteAbove = ({ layout }: Part): boolean =>
  (layout.annotations ?? []).some(
    ({ yref = "", y, yanchor }: Part) =>
      /^paper$| domain$/.test(yref) && y === 1 && yanchor === "bottom",
  );

const longest = (names: unknown[]): number =>
  largestOf(
    names.map((name) => chartText(name).length),
    0,
  );

function panelSeries(figure: Part, panel: Panel, index: number): Part[] {
  const {
    template,
    colorway = template?.layout?.colorway ?? SERIES_COLORS,
    barmode,
  } = figure.layout;
  const colorOf = (trace: Part) => colorway[figure.data.indexOf(trace) % colorway.length];
  const series = panel.traces.flatMap((trace) => {
    const all = DRAWN_TYPES[trace.type ?? "scatter"]!(trace, panel, colorOf(trace), barmode);
    return all.map((one) => ({ name: chartText(trace.name), clip: true, ...one }));
  });
  const place = { xAxisIndex: index, yAxisIndex: index, silent: true, animation: false };
  const all = [...series, ...boxSeries(panel, colorOf), ...noteSeries(figure, panel, index)];
  return all.map((one) => ({ ...place, ...one }));
}

function legendOf({ data, layout }: Part): { name: string; icon: string }[] {
  const named = (data as Part[]).filter(
    ({ name, type, showlegend }) =>
      showlegend !== false &&
      name &&
      type !== "heatmap" &&
      (type !== "box" || layout.boxmode === "group"),
  );
  const isWanted = layout.showlegend ?? (data.length > 1 || named.some((one) => one.showlegend));
  if (!isWanted) return [];
  const entries = named.map((trace) => ({ name: chartText(trace.name), icon: iconOf(trace) }));
  return entries.filter(({ name }, at) => entries.findIndex((one) => one.name === name) === at);
}

function colorScales(figure: Part, series: Part[]): Part[] {
  const heatmaps = (figure.data as Part[]).filter(({ type }) => type === "heatmap");
  const places = series.flatMap(({ type }, index) => (type === "heatmap" ? [index] : []));
  return heatmaps.map(({ z = [], zmin, zmax, showscale, colorscale, colorbar }, index) => {
    const values: number[] = z.flat().filter(Number.isFinite);
    const scale: [number, string][] = Array.isArray(colorscale) ? colorscale : SEQUENTIAL;
    return {
      ...{ show: showscale !== false && index === 0, type: "continuous", calculable: false },
      ...{ seriesIndex: places[index], dimension: 2, right: 12, top: "middle", itemWidth: 12 },
      min: zmin ?? values.reduce((a, b) => Math.min(a, b), values[0] ?? 0),
      max: zmax ?? largestOf(values, values[0] ?? 1),
      inRange: { color: scale.map(([, color]) => color) },
      text: [chartText(colorbar?.title?.text ?? colorbar?.title), ""],
      textStyle: { color: COLORS.quiet, fontSize: 11 },
      formatter: (value: number) => value.toLocaleString("en-US", { maximumFractionDigits: 2 }),
    };
  });
}

function placeholder(what: string, height: number): Part {
  const text = `This figure (${chartText(what)}) needs a page that runs scripts.`;
  const style = { text, fill: COLORS.quiet, fontSize: 14 };
  return { graphic: { type: "text", left: "center", top: height / 2 - 10, style } };
}

const headerHeight = (title: string, width: number): number =>
  title ? 20 + 22 * Math.ceil((title.length * 8.6) / (width - 32)) : 12;

function titleOf(text: string, width: number, subtext = ""): Part {
  const font = { fontFamily: FIGURE_FONT, color: COLORS.ink, fontSize: 17, fontWeight: 500 };
  return {
    ...{ text, subtext, itemGap: 4, left: 16, top: 12 },
    subtextStyle: { color: COLORS.quiet, fontSize: 13, fontFamily: FIGURE_FONT },
    textStyle: { ...font, width: width - 32, overflow: "break", lineHeight: 22 },
  };
}

const escapeXml = (text: string): string =>
  text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

/** ECharts numbers its pictures; without that, equal figures are equal. */
const plainSvg = (svg: string): string =>
  svg
    .replace(/<style ?><!\[CDATA\[[^<]*\]\]>\s*<\/style>/g, "")
    .replace(/ (?:class="zr\d+-cls-\d+"|ecmeta_\w+="\w*"|pointer-events="visible")/g, "")
    .replace(/(clip-path="url\(#|<clipPath id=")zr\d+/g, "$1figure");

/** XML has no place for control characters, not even escaped. */
const withoutControls = (svg: string): string =>
  svg.replace(/[\p{Cc}\p{Cs}\ufffe\uffff]/gu, (character) =>
    /[\t\n\r]/.test(character) ? character : "\ufffd",
  );
