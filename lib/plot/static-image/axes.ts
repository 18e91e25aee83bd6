import { chartText, type Part } from "./chart-text";

export interface DrawnAxis {
  /** plotly's short name: `x`, `y2`. */
  id: string;
  letter: "x" | "y";
  spec: Part;
  type: "value" | "log" | "time" | "category";
  categories: string[];
  /** Boxes side by side at each name. */
  slots: number;
  hasZero: boolean;
  hasMarkers: boolean;
}

export function axisSpec({ layout }: Part, id: string): Part {
  return layout[`${id[0]}axis${id.slice(1)}`] ?? {};
}

export function drawnAxis(figure: Part, id: string): DrawnAxis {
  const letter = id[0] as "x" | "y";
  const spec = axisSpec(figure, id);
  const traces = (figure.data as Part[]).filter((one) => (one[`${letter}axis`] ?? letter) === id);
  const values = traces.flatMap((trace) => valuesAlong(trace, letter)).filter(isGiven);
  const type = axisType(spec, traces, letter, values);
  const names = new Set([...(spec.categoryarray ?? []), ...values].map(String));
  const isGrouped = figure.layout.boxmode === "group" && letter === "x";
  const slots = isGrouped ? traces.filter((trace) => trace.type === "box").length : 1;
  return {
    ...{ id, letter, spec, type, categories: type === "category" ? [...names] : [] },
    slots: Math.max(1, slots),
    hasZero: traces.some((trace) => standsOnZero(trace, letter)),
    hasMarkers: traces.some(({ mode = "" }) => mode.startsWith("markers")),
  };
}

function standsOnZero({ type, orientation, fill }: Part, letter: "x" | "y"): boolean {
  if (type === "bar") return (orientation === "h") === (letter === "x");
  return letter === "y" && fill === "tozeroy";
}

/** Where a value lies on its axis, as ECharts takes it; null where it has no place. */
export function position(axis: DrawnAxis, value: unknown): number | null {
  if (!isGiven(value)) return null;
  if (axis.type === "category") {
    const index = axis.categories.indexOf(String(value));
    return index >= 0 ? index : typeof value === "number" ? value : null;
  }
  const number = axis.type === "time" ? dateNumber(value) : Number(value);
  return Number.isFinite(number) && !(axis.type === "log" && number <= 0) ? number : null;
}

/** A trace's value at a place: as given, or by the first and the step, or the place itself. */
export function valueAt(trace: Part, letter: "x" | "y", index: number): unknown {
  if (trace[letter]) return trace[letter][index];
  const [start = 0, step = 1] = [trace[`${letter}0`], trace[`d${letter}`]];
  if (Number.isFinite(Number(start))) return Number(start) + index * step;
  const time = new Date(dateNumber(start) + index * step);
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
}

export const lengthOf = ({ x, y }: Part): number => x?.length ?? y?.length ?? 0;

function valuesAlong(trace: Part, letter: "x" | "y"): unknown[] {
  if (trace[letter]) return trace[letter];
  if (trace.type === "box" && letter === "x") return [trace.name ?? ""];
  const cells = letter === "x" ? trace.z?.[0]?.length : trace.z?.length;
  const places = Array.from({ length: cells ?? lengthOf(trace) }, (_, index) => index);
  return places.map((index) => valueAt(trace, letter, index));
}

function axisType(spec: Part, traces: Part[], letter: "x" | "y", values: unknown[]) {
  if (traces.some(({ type }) => type === "heatmap" || (type === "box" && letter === "x"))) {
    return "category";
  }
  const given = { log: "log", date: "time", category: "category", linear: "value" } as const;
  const known = given[spec.type as keyof typeof given];
  if (known) return known;
  if (values.length > 0 && values.every(isDate)) return "time";
  const numbers = values.filter((value) => Number.isFinite(Number(value)));
  return numbers.length >= values.length / 2 ? "value" : "category";
}

const isGiven = (value: unknown) => value !== null && value !== undefined && value !== "";

function isDate(value: unknown): boolean {
  return value instanceof Date || (typeof value === "string" && /^\d{4}-\d\d(-\d\d|$)/.test(value));
}

/** Dates without a time zone are taken as UTC. */
function dateNumber(value: unknown): number {
  if (typeof value === "number" || value instanceof Date) return Number(value);
  const text = String(value).replace(" ", "T");
  return Date.parse(/T/.test(text) && !/(Z|[+-]\d\d:?\d\d)$/.test(text) ? `${text}Z` : text);
}

/** @param share the part of the width that the axis' panel takes */
export function axisOption(axis: DrawnAxis, share: number, colors: Part): Part {
  const { spec, type, letter } = axis;
  const ends = rangeOf(axis).filter((end) => end !== null);
  const hasRange = ends.length === 2 && type !== "category";
  const scale = !(axis.hasZero || spec.rangemode === "tozero");
  return {
    type,
    name: chartText(spec.title?.text ?? spec.title),
    nameLocation: "middle",
    nameGap: letter === "x" ? 28 : 40,
    nameTextStyle: { color: colors.quiet, fontSize: 13 },
    show: spec.visible ?? true,
    inverse: spec.autorange === "reversed" || (ends.length === 2 && ends[0]! > ends[1]!),
    scale,
    axisLine: {
      show: (letter === "x" || type === "category") && spec.showline !== false,
      onZero: false,
      lineStyle: { color: colors.line },
    },
    axisTick: { show: letter === "x" && type !== "category", lineStyle: { color: colors.line } },
    splitLine: {
      show: letter === "y" && type !== "category" && spec.showgrid !== false,
      lineStyle: { color: colors.grid },
    },
    axisLabel: {
      ...{ color: colors.quiet, fontSize: 12, hideOverlap: true },
      ...{ show: spec.showticklabels ?? true, ...labels(axis, share) },
    },
    ...(type === "value" && scale && axis.hasMarkers && { boundaryGap: ["4%", "4%"] }),
    ...(type === "category" && { data: axis.categories.flatMap((name) => slotted(name, axis)) }),
    ...(type === "time" && { min: "dataMin", max: "dataMax" }),
    ...(hasRange && { min: Math.min(...ends), max: Math.max(...ends) }),
  };
}

function slotted(name: string, { slots }: DrawnAxis): string[] {
  return Array.from({ length: slots }, (_, slot) =>
    slot === (slots - 1) >> 1 ? chartText(name) : "",
  );
}

function rangeOf(axis: DrawnAxis): (number | null)[] {
  const range: unknown[] = axis.spec.range ?? [];
  if (axis.type === "log") return range.map((end) => 10 ** Number(end));
  return range.map((end) => position(axis, end));
}

const DATES = {
  ...{ year: "{yyyy}", month: "{MMM} {yyyy}", day: "{MMM} {d}" },
  ...{ hour: "{HH}:{mm}", minute: "{HH}:{mm}", second: "{HH}:{mm}:{ss}" },
};

/** Up to so many names below a plot are all written, in lines. */
const MOST_NAMES_ACROSS = 12;
const ROOM_ACROSS = 700;

function labels({ spec, type, letter, categories }: DrawnAxis, share: number): Part {
  if (type === "category" && letter === "y") {
    return { interval: 0, width: 240, overflow: "truncate" };
  }
  if (type === "category") {
    if (categories.length > MOST_NAMES_ACROSS) return { interval: "auto" };
    const width = Math.floor((ROOM_ACROSS * share) / Math.max(1, categories.length)) - 6;
    return { interval: 0, width, overflow: "break", lineHeight: 15, hideOverlap: false };
  }
  if (type === "time") return { formatter: DATES };
  const vals = (spec.tickvals ?? []).map(Number);
  const texts = (spec.ticktext ?? []).map(chartText);
  return {
    ...(vals.length > 0 && { customValues: vals }),
    formatter: (value: number) => texts[vals.indexOf(value)] ?? tickText(value, spec.tickformat),
  };
}

/** A number by those of d3's formats that figures here use. */
export function tickText(value: number, format: unknown): string {
  const [, digits] = /\.(\d+)/.exec(String(format)) ?? [];
  const decimals = Math.min(20, Number(digits ?? 6));
  if (/%/.test(String(format))) {
    const maximumFractionDigits = digits ? decimals : 0;
    return `${(100 * value).toLocaleString("en-US", { maximumFractionDigits })}%`;
  }
  const minimumFractionDigits = digits && /f$/.test(String(format)) ? decimals : 0;
  return value.toLocaleString("en-US", { minimumFractionDigits, maximumFractionDigits: decimals });
}
