import { formatCount } from "../words/format-words";
import { quotedText } from "../words/quoted-text";
import { visibleLines } from "../words/visible-text";
import { type Figure, OWN_CONFIG } from "./figure";
import { notAnOwnName } from "./figure-text";

/** Numbers, texts and parts of a figure together. */
const MOST_VALUES = 250_000;
const MOST_LEVELS = 20;
const LONGEST_TEXT = 50_000;
/** Entries of a list, by its name. */
const MOST_ENTRIES: Readonly<Record<string, number>> = {
  ...{ data: 300, shapes: 1_000, annotations: 1_000, updatemenus: 20, buttons: 1_000 },
  ...{ tickvals: 2_000, ticktext: 2_000, categoryarray: 2_000, z: 2_000, labels: 2_000 },
};
const MOST_NAMES = 2_000;
const MOST_CELLS = 50_000;
const MOST_PANELS = 100;
const MOST_STEPS = 1_000;
const MOST_PIXELS = 10_000;

// Anything but an author's formatting that starts with "<" is text.
const OTHER_MARK =
  /<(?!\/?(?:b|i|em|strong|sub|sup|s|u|br|extra)\s*\/?>)(?!\/span>)(?!span style=(["'])(?![\w\s#:;,.()%-]*url)[\w\s#:;,.()%-]*\1>)/gi;

const MAP_TRACE = /^(?:scatter|choropleth|density)(?:geo|map|mapbox)?$/;
const IMAGE_SOURCE = /^data:image\/(?:png|jpeg|gif|webp);base64,[\w+/=]*$/;

/**
 * The last check before a figure leaves: the same figure as plain data of its own, small enough to
 * be drawn, without links, TeX, maps, invisible characters, pictures from elsewhere, or settings
 * beyond `OWN_CONFIG`. Formatting (`<b>`, `<i>`, `<br>`, `<sub>`, `<sup>`, colored `<span>`) stays;
 * other marks show as text. Typed arrays become lists; functions are left out.
 * @throws {TypeError} where the figure holds what is no data
 * @throws {RangeError} where it holds too much
 * @throws {Error} if a trace draws a map
 */
export function guardFigure(figure: Figure): Figure {
  let [values, cells] = [0, 0];

  const count = (path: Path, length: number) => {
    atMost(path, length, MOST_ENTRIES[String(path.at(-1))] ?? MOST_VALUES, "entries");
    values += length;
    atMost(path, values, MOST_VALUES, "values in all");
    if (path.at(-2) === "z") cells += length;
    atMost(path, cells, MOST_CELLS, "cells of heat maps");
  };

  /** @param sets the name of what a value is for; those of a list are for what the list is */
  const copy = (value: unknown, path: Path, sets: string): unknown => {
    const name = String(path.at(-1));
    if (typeof value === "string") {
      if (name !== "source") atMost(path, value.length, LONGEST_TEXT, "characters");
      return guardedString(value, sets.slice(sets.lastIndexOf(".") + 1));
    }
    if (/^nticks$|^nbins[xy]$/.test(name)) atMost(path, Number(value), MOST_STEPS, "steps");
    if (typeof value === "bigint") return Number(value);
    if (typeof value === "function" || typeof value === "symbol") return undefined;
    if (value === null || typeof value !== "object") return value;
    atMost(path, path.length, MOST_LEVELS, "levels: it may hold itself");
    if (isList(value)) {
      count(path, value.length);
      // A menu's entry may name what it sets: ["images[0].source", "…"].
      const named = /^args2?$/.test(sets) && typeof value[0] === "string" ? value[0] : sets;
      const items = Array.from({ length: value.length }, (_, at) =>
        copy(value[at], [...path, at], at > 0 ? named : sets),
      );
      if (name === "x" || name === "y") atMost(path, namesIn(items), MOST_NAMES, "names");
      return items;
    }
    // A cell's own objects come from another realm, where `instanceof` says no.
    const tag = Object.prototype.toString.call(value);
    if (tag === "[object Date]") return new Date(Number(value));
    if (tag !== "[object Object]" || "length" in value) {
      const found = `an object of ${value.constructor?.name ?? "no class"}`;
      refuse(path, "an array, a plain object, a text or a number", found);
    }
    const entries = Object.entries(value);
    count(path, entries.length);
    return Object.fromEntries(entries.map(([key, part]) => [key, copy(part, [...path, key], key)]));
  };

  const { config, ...plain } = copy(figure, [], "") as Figure;
  for (const [at, trace] of plain.data.entries()) requireObject(trace, ["data", at]);
  requireObject(plain.layout, ["layout"]);
  const axes = plain.data.map((trace) => (trace as { xaxis?: unknown }).xaxis);
  atMost(["data"], new Set(axes).size, MOST_PANELS, "panels");
  for (const name of ["height", "width"] as const) {
    const { [name]: size = MOST_PIXELS } = plain.layout;
    if (size > 0 && size <= MOST_PIXELS) continue;
    refuse(["layout", name], `1 to ${formatCount(MOST_PIXELS)} pixels`, String(size), RangeError);
  }
  if (config === undefined) return plain;
  const own = Object.entries(config ?? {}).filter(([key]) => OWN_CONFIG.includes(key));
  return { ...plain, config: Object.fromEntries(own) };
}

function guardedString(value: string, name: string): string {
  if (name === "source" && !IMAGE_SOURCE.test(value)) return "";
  if (name === "type" && value !== "scatter" && MAP_TRACE.test(value)) {
    throw new Error(
      `a figure's trace is of type ${value}, which fetches its map from the network; ` +
        "figures here must draw without one",
    );
  }
  const safe = notAnOwnName(visibleLines(value).replace(OTHER_MARK, "&lt;"));
  return /\$[^$]*\$/.test(safe) ? safe.replace(/\$/g, "&#36;") : safe;
}

type Path = readonly (string | number)[];

function isList(value: object): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && "length" in value);
}

function namesIn(items: readonly unknown[]): number {
  const isName = (item: unknown) =>
    typeof item === "string" && Number.isNaN(Number(item)) && !/^-?\d{4}-\d\d/.test(item);
  return new Set(items.filter(isName)).size;
}

function requireObject(part: unknown, path: Path): void {
  if (part !== null && typeof part === "object" && !Array.isArray(part)) return;
  refuse(path, "an object", String(part));
}

function atMost(path: Path, found: number, most: number, what: string): void {
  if (!(found > most)) return;
  refuse(path, `at most ${formatCount(most)} ${what}`, formatCount(found), RangeError);
}

function refuse(path: Path, expected: string, found: string, Kind = TypeError): never {
  const place = path.map((key) => (typeof key === "number" ? `[${key}]` : `.${key}`)).join("");
  const where = quotedText(place.replace(/^\./, "") || "the figure itself", { max: 100 });
  throw new Kind(
    `a figure cannot be drawn: at ${where} expected ${expected}, found ${found}; show less at once`,
  );
}
