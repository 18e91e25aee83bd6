import { escapeMarkdown } from "./escape-markdown";
import { formatNumber } from "./format-words";
import { type VisibleTextOptions, visibleText } from "./visible-text";

/** A line of the claims ledger. */
export interface Claim {
  /** In a few words: `pages after graduation`. */
  what: string;
  /** Before it was put into words; a day as `YYYY-MM-DD`. */
  value: number | string | null;
  /** As in the text. */
  shown: string;
  from: string;
  /** Whether it was computed in a second way. */
  checked: boolean;
}

export type Span = readonly [from: number, to: number];

type ProseParts = Partial<Pick<Prose, "claims" | "unbound" | "spans">>;

/** Markdown in which every value that was put in is text. */
export class Prose {
  readonly markdown: string;
  readonly text: string;
  readonly claims: readonly Claim[];
  /** Numbers in it that no claim stands for. */
  readonly unbound: readonly string[];
  /** Where each claim stands in `markdown`; empty if unknown. */
  readonly spans: readonly Span[];

  constructor(
    markdown: string,
    text: string,
    { claims = [], unbound = [], spans = [] }: ProseParts = {},
  ) {
    this.markdown = markdown;
    this.text = text;
    this.claims = claims;
    this.unbound = unbound;
    this.spans = spans.length === claims.length ? spans : [];
  }

  toString(): string {
    return this.text;
  }
}

/** Most characters of a value. */
const LONGEST = 300;

/**
 * Markdown whose words are written and whose values are computed; `show` displays it. Values stay
 * text, whatever they contain. The indentation that all lines share is taken away.
 *
 * - integers of five digits or more get thousands separators (`900,223`)
 * - other numbers have at most two decimals; for more or fewer, `formatNumber(x, digits)`
 * - a Date is `2019-03-04`, with its time of day where it has one; for words, `formatDate(date)`
 * - null and undefined are "none"; a list is "a, b and c", an empty one "none"
 * - prose in prose keeps its Markdown and its claims
 *
 * @example
 * show(prose`Busiest day: **${formatDate(day)}** with ${pages} pages.`);
 */
export function prose(words: TemplateStringsArray, ...values: unknown[]): Prose {
  const lines = withoutIndent(words);
  const parts = lines.flatMap((line, index) => [
    new Prose(line, line),
    ...(index < values.length ? [proseOf(values[index])] : []),
  ]);
  const { markdown, text, claims, unbound, spans } = joinProse(parts);
  const cut = markdown.length - markdown.trimStart().length;
  return new Prose(markdown.trim(), text.trim(), {
    claims,
    unbound: [...typedNumbers(lines.join("\0")), ...unbound],
    spans: spans.map(([from, to]) => [from - cut, to - cut]),
  });
}

/** A name for prose: never a number of the report, even for a class called 2021. */
export function nameProse(name: unknown, { max = 60 }: VisibleTextOptions = {}): Prose {
  const text = visibleText(String(name), { max });
  return new Prose(escapeMarkdown(text), text);
}

/** Pieces of prose with Markdown between them: `"\n\n"` for paragraphs. */
export function joinProse(parts: readonly Prose[], between = ""): Prose {
  let markdown = "";
  const spans: Span[] = [];
  for (const [index, part] of parts.entries()) {
    if (index > 0) markdown += between;
    const start = markdown.length;
    for (const [from, to] of part.spans) spans.push([start + from, start + to]);
    markdown += part.markdown;
  }
  return new Prose(markdown, parts.map(({ text }) => text).join(between), {
    claims: parts.flatMap(({ claims }) => claims),
    unbound: parts.flatMap(({ unbound }) => unbound),
    spans,
  });
}

/** Numbers among words, without code, addresses, links to notebooks, list items and headings. */
export function typedNumbers(markdown: string): string[] {
  const words = withoutOwnNumbers(markdown.replace(/```[\s\S]*?```/g, " ").replace(/`[^`]*`/g, " "))
    .replace(/\]\([^)]*(\))?/g, (whole, end) => (end ? "] " : whole))
    .replace(/https?:\/\/[^\s>]*/g, " ")
    .replace(/^((?:[ \t>]|[*+-][ \t])*(?:#{1,6}[ \t]+)?)\d{1,2}[.)](?=\s)/gm, "$1");
  return (words.match(/[\p{L}\p{N}.,%_-]+/gu) ?? [])
    .map((run) => run.replace(/^(?:[^\p{N},%]*[,%])+/u, "").replace(/(?<![.,_-])[.,_-]+$/, ""))
    .filter((token) => /\p{N}/u.test(token));
}

/** Links to notebooks without the notebooks' own numbers. */
function withoutOwnNumbers(markdown: string): string {
  const parts = markdown.split("]");
  const without = parts.map((part, place) => {
    const number = /^\((\d+)-[\w-]+\.ipynb/.exec(parts[place + 1] ?? "")?.[1];
    if (number === undefined) return part;
    const start = part.lastIndexOf("[") + 1;
    const words = part.slice(start).replace(/\b\d+\b/g, (one) => (one === number ? " " : one));
    return part.slice(0, start) + words;
  });
  return without.join("]");
}

function proseOf(value: unknown): Prose {
  if (value instanceof Prose) return value;
  if (Array.isArray(value) && value.length > 0) return listOf(value.map(proseOf));
  const text = visibleText(wordsFor(value), { max: LONGEST });
  const isOurs = typeof value === "number" || typeof value === "bigint" || value instanceof Date;
  const isNumber = isOurs || (/^[\d.,%\s-]+$/.test(text) && /\d/.test(text));
  return new Prose(isOurs ? text : escapeMarkdown(text), text, { unbound: isNumber ? [text] : [] });
}

function listOf(items: Prose[]): Prose {
  if (items.length < 2) return joinProse(items);
  const last = items[items.length - 1] as Prose;
  return joinProse([joinProse(items.slice(0, -1), ", "), last], " and ");
}

function wordsFor(value: unknown): string {
  if (value === null || value === undefined || (Array.isArray(value) && value.length === 0))
    return "none";
  if (typeof value === "bigint" || (typeof value === "number" && Number.isInteger(value))) {
    return String(value).replace("-", "").length < 5
      ? String(value)
      : value.toLocaleString("en-US");
  }
  if (typeof value === "number") return formatNumber(value);
  if (value instanceof Date) return dateText(value);
  return String(value);
}

/** `2019-03-04`, with the time of day where there is one. */
export function dateText(date: Date): string {
  if (Number.isNaN(date.getTime())) return "no date";
  const text = date.toISOString().slice(0, 19).replace("T", " ");
  return text.replace(" 00:00:00", "");
}

function withoutIndent(words: readonly string[]): string[] {
  const indents = words
    .join("\0")
    .split("\n")
    .slice(1)
    .filter((line) => line.trim() !== "")
    .map((line) => (/^[ \t]*/.exec(line) as RegExpExecArray)[0].length);
  const least = indents.length > 0 ? Math.min(...indents) : 0;
  return words.map((part) => part.replace(/\n[ \t]*/g, (indent) => `\n${indent.slice(1 + least)}`));
}
