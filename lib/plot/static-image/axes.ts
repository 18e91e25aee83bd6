import { chartText } from "./chart-text";
import type { Axis, Option, SupportedFigure, Trace, Value } from "./supported-figure";

export type AxisType = "value" | "log" | "time" | "category";

/** One of a figure's axes, with all that is drawn along it. */
export interface DrawnAxis {
  /** plotly's short name: `x`, `y2`. */
  id: string;
  letter: "x" | "y";
  spec: Axis;
  type: AxisType;
  /** Names in order, where `type` is `category`; raw values as the traces give them. */
  categories: string[];
  /** Points with markers keep some distance from the axis' ends. */
  hasMarkers: boolean;
}

export function axisSpec(figure: SupportedFigure, id: string): Axis {
  const spec = figure.layout[`${id[0]}axis${id.slice(1)}`];
  return (spec ?? {}) as Axis;
}

export function drawnAxis(figure: SupportedFigure, id: string): DrawnAxis {
  const letter = id[0] as "x" | "y";
  const spec = axisSpec(figure, id);
  const traces = figure.data.filter((trace) => (trace[`${letter}axis`] ?? letter) === id);
  const values = traces.flatMap((trace) => valuesAlong(trace, letter));
  const type = axisType(spec, traces, letter, values);
  const categories = type === "category" ? categoriesOf(spec, values) : [];
  const hasMarkers = traces.some((trace) => /^markers/.test(trace.mode ?? ""));
  return { id, letter, spec, type, categories, hasMarkers };
}

/** Where a value lies on its axis, as ECharts takes it; null where it has no place. */
export function position(axis: DrawnAxis, value: Value): number | null {
  if (value === null || value === undefined || value === "") return null;
  if (axis.type === "category") {
    const index = axis.categories.indexOf(String(value));
    return index >= 0 ? index : typeof value === "number" ? value : null;
  }
  const number = axis.type === "time" ? dateNumber(value) : Number(value);
  return Number.isFinite(number) && !(axis.type === "log" && number <= 0) ? number : null;
}

/** One number's label, by those of d3's formats that figures here use. */
export function formatTick(value: number, format = ""): string {
  const digits = /\.(\d+)/.exec(format)?.[1];
  if (format.includes("%")) {
    return `${(100 * value).toLocaleString("en-US", { maximumFractionDigits: Number(digits ?? 0) })}%`;
  }
  if (digits !== undefined && /f$/.test(format)) {
    const decimals = {
      minimumFractionDigits: Number(digits),
      maximumFractionDigits: Number(digits),
    };
    return value.toLocaleString("en-US", decimals);
  }
  return value.toLocaleString("en-US", { maximumFractionDigits: 6 });
}

export interface AxisColors {
  quiet: string;
  grid: string;
  line: string;
}

/** @param share the part of the picture's width that the axis' panel takes */
export function axisOption(
  axis: DrawnAxis,
  includesZero: boolean,
  colors: AxisColors,
  share: number,
): Option {
  const { spec, type, letter } = axis;
  const [min, max] = rangeOf(axis);
  const title = chartText(typeof spec.title === "string" ? spec.title : spec.title?.text);
  const isReversed = spec.autorange === "reversed" || (min !== null && max !== null && min > max);
  const option: Option = {
    type,
    name: title,
    nameLocation: "middle",
    nameGap: letter === "x" ? 28 : 40,
    nameTextStyle: { color: colors.quiet, fontSize: 13 },
    position: spec.side,
    show: spec.visible ?? true,
    inverse: isReversed,
    scale: !(includesZero || spec.rangemode === "tozero" || spec.rangemode === "nonnegative"),
    axisLine: {
      show: (letter === "x" || type === "category") && spec.showline !== false,
      onZero: false,
      lineStyle: { color: colors.line },
    },
    axisTick: { show: letter === "x" && type !== "category", lineStyle: { color: colors.line } },
    splitLine: {
      show: (letter === "y") !== (spec.showgrid === false) && letter === "y" && type !== "category",
      lineStyle: { color: colors.grid },
    },
    axisLabel: {
      color: colors.quiet,
      fontSize: 12,
      hideOverlap: true,
      ...labels(axis, share),
    },
  };
  if (type === "value" && option.scale && axis.hasMarkers) option.boundaryGap = ["4%", "4%"];
  if (type === "category") option.data = axis.categories.map(chartText);
  if (min !== null && max !== null && type !== "category") {
    option.min = Math.min(min, max);
    option.max = Math.max(min, max);
  } else if (type === "time") {
    option.min = "dataMin";
    option.max = "dataMax";
  }
  return option;
}

/** How much of a date a tick shows: what has changed since the one before. */
const DATES = {
  year: "{yyyy}",
  month: "{MMM} {yyyy}",
  day: "{MMM} {d}",
  hour: "{HH}:{mm}",
  minute: "{HH}:{mm}",
  second: "{HH}:{mm}:{ss}",
};

/** Names below a plot that are all written, in lines, in about as many pixels as a plot is wide. */
const MOST_NAMES_ACROSS = 12;
const ROOM_ACROSS = 700;

function labels({ spec, type, letter, categories }: DrawnAxis, share: number): Option {
  const wide = { width: 240, overflow: "truncate" };
  const common: Option = { show: spec.showticklabels ?? true };
  if (spec.tickangle !== undefined) common.rotate = -spec.tickangle;
  if (type === "category" && letter === "x" && categories.length <= MOST_NAMES_ACROSS) {
    const width = Math.floor((ROOM_ACROSS * share) / Math.max(1, categories.length)) - 6;
    return { ...common, interval: 0, width, overflow: "break", lineHeight: 15, hideOverlap: false };
  }
  if (type === "category")
    return { ...common, ...(letter === "y" ? wide : {}), interval: letter === "y" ? 0 : "auto" };
  if (type === "time") return { ...common, formatter: DATES };
  const affixed = (text: string) =>
    `${chartText(spec.tickprefix)}${text}${chartText(spec.ticksuffix)}`;
  const vals = Array.from(spec.tickvals ?? [], Number);
  const texts = Array.from(spec.ticktext ?? [], chartText);
  return {
    ...common,
    ...(vals.length > 0 ? { customValues: vals } : {}),
    formatter: (value: number) =>
      texts[vals.indexOf(value)] ?? affixed(formatTick(value, spec.tickformat)),
  };
}

function rangeOf(axis: DrawnAxis): [number | null, number | null] {
  const { range } = axis.spec;
  if (!range) return [null, null];
  if (axis.type === "log") return [10 ** Number(range[0]), 10 ** Number(range[1])];
  return [position(axis, range[0]), position(axis, range[1])];
}

/** A trace's value at a place: as given, or by the first and the step, or the place itself. */
export function valueAt(trace: Trace, letter: "x" | "y", index: number): Value {
  const values = trace[letter];
  if (values) return values[index];
  const [start = 0, step = 1] = [trace[`${letter}0`], trace[`d${letter}`]];
  const isNumber = typeof start === "number" || Number.isFinite(Number(start));
  if (isNumber) return Number(start) + index * step;
  const time = new Date(dateNumber(start) + index * step);
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
}

function valuesAlong(trace: Trace, letter: "x" | "y"): Value[] {
  const values = trace[letter];
  if (values) return Array.from(values);
  if (isBox(trace) && letter === groupLetter(trace)) return [trace.name ?? ""];
  const length =
    letter === "x"
      ? (trace.z?.[0]?.length ?? trace.y?.length)
      : (trace.z?.length ?? trace.x?.length);
  return Array.from({ length: length ?? 0 }, (_, index) => valueAt(trace, letter, index));
}

export function isBox(trace: Trace): boolean {
  return trace.type === "box" || trace.type === "violin";
}

/** The axis that a box's groups stand along. */
export function groupLetter(trace: Trace): "x" | "y" {
  const isLying = trace.orientation ? trace.orientation === "h" : Boolean(trace.x) && !trace.y;
  return isLying ? "y" : "x";
}

function axisType(spec: Axis, traces: Trace[], letter: "x" | "y", values: Value[]): AxisType {
  if (traces.some((trace) => trace.type === "heatmap")) return "category";
  if (spec.type === "log") return "log";
  if (spec.type === "date") return "time";
  if (spec.type === "category" || spec.type === "multicategory") return "category";
  if (spec.type === "linear") return "value";
  if (traces.some((trace) => isBox(trace) && groupLetter(trace) === letter)) return "category";
  const given = values.filter((value) => value !== null && value !== undefined && value !== "");
  if (given.length > 0 && given.every((value) => isDate(value))) return "time";
  const numbers = given.filter(
    (value) => typeof value === "number" || Number.isFinite(Number(value)),
  );
  return numbers.length >= given.length / 2 ? "value" : "category";
}

function categoriesOf(spec: Axis, values: Value[]): string[] {
  const given = values.filter((value) => value !== null && value !== undefined).map(String);
  const names = [...new Set([...Array.from(spec.categoryarray ?? [], String), ...given])];
  if (spec.categoryorder === "category ascending") return names.sort();
  if (spec.categoryorder === "category descending") return names.sort().reverse();
  return names;
}

function isDate(value: Value | Date): boolean {
  return value instanceof Date || (typeof value === "string" && /^\d{4}-\d\d(-\d\d|$)/.test(value));
}

/** plotly's dates have no time zone; here they are all taken as UTC and shown as such. */
function dateNumber(value: Value | Date): number {
  if (typeof value === "number") return value;
  if (value instanceof Date) return value.getTime();
  const text = String(value).replace(" ", "T");
  return Date.parse(/T/.test(text) && !/(Z|[+-]\d\d:?\d\d)$/.test(text) ? `${text}Z` : text);
}
