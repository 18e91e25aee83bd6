import { formatCount } from "../words/format-words";
import { quotedText } from "../words/quoted-text";
import type { Figure } from "./figure";

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

/**
 * A figure as plain data of its own, small enough to be drawn. Typed arrays become lists; functions
 * are left out.
 * @throws {TypeError} where the figure holds what is no data
 * @throws {RangeError} where it holds too much
 */
export function plainFigure(figure: Figure): Figure {
  let [values, cells] = [0, 0];

  const count = (path: Path, length: number) => {
    atMost(path, length, MOST_ENTRIES[String(path.at(-1))] ?? MOST_VALUES, "entries");
    values += length;
    atMost(path, values, MOST_VALUES, "values in all");
    if (path.at(-2) === "z") cells += length;
    atMost(path, cells, MOST_CELLS, "cells of heat maps");
  };

  const copy = (value: unknown, path: Path): unknown => {
    const name = String(path.at(-1));
    if (typeof value === "string") {
      if (name !== "source") atMost(path, value.length, LONGEST_TEXT, "characters");
      return value;
    }
    if (/^nticks$|^nbins[xy]$/.test(name)) atMost(path, Number(value), MOST_STEPS, "steps");
    if (typeof value === "bigint") return Number(value);
    if (typeof value === "function" || typeof value === "symbol") return undefined;
    if (value === null || typeof value !== "object") return value;
    atMost(path, path.length, MOST_LEVELS, "levels: it may hold itself");
    if (isList(value)) {
      count(path, value.length);
      const items = Array.from({ length: value.length }, (_, at) => copy(value[at], [...path, at]));
      if (name === "x" || name === "y") atMost(path, namesIn(items), MOST_NAMES, "names");
      return items;
    }
    // A cell's own objects come from another realm, where `instanceof` says no.
    const tag = Object.prototype.toString.call(value);
    if (tag === "[object Date]") return new Date(Number(value));
    if (tag !== "[object Object]" || "length" in value) {
      refuse(
        path,
        "an array, a plain object, a text or a number",
        `an object of ${classOf(value)}`,
      );
    }
    const entries = Object.entries(value);
    count(path, entries.length);
    return Object.fromEntries(entries.map(([key, part]) => [key, copy(part, [...path, key])]));
  };

  const plain = copy(figure, []) as Figure;
  for (const [at, trace] of plain.data.entries()) requireObject(trace, ["data", at]);
  requireObject(plain.layout, ["layout"]);
  const axes = plain.data.map((trace) => (trace as { xaxis?: unknown }).xaxis);
  atMost(["data"], new Set(axes).size, MOST_PANELS, "panels");
  for (const name of ["height", "width"] as const) {
    const { [name]: size = MOST_PIXELS } = plain.layout;
    if (size > 0 && size <= MOST_PIXELS) continue;
    refuse(["layout", name], `1 to ${formatCount(MOST_PIXELS)} pixels`, String(size), RangeError);
  }
  return plain;
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

const classOf = (value: object) => value.constructor?.name ?? "no class";

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
