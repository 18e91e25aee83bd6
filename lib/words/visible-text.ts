// What could move a terminal's cursor, hide text or turn its direction: control, format
// (bidirectional marks, zero-width), private and unassigned characters, lone surrogates, and the
// two line separators. Joiners and variation selectors stay: emoji and many scripts need them.
const HIDDEN = /[\p{Cc}\p{Co}\p{Cn}\p{Cs}\u2028\u2029]|(?![\u200c\u200d])\p{Cf}/gu;

const NAMED: Record<string, string> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

export interface VisibleTextOptions {
  /** Longest text that is kept whole, in characters; longer text is visibly cut. */
  max?: number;
}

/**
 * Text that a stranger chose, fit to be shown: control and invisible characters are written out
 * (`\u001b`, `\u202e`, `\n`), and text of more than `max` characters is cut and says how long it
 * was. It is still plain text: escape it for HTML, Markdown or a figure afterwards.
 *
 * @example
 * visibleText("a\u202eb"); // "a\\u202eb"
 * visibleText("abcdef", { max: 3 }); // "abc… (6 characters)"
 */
export function visibleText(
  text: string,
  { max = Number.POSITIVE_INFINITY }: VisibleTextOptions = {},
): string {
  if (text.length <= max) return text.replace(HIDDEN, writtenOut);
  const kept = Array.from(text.slice(0, 2 * max))
    .slice(0, max)
    .join("");
  if (kept.length === text.length) return text.replace(HIDDEN, writtenOut);
  return `${kept.replace(HIDDEN, writtenOut)}… (${text.length.toLocaleString("en-US")} characters)`;
}

/** The same for text of several lines: line feeds stay, a tab is four spaces. */
export function visibleLines(text: string): string {
  return text
    .replace(/\r\n/g, "\n")
    .split("\n")
    .map((line) => visibleText(line.replace(/\t/g, "    ")))
    .join("\n");
}

function writtenOut(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return NAMED[character] ?? `\\u${code.toString(16).padStart(4, "0")}`;
}
