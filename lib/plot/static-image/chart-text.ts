import { plainFigureText } from "../figure-text";

// biome-ignore lint/suspicious/noExplicitAny: parts of figures and of charts are known at run time only
export type Part = Record<string, any>;

/**
 * ECharts keeps widths of texts and values of colors in plain objects, by the text itself: the text
 * `__proto__` changes every object of the process. A space without width inside such a name makes
 * it a key like any other; `withoutBreaks` takes it out of the picture.
 */
const RESERVED = new RegExp(
  `(${Object.getOwnPropertyNames(Object.prototype).join("|")})`.replaceAll("$", "\\$"),
  "g",
);
const BREAK = "\u200b";

/** A figure's text as a reader sees it, fit to be handed to ECharts. */
export function chartText(text: unknown): string {
  return withBreaks(plainFigureText(text));
}

/** The same value, in which no text, at any depth, holds the name of an object's own property. */
export function chartSafe<T>(value: T): T {
  if (typeof value === "string") return withBreaks(value) as T;
  if (Array.isArray(value)) return value.map(chartSafe) as T;
  if (value === null || typeof value !== "object" || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, chartSafe(item)]),
  ) as T;
}

export function withoutBreaks(svg: string): string {
  return svg.replaceAll(BREAK, "");
}

function withBreaks(text: string): string {
  return text.replace(RESERVED, (name) => name.slice(0, 3) + BREAK + name.slice(3));
}
