import { chartText, type Part } from "./chart-text";

type Letter = "x" | "y";

interface DrawnAxis {
  /** plotly's short name: `x`, `y2`. */
  id: string;
  letter: Letter;
  spec: Part;
  type: "value" | "log" | "time" | "category";
  categories: string[];
  /** Boxes side by side at each name. */
  slots: number;
  hasZero: boolean;
  hasMarkers: boolean;
}

/** Where it is drawn is in shares of the drawing area, from its left and top. */
export interface Panel {
  x: DrawnAxis;
  y: DrawnAxis;
  left: number;
  right: number;
  top: number;
  bottom: number;
  traces: Part[];
}

export function panelsOf(figure: Part): Panel[] {
  const data: Part[] = figure.data;
  const pairs = new Set(data.map(({ xaxis = "x", yaxis = "y" }) => `${xaxis} ${yaxis}`));
  return [...(pairs.size > 0 ? pairs : ["x y"])].map((pair) => {
    const [xId, yId] = pair.split(" ") as [string, string];
    const [x, y] = [drawnAxis(figure, xId), drawnAxis(figure, yId)];
    const [[left, right], [bottom, top]] = [x.spec.domain ?? [0, 1], y.spec.domain ?? [0, 1]];
    const traces = data.filter(({ xaxis = "x", yaxis = "y" }) => xaxis === xId && yaxis === yId);
    return { x, y, left, right, top: 1 - top, bottom: 1 - bottom, traces };
  });
}

function drawnAxis({ data, layout }: Part, id: string): DrawnAxis {
  const letter = id[0] as Letter;
  const spec: Part = layout[`${letter}axis${id.slice(1)}`] ?? {};
  const traces = (data as Part[]).filter((one) => (one[`${letter}axis`] ?? letter) === id);
  const values = traces.flatMap((trace) => valuesAlong(trace, letter)).filter(isGiven);
  const type = axisType(spec, traces, letter, values);
  const names = new Set([...(spec.categoryarray ?? []), ...values].map(String));
  const isGrouped = layout.boxmode === "group" && letter === "x";
  const slots = isGrouped ? traces.filter((trace) => trace.type === "box").length : 1;
  const isOnZero = ({ type, orientation, fill }: Part) =>
    type === "bar"
      ? (orientation === "h") === (letter === "x")
      : letter === "y" && fill === "tozeroy";
  return {
    ...{ id, letter, spec, type, categories: type === "category" ? [...names] : [] },
    slots: Math.max(1, slots),
    hasZero: spec.rangemode === "tozero" || traces.some(isOnZero),
    hasMarkers: traces.some(({ mode = "" }) => mode.startsWith("markers")),
  };
}

/** Where a value lies on its axis, as ECharts takes it; null where it has no place. */
export function position({ type, categories }: DrawnAxis, value: unknown): number | null {
  if (!isGiven(value)) return null;
  if (type === "category") {
    const index = categories.indexOf(String(value));
    return index >= 0 ? index : typeof value === "number" ? value : null;
  }
  const number = type === "time" ? dateNumber(value) : Number(value);
  return Number.isFinite(number) && !(type === "log" && number <= 0) ? number : null;
}

/** A trace's value at a place: as given, or by the first and the step, or the place itself. */
export function valueAt(trace: Part, letter: Letter, index: number): unknown {
  if (trace[letter]) return trace[letter][index];
  const [start = 0, step = 1] = [trace[`${letter}0`], trace[`d${letter}`]];
  if (Number.isFinite(Number(start))) return Number(start) + index * step;
  const time = new Date(dateNumber(start) + index * step);
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
}

export const lengthOf = ({ x, y }: Part): number => x?.length ?? y?.length ?? 0;

function valuesAlong(trace: Part, letter: Letter): unknown[] {
  if (trace[letter]) return trace[letter];
  if (trace.type === "box" && letter === "x") return [trace.name ?? ""];
  const cells = letter === "x" ? trace.z?.[0]?.length : trace.z?.length;
  return Array.from({ length: cells ?? lengthOf(trace) }, (_, at) => valueAt(trace, letter, at));
}

const TYPES = { log: "log", date: "time", category: "category", linear: "value" } as const;

function axisType(spec: Part, traces: Part[], letter: Letter, values: unknown[]) {
  const isNamed = ({ type }: Part) => type === "heatmap" || (type === "box" && letter === "x");
  if (traces.some(isNamed)) return "category";
  const known = TYPES[spec.type as keyof typeof TYPES];
  if (known) return known;
  if (values.length > 0 && values.every(isDate)) return "time";
  const numbers = values.filter((value) => Number.isFinite(Number(value)));
  return numbers.length >= values.length / 2 ? "value" : "category";
}

const isGiven = (value: unknown) => value !== null && value !== undefined && value !== "";

const isDate = (value: unknown): boolean =>
  value instanceof Date || (typeof value === "string" && /^\d{4}-\d\d(-\d\d|$)/.test(value));

/** Dates without a time zone are taken as UTC. */
function dateNumber(value: unknown): number {
  if (typeof value === "number" || value instanceof Date) return Number(value);
  const text = String(value).replace(" ", "T");
  return Date.parse(/T/.test(text) && !/(Z|[+-]\d\d:?\d\d)$/.test(text) ? `${text}Z` : text);
}

/** @param share the part of the width that the axis' panel takes */
export function axisOption(axis: DrawnAxis, share: number, colors: Part): Part {
  const { spec, type, letter, hasZero, hasMarkers, slots } = axis;
  const isNamed = type === "category";
  const given = ((spec.range ?? []) as unknown[]).map((end) =>
    type === "log" ? 10 ** Number(end) : position(axis, end),
  );
  const [from, to] = given.filter((end) => end !== null);
  const hasRange = from !== undefined && to !== undefined;
  const named = (name: string) =>
    Array.from({ length: slots }, (_, slot) => (slot === (slots - 1) >> 1 ? chartText(name) : ""));
  return {
    type,
    name: chartText(spec.title?.text ?? spec.title),
    nameLocation: "middle",
    nameGap: letter === "x" ? 28 : 40,
    nameTextStyle: { color: colors.quiet, fontSize: 13 },
    show: spec.visible ?? true,
    inverse: spec.autorange === "reversed" || (hasRange && from > to),
    scale: !hasZero,
    axisLine: {
      ...{ show: (letter === "x" || isNamed) && spec.showline !== false, onZero: false },
      lineStyle: { color: colors.line },
    },
    axisTick: { show: letter === "x" && !isNamed, lineStyle: { color: colors.line } },
    splitLine: {
      show: letter === "y" && !isNamed && spec.showgrid !== false,
      lineStyle: { color: colors.grid },
    },
    axisLabel: {
      ...{ color: colors.quiet, fontSize: 12, hideOverlap: true },
      ...{ show: spec.showticklabels ?? true, ...labels(axis, share) },
    },
    ...(type === "value" && !hasZero && hasMarkers && { boundaryGap: ["4%", "4%"] }),
    ...(isNamed && { data: axis.categories.flatMap(named) }),
    ...(type === "time" && { min: "dataMin", max: "dataMax" }),
    ...(hasRange && !isNamed && { min: Math.min(from, to), max: Math.max(from, to) }),
  };
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
  const isPercent = /%/.test(String(format));
  const shown = (isPercent ? 100 * value : value).toLocaleString("en-US", {
    minimumFractionDigits: !isPercent && digits && /f$/.test(String(format)) ? decimals : 0,
    maximumFractionDigits: isPercent && !digits ? 0 : decimals,
  });
  return isPercent ? `${shown}%` : shown;
}
