import { visibleLines } from "../words/visible-text";
import { type Figure, OWN_CONFIG } from "./figure";
import { notAnOwnName } from "./figure-text";
import { plainFigure } from "./plain-figure";

// Anything but an author's formatting that starts with "<" is text.
const OTHER_MARK =
  /<(?!\/?(?:b|i|em|strong|sub|sup|s|u|br|extra)\s*\/?>)(?!\/span>)(?!span style=(["'])(?![\w\s#:;,.()%-]*url)[\w\s#:;,.()%-]*\1>)/gi;

const MAP_TRACE = /^(?:scatter|choropleth|density)(?:geo|map|mapbox)?$/;
const IMAGE_SOURCE = /^data:image\/(?:png|jpeg|gif|webp);base64,[\w+/=]*$/;

/**
 * The last check before a figure leaves: the same figure as plain data without links, TeX, maps,
 * invisible characters, pictures from elsewhere, or settings beyond `OWN_CONFIG`. Formatting (`<b>`, `<i>`, `<br>`,
 * `<sub>`, `<sup>`, colored `<span>`) stays; other marks show as text.
 * @throws {Error} if a trace draws a map, or `plainFigure` refuses the figure
 */
export function guardFigure(figure: Figure): Figure {
  const plain = plainFigure(figure);
  const { config, ...rest } = guarded(plain) as Figure;
  if (config === undefined) return rest;
  const own = Object.entries(config ?? {}).filter(([key]) => OWN_CONFIG.includes(key));
  return { ...rest, config: Object.fromEntries(own) };
}

function guarded(value: unknown, key = ""): unknown {
  if (typeof value === "string") return guardedString(value, key.slice(key.lastIndexOf(".") + 1));
  if (Array.isArray(value)) {
    // A menu's entry may name what it sets: ["images[0].source", "…"].
    const isNamed = /^args2?$/.test(key) && typeof value[0] === "string";
    return value.map((item, index) => guarded(item, isNamed && index > 0 ? value[0] : key));
  }
  if (value === null || typeof value !== "object" || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, guarded(item, name)]),
  );
}

function guardedString(value: string, name: string): string {
  if (name === "source" && !IMAGE_SOURCE.test(value)) return "";
  if (name === "type" && value !== "scatter" && MAP_TRACE.test(value)) {
    throw new Error(
      `a figure's trace is of type ${value}, which fetches its map from the network; ` +
        "figures here must draw without one",
    );
  }
  return guardedText(value);
}

function guardedText(text: string): string {
  const safe = notAnOwnName(visibleLines(text).replace(OTHER_MARK, "&lt;"));
  return /\$[^$]*\$/.test(safe) ? safe.replace(/\$/g, "&#36;") : safe;
}
