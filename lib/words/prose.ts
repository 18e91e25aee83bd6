import { escapeMarkdown } from "./escape-markdown";
import { formatNumber } from "./format-words";
import { visibleText } from "./visible-text";

/** A number, day or name in a text, and what it stands for: a line of the claims ledger. */
export interface Claim {
  /** What it is, in a few words: `pages after graduation`. */
  what: string;
  /** The value before it was put into words; a day as `YYYY-MM-DD`. */
  value: number | string | null;
  /** How the text shows it. */
  shown: string;
  /** The function whose answer it was taken from. */
  from: string;
  /** Whether it was computed in a second way, and agreed. */
  checked: boolean;
}

/** A piece of Markdown in which every value that was put in is text and nothing else. */
export class Prose {
  readonly markdown: string;
  readonly text: string;
  /** The claims in it, in order. */
  readonly claims: readonly Claim[];
  /** Numbers in it that no claim stands for: typed by hand, or put in as they are. */
  readonly unbound: readonly string[];

  constructor(
    markdown: string,
    text: string,
    { claims = [], unbound = [] }: Partial<Pick<Prose, "claims" | "unbound">> = {},
  ) {
    this.markdown = markdown;
    this.text = text;
    this.claims = claims;
    this.unbound = unbound;
  }

  toString(): string {
    return this.text;
  }
}

/** Longest value that a sentence shows whole, in characters. */
const LONGEST = 300;

/**
 * A sentence, or more, whose words are written and whose values are computed; `show` displays it.
 * The words are Markdown. The values are not: what comes from a log stays text.
 *
 * - whole numbers of five digits or more get thousands separators (`900,223`), shorter ones none,
 *   so that years and ids read as they should; `formatCount` separates all, `String(id)` none
 * - other numbers have at most two decimals; for more or fewer, `formatNumber(x, digits)`
 * - a Date is `2019-03-04`, with its time of day where it has one; for words, `formatDate(date)`
 * - null and undefined are "none"; a list is "a, b and c", an empty one "none"
 * - prose in prose keeps its Markdown and its claims
 *
 * Lines may be indented along with the code: what all lines have in common is taken away.
 *
 * @example
 * show(prose`Busiest day: **${formatDate(day)}** with ${pages} pages.`);
 */
export function prose(words: TemplateStringsArray, ...values: unknown[]): Prose {
  const lines = withoutIndent(words);
  let markdown = lines[0] ?? "";
  let text = lines[0] ?? "";
  const claims: Claim[] = [];
  const unbound: string[] = typedNumbers(lines.join("\0"));
  values.forEach((value, index) => {
    const shown = proseOf(value);
    markdown += shown.markdown + (lines[index + 1] ?? "");
    text += shown.text + (lines[index + 1] ?? "");
    claims.push(...shown.claims);
    unbound.push(...shown.unbound);
  });
  return new Prose(markdown.trim(), text.trim(), { claims, unbound });
}

/** Numbers among typed words; those in code and in the targets of links are names. */
export function typedNumbers(markdown: string): string[] {
  const words = markdown
    .replace(/```[\s\S]*?```/g, " ")
    .replace(/`[^`]*`/g, " ")
    .replace(/\]\([^)]*\)/g, "] ");
  return words.match(/[\p{L}\p{N}._-]*\p{N}[\p{L}\p{N}.,%_-]*/gu) ?? [];
}

function proseOf(value: unknown): Prose {
  if (value instanceof Prose) return value;
  if (Array.isArray(value) && value.length > 0) return listOf(value.map(proseOf));
  const text = visibleText(wordsFor(value), { max: LONGEST });
  const isOurs = typeof value === "number" || typeof value === "bigint" || value instanceof Date;
  const isNumber = isOurs || /^[\d.,%\s-]*\d[\d.,%\s-]*$/.test(text);
  return new Prose(isOurs ? text : escapeMarkdown(text), text, { unbound: isNumber ? [text] : [] });
}

function listOf(items: Prose[]): Prose {
  const join = (texts: string[]) =>
    texts.length < 2
      ? texts.join("")
      : `${texts.slice(0, -1).join(", ")} and ${texts[texts.length - 1]}`;
  return new Prose(join(items.map((item) => item.markdown)), join(items.map((item) => item.text)), {
    claims: items.flatMap((item) => item.claims),
    unbound: items.flatMap((item) => item.unbound),
  });
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

function dateText(date: Date): string {
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
  return words.map((part) => part.replace(new RegExp(`\\n[ \\t]{0,${least}}`, "g"), "\n"));
}
