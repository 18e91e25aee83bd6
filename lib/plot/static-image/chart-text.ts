import { plainFigureText } from "../figure-text";

// biome-ignore lint/suspicious/noExplicitAny: parts of figures and of charts are known at run time only
export type Part = Record<string, any>;

/**
 * ECharts keeps texts in plain objects, where `__proto__` changes every object of the process. A
 * space without width makes it a key like any other.
 */
export const RESERVED = new RegExp(
  `(${Object.getOwnPropertyNames(Object.prototype).join("|")})`.replaceAll("$", "\\$"),
  "g",
);
const BREAK = "\u200b";

const withBreaks = (text: string): string =>
  text.replace(RESERVED, (name) => name.slice(0, 3) + BREAK + name.slice(3));

export const withoutBreaks = (svg: string): string => svg.replaceAll(BREAK, "");

export const chartText = (text: unknown): string => withBreaks(plainFigureText(text));

/** The same value without names of an object's own properties in any text. */
export function chartSafe<T>(value: T): T {
  if (typeof value === "string") return withBreaks(value) as T;
  if (Array.isArray(value)) return value.map(chartSafe) as T;
  if (value === null || typeof value !== "object" || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, chartSafe(one)])) as T;
}
