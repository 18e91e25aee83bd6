import { visibleText } from "../words/visible-text";
import type { Figure } from "./figure";

/**
 * Text from a log, fit for any place in a figure. HTML, TeX between dollar signs and `%{x}`, which
 * plotly would read, are escaped; invisible characters are written out; long text is cut.
 * @param text anything; null and undefined give "none"
 * @example
 * figureText("<img src=x>"); // "&lt;img src=x&gt;"
 */
export function figureText(text: unknown, { max = 60 }: { max?: number } = {}): string {
  const visible = visibleText(String(text ?? "none"), { max });
  return notAnOwnName(visible.replace(/&/g, "&amp;"))
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/\$/g, "&#36;")
    .replace(/%(?=\{)/g, "&#37;");
}

/** plotly keeps categories in plain objects, where `constructor` and its like are taken. */
export function notAnOwnName(text: string): string {
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

/** A figure's text as a reader sees it: tags dropped, entities decoded. */
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

export function figureTitle(figure: Pick<Figure, "layout">): string {
  const title = figure.layout?.title as
    | string
    | { text?: string; subtitle?: { text?: string } }
    | undefined;
  const parts = typeof title === "string" ? [title] : [title?.text, title?.subtitle?.text];
  return parts.map(plainFigureText).filter(Boolean).join(". ");
}

/** Texts from a log as different names along an axis. */
export function labelsOf(texts: readonly unknown[], max = 30): string[] {
  return distinct(texts.map((text) => figureText(text, { max })));
}

/** Labels that differ even where the same text was cut. */
export function distinct(labels: readonly string[]): string[] {
  const taken = new Set<string>();
  return labels.map((label) => {
    let free = label;
    for (let number = 2; taken.has(free); number++) free = `${label} (${number})`;
    taken.add(free);
    return free;
  });
}
