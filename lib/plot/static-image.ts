import type { Figure } from "./figure";
import { figureTitle, plainFigureText } from "./figure-text";
import { axisOption, isBox } from "./static-image/axes";
import { chartSafe, chartText, withoutBreaks } from "./static-image/chart-text";
import { markSeries } from "./static-image/marks";
import { type Panel, panelsOf } from "./static-image/panels";
import { DRAWN_TYPES, iconOf, seriesOf } from "./static-image/series";
import type { Option, SupportedFigure, Trace } from "./static-image/supported-figure";
import { FIGURE_FONT, SEQUENTIAL, SERIES_COLORS } from "./theme";

export interface StaticImageOptions {
  /** Width in pixels. */
  width?: number;
  /** Height in pixels; the figure's own where it has one. */
  height?: number;
}

const COLORS = { ink: "#1f2937", quiet: "#4b5563", grid: "#e5e7eb", line: "#9ca3af" };

/**
 * A figure as an SVG picture, made without a browser: for GitHub, for print, and for pages that run
 * no scripts. It shows what the live figure shows in its light theme, drawn by ECharts; hovers, of
 * course, are gone.
 *
 * Knows scatter (lines, markers, fills, text), bars, histograms, boxes and heatmaps, on one or more
 * panels with linear, log, date and category axes, with legend, shapes and notes. For any other
 * trace the picture says that the figure needs a script.
 *
 * @param figure with text that has passed `figureText`
 * @returns the SVG element, light background included; text in it is escaped
 */
export function figureToSvg(
  figure: Figure,
  { width = 900, height = Number(figure.layout.height ?? 450) }: StaticImageOptions = {},
): string {
  const all = chartSafe(figure) as unknown as SupportedFigure;
  const shown = {
    ...all,
    data: all.data.filter((trace) => trace.visible !== false && trace.visible !== "legendonly"),
  };
  const title = figureTitle(figure);
  const heading = chartSafe(title);
  const unknown = shown.data.find((trace) => !DRAWN_TYPES.includes(trace.type ?? "scatter"));
  const svg = unknown
    ? draw(placeholder(heading, unknown, width, height), width, height)
    : draw(optionOf(shown, heading, width, height), width, height);
  const words = [title, plainFigureText(figure.description)].filter(Boolean).join(". ");
  return withoutControls(
    withoutBreaks(plainSvg(svg)).replace(
      /^<svg[^>]*>/,
      (start) => start + (words && `<title>${escapeXml(words)}</title>`),
    ),
  );
}

interface Chart {
  setOption(option: Option): void;
  renderToSVGString(): string;
  dispose(): void;
}

function draw(option: Option, width: number, height: number): string {
  // Loaded when first needed: it takes 60 ms. Its types are not visible to every compiler here.
  const echarts = require("echarts/dist/echarts.min.js") as {
    init(element: null, theme: null, options: object): Chart;
  };
  const chart = echarts.init(null, null, { renderer: "svg", ssr: true, width, height });
  try {
    chart.setOption(option);
    return chart.renderToSVGString();
  } finally {
    chart.dispose(); // its animation clock would keep the process alive
  }
}

function optionOf(figure: SupportedFigure, title: string, width: number, height: number): Option {
  const panels = panelsOf(figure);
  const legend = legendOf(figure);
  const choice = choiceOf(figure);
  const header = headerHeight(title, width) + (choice ? HEIGHT_OF_LINE : 0);
  const top = header + (legend.length > 0 ? 30 : 8) + (hasNoteAbove(figure) ? HEIGHT_OF_LINE : 0);
  const heatmaps = figure.data.filter(
    (trace) => trace.type === "heatmap" && trace.showscale !== false,
  );
  const right = heatmaps.length > 0 ? 90 : 24;
  const left = 16 + Math.min(40, longestName(panels));
  const namesWidth = widthOfNames(panels);
  const series = panels.flatMap((panel, index) => panelSeries(figure, panel, index));
  const axis = (panel: Panel, letter: "x" | "y", index: number) => {
    const isDrawn = panels.findIndex((other) => other[letter].id === panel[letter].id) === index;
    const includesZero = hasBarsAlong(figure, letter === "x" ? "y" : "x", panel[letter].id);
    const option = axisOption(
      panel[letter],
      includesZero,
      COLORS,
      panel.area.right - panel.area.left,
    );
    return {
      ...option,
      show: option.show && (isDrawn || panel.base === index),
      gridIndex: panel.base,
    };
  };
  return {
    animation: false,
    useUTC: true,
    backgroundColor: "#ffffff",
    textStyle: { fontFamily: FIGURE_FONT, color: COLORS.ink },
    title: titleOf(title, width, choice),
    legend: {
      show: legend.length > 0,
      data: legend,
      left: 16,
      top: header,
      type: "plain",
      textStyle: { color: COLORS.ink },
      itemHeight: 10,
      itemGap: 18 + Math.round(0.7 * Math.max(0, ...legend.map(({ name }) => name.length))),
    },
    grid: panels.map(({ area }) => ({
      // The panels' plots are of one width: the leftmost has its names besides.
      left:
        area.left === 0
          ? left
          : left + namesWidth + area.left * (width - left - namesWidth - right),
      right: right + (1 - area.right) * (width - left - namesWidth - right),
      top: top + area.top * (height - top - 16),
      bottom: 16 + (1 - area.bottom) * (height - top - 16),
      outerBoundsMode: "same",
      outerBoundsContain: "all",
      outerBoundsClampWidth: namesWidth > 0 ? "30%" : "60%",
    })),
    xAxis: panels.map((panel, index) => axis(panel, "x", index)),
    yAxis: panels.map((panel, index) => axis(panel, "y", index)),
    visualMap: colorBars(figure, series),
    series,
  };
}

/** A picture has no menus: it says which of the choices it shows. */
function choiceOf({ layout }: SupportedFigure): string {
  const buttons = layout.updatemenus?.[0]?.buttons ?? [];
  if (buttons.length < 2) return "";
  const label = chartText(buttons[layout.updatemenus?.[0]?.active ?? 0]?.label);
  return `Shown: ${label}, one of ${buttons.length}; the live figure has a menu for the others.`;
}

function hasNoteAbove({ layout }: SupportedFigure): boolean {
  return (layout.annotations ?? []).some(
    ({ yref, y, yanchor }) =>
      /^paper$| domain$/.test(yref ?? "") && y === 1 && yanchor === "bottom",
  );
}

/** Length of the longest name along a y axis: readers' fonts are a pixel wider than ECharts expects. */
function longestName(panels: Panel[]): number {
  const names = panels.flatMap(({ y }) => [...y.categories, ...numbersNames(y)]);
  return Math.max(0, ...names.map((name) => chartText(name).length));
}

/** What names given to numbers along the y axis take of the width, in pixels. */
function widthOfNames(panels: Panel[]): number {
  const names = panels.flatMap(({ y }) => numbersNames(y).map(chartText));
  return Math.min(240, 6.5 * Math.max(0, ...names.map((name) => name.length)));
}

function numbersNames({ type, spec }: Panel["y"]): string[] {
  return type === "value" ? Array.from(spec.ticktext ?? [], String) : [];
}

function panelSeries(figure: SupportedFigure, panel: Panel, index: number): Option[] {
  const colorway =
    figure.layout.colorway ?? figure.layout.template?.layout?.colorway ?? SERIES_COLORS;
  const isHere = (trace: Trace) =>
    (trace.xaxis ?? "x") === panel.x.id && (trace.yaxis ?? "y") === panel.y.id;
  const here = figure.data.filter(isHere);
  const slots = figure.layout.boxmode === "group" ? here.filter(isBox) : [];
  const series = here.flatMap((trace, place) =>
    seriesOf(trace, {
      panel,
      index,
      color: colorway[figure.data.indexOf(trace) % colorway.length] ?? "#0072b2",
      previous: here[place - 1],
      barmode: figure.layout.barmode,
      slot: slots.includes(trace)
        ? { place: slots.indexOf(trace), count: slots.length }
        : undefined,
    }),
  );
  return [...series, ...markSeries(figure, panel, index)];
}

/** Bars and areas stand on zero, so the axis that measures them must show it. */
function hasBarsAlong(figure: SupportedFigure, base: "x" | "y", id: string): boolean {
  const measure = base === "x" ? "yaxis" : "xaxis";
  return figure.data.some((trace) => {
    if ((trace[measure] ?? measure[0]) !== id) return false;
    if (trace.type === "bar") return (trace.orientation === "h") === (base === "y");
    return (
      base === "x" &&
      (trace.type === "histogram" || trace.fill === "tozeroy" || Boolean(trace.stackgroup))
    );
  });
}

interface LegendEntry {
  name: string;
  icon?: string;
}

function legendOf({ data, layout }: SupportedFigure): LegendEntry[] {
  const named = data.filter(
    (trace) =>
      trace.showlegend !== false &&
      trace.name &&
      trace.type !== "heatmap" &&
      (trace.type !== "box" || layout.boxmode === "group"),
  );
  const entries = new Map(
    [...named].reverse().map((trace) => [chartText(trace.name), iconOf(trace)] as const),
  );
  const names = [...new Set(named.map((trace) => chartText(trace.name)))];
  const isWanted =
    layout.showlegend ?? (data.length > 1 || data.some((trace) => trace.showlegend === true));
  return isWanted ? names.map((name) => ({ name, icon: entries.get(name) })) : [];
}

function colorBars(figure: SupportedFigure, series: Option[]): Option[] {
  const heatmaps = figure.data.filter((trace) => trace.type === "heatmap");
  const places = series.flatMap((one, index) => (one.type === "heatmap" ? [index] : []));
  return heatmaps.map((trace, index) => {
    const values = Array.from(trace.z ?? [])
      .flatMap((row) => Array.from(row))
      .filter((value): value is number => typeof value === "number" && Number.isFinite(value));
    const scale = Array.isArray(trace.colorscale) ? trace.colorscale : SEQUENTIAL;
    const title = trace.colorbar?.title;
    return {
      show: trace.showscale !== false && index === 0,
      type: "continuous",
      seriesIndex: places[index],
      dimension: 2,
      min: trace.zmin ?? values.reduce((a, b) => Math.min(a, b), values[0] ?? 0),
      max: trace.zmax ?? values.reduce((a, b) => Math.max(a, b), values[0] ?? 1),
      inRange: { color: scale.map(([, color]) => color) },
      right: 12,
      top: "middle",
      itemWidth: 12,
      text: [chartText(typeof title === "string" ? title : title?.text), ""],
      textStyle: { color: COLORS.quiet, fontSize: 11 },
      calculable: false,
      formatter: (value: number) => value.toLocaleString("en-US", { maximumFractionDigits: 2 }),
    };
  });
}

function placeholder(title: string, trace: Trace, width: number, height: number): Option {
  return {
    animation: false,
    backgroundColor: "#ffffff",
    textStyle: { fontFamily: FIGURE_FONT },
    title: titleOf(title || "Figure", width),
    graphic: {
      type: "text",
      left: "center",
      top: height / 2 - 10,
      style: {
        text: `This figure (${chartText(trace.type)}) needs a page that runs scripts.`,
        fill: COLORS.quiet,
        fontSize: 14,
      },
    },
  };
}

/** Of a line of small text. */
const HEIGHT_OF_LINE = 20;

function headerHeight(title: string, width: number): number {
  if (!title) return 12;
  const lines = Math.ceil((title.length * 8.6) / (width - 32));
  return 16 + 22 * lines + 4;
}

function escapeXml(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}

/** ECharts numbers its pictures and readies them for a mouse; without that, equal figures are equal. */
function plainSvg(svg: string): string {
  return svg
    .replace(/<style ?><!\[CDATA\[[^<]*\]\]>\s*<\/style>/g, "")
    .replace(/ (?:class="zr\d+-cls-\d+"|ecmeta_\w+="\w*"|pointer-events="visible")/g, "")
    .replace(/(clip-path="url\(#|<clipPath id=")zr\d+/g, "$1figure");
}

/** XML has no place for control characters, not even escaped ones. */
function withoutControls(svg: string): string {
  return svg.replace(/[\p{Cc}\p{Cs}\ufffe\uffff]/gu, (character) =>
    /[\t\n\r]/.test(character) ? character : "\ufffd",
  );
}

/** The title at the top left; one that is too long goes on in a second line. */
function titleOf(text: string, width: number, subtext = ""): Option {
  return {
    text,
    subtext,
    itemGap: 4,
    subtextStyle: { color: COLORS.quiet, fontSize: 13, fontFamily: FIGURE_FONT },
    left: 16,
    top: 12,
    textStyle: {
      fontSize: 17,
      fontWeight: 500,
      color: COLORS.ink,
      fontFamily: FIGURE_FONT,
      width: width - 32,
      overflow: "break",
      lineHeight: 22,
    },
  };
}
