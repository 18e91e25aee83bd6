import { visibleLines, visibleText } from "../words/visible-text";
import { type Figure, OWN_CONFIG } from "./figure";
import { plainFigure } from "./plain-figure";

export interface FigureTextOptions {
  /** Longest text that is kept whole, in characters; longer text is visibly cut. */
  max?: number;
}

/**
 * Text from a log, fit for any place in a figure: titles, ticks (category names among `x` and `y`
 * included), legends, `text`, `customdata` and hovers.
 *
 * plotly.js reads a little HTML of its own (`<b>`, `<br>`, `<a href>`, `&lt;`), TeX between dollar
 * signs, and `%{x}` in templates; all three are escaped, so that every character shows as it is.
 * Invisible characters are written out, and long text is visibly cut.
 *
 * @param text anything; null and undefined give "none"
 * @example
 * figureText("<img src=x>"); // "&lt;img src=x&gt;"
 */
export function figureText(text: unknown, { max = 60 }: FigureTextOptions = {}): string {
  const visible = visibleText(String(text ?? "none"), { max });
  return notAnOwnName(visible.replace(/&/g, "&amp;"))
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/\$/g, "&#36;")
    .replace(/%(?=\{)/g, "&#37;");
}

/**
 * plotly looks categories up in plain objects, where `constructor` and its like are already taken:
 * their first letter goes as a character reference.
 */
function notAnOwnName(text: string): string {
  return text in Object.prototype ? `&#${text.charCodeAt(0)};${text.slice(1)}` : text;
}

const ENTITIES: Record<string, string> = {
  amp: "&",
  lt: "<",
  gt: ">",
  nbsp: "\u00a0",
  quot: '"',
  mu: "μ",
  times: "×",
  plusmn: "±",
  deg: "°",
};

/** A figure's text as a reader sees it: line breaks as spaces, other marks dropped, entities decoded. */
export function plainFigureText(text: unknown): string {
  return String(text ?? "")
    .replace(/<br\s*\/?>/gi, " ")
    .replace(/<\/?[a-z][^<>]*>/gi, "")
    .replace(/&(?:#(\d+)|#x([\da-f]+)|([a-z]+));/gi, (whole, decimal, hex, name) => {
      if (name) return ENTITIES[String(name).toLowerCase()] ?? whole;
      const code = decimal ? Number(decimal) : Number.parseInt(hex, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    })
    .replace(/\s+/g, " ")
    .trim();
}

/** A figure's title in plain text, with its subtitle; empty where it has none. */
export function figureTitle(figure: Pick<Figure, "layout">): string {
  const title = figure.layout?.title as
    | string
    | { text?: string; subtitle?: { text?: string } }
    | undefined;
  const parts = typeof title === "string" ? [title] : [title?.text, title?.subtitle?.text];
  return parts.map(plainFigureText).filter(Boolean).join(". ");
}

// Marks that a figure's author may use. Anything else that starts with "<" is text.
const OTHER_MARK =
  /<(?!\/?(?:b|i|em|strong|sub|sup|s|u|br|extra)\s*\/?>)(?!\/span>)(?!span style=(["'])(?![\w\s#:;,.()%-]*url)[\w\s#:;,.()%-]*\1>)/gi;

const MAP_TRACE = /^(?:scatter|choropleth|density)(?:geo|map|mapbox)?$/;
const IMAGE_SOURCE = /^data:image\/(?:png|jpeg|gif|webp);base64,[\w+/=]*$/;

/**
 * The last check before a figure leaves: the same figure as plain data, in which no text can be a
 * link, an image or TeX, or hide or turn what it says, whoever forgot `figureText`. Formatting that
 * figures use (`<b>`, `<i>`, `<br>`, `<sub>`, `<sup>`, colored `<span>`) stays; any other mark shows
 * as text. Pictures that are not in the figure itself are dropped, and so is what it says of its
 * behavior beyond `OWN_CONFIG`: a button that uploads it, a server's address.
 *
 * @throws {Error} if a trace draws a map, which would be fetched from the network, or if the figure
 *   holds what cannot be drawn; see `plainFigure`
 */
export function guardFigure(figure: Figure): Figure {
  const plain = plainFigure(figure);
  const { config, ...rest } = guarded(plain) as Figure;
  if (config === undefined) return rest;
  const own = Object.entries(config ?? {}).filter(([key]) => OWN_CONFIG.includes(key));
  return { ...rest, config: Object.fromEntries(own) };
}

/** @param key what the value is called, however long the path: `images[0].source` */
function guarded(value: unknown, key = ""): unknown {
  if (typeof value === "string") return guardedString(value, key.slice(key.lastIndexOf(".") + 1));
  if (Array.isArray(value)) {
    // A menu's entry may name what it sets in a text of its own: ["images[0].source", "…"].
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
