import { formatCount } from "../words/format-words";
import { quotedText } from "../words/quoted-text";
import type { Figure } from "./figure";

type Trace = Record<string, unknown>;

/** Most entries of a list, by its name: each becomes an element of its own in pictures and on pages. */
const MOST_ENTRIES: Record<string, number> = {
  ...{ data: 300, frames: 300, images: 100, updatemenus: 20, sliders: 20 },
  ...{ shapes: 1_000, annotations: 1_000, buttons: 1_000, steps: 1_000 },
  ...{ dimensions: 30, rangebreaks: 100, parents: 300 },
  ...{ tickvals: 2_000, ticktext: 2_000, categoryarray: 2_000, z: 2_000 },
};
/** Most that a number may ask for, by its name. */
const MOST: Record<string, number> = {
  ...{ nticks: 1_000, nbinsx: 1_000, nbinsy: 1_000, ncontours: 1_000, rows: 100, columns: 100 },
};
const MOST_CELLS = 50_000;
const MOST_SLICES = 300;
const MOST_NAMES = 2_000;
const MOST_AXES = 200;
/** Ticks, bins or contours that a step makes. */
const MOST_STEPS = 10_000;
const LEAST_SIZE = 10;
const MOST_SIZE = 10_000;
/** What bins and contours divide. */
const LETTERS: Record<string, string[]> = {
  xbins: ["x"],
  ybins: ["y"],
  contours: ["z"],
  colorbar: ["z"],
};
const DAY = 86_400_000;
const MONTH = 28 * DAY;

/**
 * Checks that a figure of plain data asks for no more than a picture and a browser can draw: neither
 * stops by itself where a step makes a billion ticks.
 *
 * @throws {RangeError} for the first that is too much, by its name
 */
export function requireDrawable(figure: Figure): void {
  const traces = figure.data as Trace[];
  const layout = figure.layout as Record<string, unknown>;
  for (const name of ["height", "width"]) {
    const size = layout[name] ?? LEAST_SIZE;
    if (typeof size === "number" && size >= LEAST_SIZE && size <= MOST_SIZE) continue;
    refuse(`layout.${name}`, `${LEAST_SIZE} to ${formatCount(MOST_SIZE)} pixels`, String(size));
  }
  const axes = new Set(traces.flatMap((trace) => [trace.xaxis, trace.yaxis]));
  check("axes", Math.max(axes.size, Object.keys(layout).length), MOST_AXES);
  for (const letter of ["x", "y"]) {
    const names = traces.flatMap((trace) => valuesOf(trace, letter)).filter(isName);
    check(`names along the ${letter} axis`, new Set(names).size, MOST_NAMES);
  }

  for (const { type, labels, values } of traces) {
    if (type !== "pie" && type !== "funnelarea") continue;
    for (const list of [labels, values]) {
      if (Array.isArray(list)) check(`slices of a ${type}`, list.length, MOST_SLICES);
    }
  }

  const visit = (value: unknown, path: readonly string[], owner: Trace = {}): void => {
    const name = path.at(-1) ?? "";
    if (Array.isArray(value)) {
      check(`entries of ${name}`, value.length, MOST_ENTRIES[name] ?? Number.POSITIVE_INFINITY);
      if (name === "z") check("cells of z", value.flat().length, MOST_CELLS);
      // A break is as often as once a day.
      if (name === "rangebreaks" && value.length > 0) checkStep(DAY, path, owner);
      for (const item of value) visit(item, path, owner);
    } else if (value !== null && typeof value === "object") {
      // A menu's entry writes a path in one text: `xaxis.dtick`.
      for (const [key, item] of Object.entries(value)) {
        visit(item, [...path, ...key.split(".")], value as Trace);
      }
    } else {
      check(name, Number(value), MOST[name] ?? Number.POSITIVE_INFINITY);
      if (typeof value === "string") checkFormat(name, value);
      const isStep =
        name === "dtick" || (name === "size" && /bins|contours/.test(path.at(-2) ?? ""));
      if (isStep && value !== undefined && value !== null) checkStep(value, path, owner);
    }
  };

  /** Against all that lies along the axis, or along all where it is not known. */
  const checkStep = (step: unknown, path: readonly string[], owner: Trace): void => {
    const key = path.find((part) => /^[xyz]axis\d*$/.test(part));
    const id = key?.replace("axis", "");
    const axis = (layout[key ?? ""] ?? {}) as { type?: string; range?: unknown };
    const letters = LETTERS[path.at(-2) ?? ""] ?? (id ? [id.slice(0, 1)] : ["x", "y", "z", "r"]);
    const lengths = letters.flatMap((letter) =>
      traces
        .filter((trace) => id === undefined || (trace[`${letter}axis`] ?? letter) === id)
        .map((trace) => extentOf(valuesOf(trace, letter), axis.type)),
    );
    const ends = [axis.range, owner.range, [owner.start, owner.end]];
    const whole = Math.max(...ends.map((one) => extentOf([one].flat())), ...lengths);
    const expected = `a step of at least a ${formatCount(MOST_STEPS)}th of what it divides`;
    const length = stepLength(step);
    if (!(length > 0 && whole / length <= MOST_STEPS))
      refuse(path.join("."), expected, String(step));
  };

  visit({ data: traces, layout }, []);
}

function checkFormat(name: string, text: string): void {
  const isTooWide = /format$/.test(name) ? /[.\d]\d{3}/ : /%\{[^{}:]*:[^{}]*[.\d]\d{3}/;
  if (!isTooWide.test(text)) return;
  refuse(name, "a format of at most 99 digits", quotedText(text, { max: 50 }));
}

/** What a trace has along an axis; its places where it has no values. */
function valuesOf(trace: Trace, letter: string): unknown[] {
  const own = trace[letter];
  if (Array.isArray(own)) return own.flat();
  const other = trace[letter === "x" ? "y" : "x"];
  const [start, step] = [trace[`${letter}0`] ?? 0, Number(trace[`d${letter}`] ?? 1)];
  return Array.isArray(other) ? [start, numberOf(start) + step * other.length] : [];
}

function isName(value: unknown): boolean {
  return typeof value === "string" && Number.isNaN(numberOf(value));
}

/** From the least to the greatest; names lie one apart. */
function extentOf(values: readonly unknown[], type?: string): number {
  let [least, most] = [0, values.some(isName) ? values.length : 0];
  let isFirst = true;
  for (const value of values) {
    const number = type === "log" ? Math.log10(Number(value)) : numberOf(value);
    if (!Number.isFinite(number)) continue;
    least = isFirst ? number : Math.min(least, number);
    most = isFirst ? number : Math.max(most, number);
    isFirst = false;
  }
  return most - least;
}

function numberOf(value: unknown): number {
  if (value instanceof Date) return value.getTime();
  if (typeof value === "string" && /^-?\d{4}-\d\d/.test(value)) return Date.parse(value);
  return value === null || value === "" ? Number.NaN : Number(value);
}

/** A step as plotly takes it: `M3` are three months, `L5` five on a logarithmic axis, `D1` digits. */
function stepLength(step: unknown): number {
  const [, letter, number] = /^([MLD])(.+)$/.exec(String(step)) ?? [];
  if (letter === "D") return Number.POSITIVE_INFINITY;
  return letter === undefined ? Number(step) : Number(number) * (letter === "M" ? MONTH : 1);
}

function check(what: string, found: number, most: number): void {
  if (found > most) refuse(what, `at most ${formatCount(most)}`, formatCount(found));
}

function refuse(what: string, expected: string, found: string): never {
  throw new RangeError(
    `a figure cannot be drawn: ${what}: expected ${expected}, found ${found}; show less at once`,
  );
}
