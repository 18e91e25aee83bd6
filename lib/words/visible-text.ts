/**
 * What could move a terminal's cursor, hide text, turn its direction or pile up over other lines:
 *
 * - control, private and unassigned characters, lone surrogates, and the two line separators
 * - format characters (bidirectional marks, zero-width) and whatever else has no look of its own
 * - joiners and variation selectors where they join nothing, such as after a Latin letter: emoji
 *   and many scripts need them elsewhere
 * - combining marks after the fourth in a row: no language puts more on a letter
 */
const HIDDEN = [
  String.raw`[\p{Cc}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}]`,
  String.raw`(?![\u200c\u200d\ufe00-\ufe0f])[\p{Cf}\p{Default_Ignorable_Code_Point}]`,
  String.raw`(?<=^|[\0-\x7f\s\u200c\u200d\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}])[\u200c\u200d\ufe00-\ufe0f](?!\u20e3)`,
  String.raw`(?<=[\ufe00-\ufe0f])[\ufe00-\ufe0f]`,
  String.raw`(?<=\p{M}{4})\p{M}`,
].join("|");
export const EACH_HIDDEN = new RegExp(HIDDEN, "gu");
/** Every character, and whether it is hidden. */
export const EACH = new RegExp(`(${HIDDEN})|[^]`, "gu");

const NAMED: Record<string, string> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

export interface VisibleTextOptions {
  /** Most characters that are shown; longer text is visibly cut. */
  max?: number;
}

/**
 * Text that a stranger chose, fit to be shown: control and invisible characters are written out
 * (`\u001b`, `\u202e`, `\u{e0041}`, `\n`), and text that would then have more than `max` characters
 * is cut and says how long it was. It is still plain text: escape it for HTML, Markdown or a figure
 * afterwards.
 *
 * @example
 * visibleText("a\u202eb"); // "a\\u202eb"
 * visibleText("abcdef", { max: 3 }); // "abc… (6 characters)"
 */
export function visibleText(
  text: string,
  { max = Number.POSITIVE_INFINITY }: VisibleTextOptions = {},
): string {
  if (text.length <= max) {
    const shown = text.replace(EACH_HIDDEN, writtenOut);
    if (shown.length <= max) return shown;
  }
  // A character has one or two units: of a long text, no more needs to be looked at.
  const head = text.slice(0, 2 * max + 1);
  let kept = "";
  let length = 0;
  for (const [character, hidden] of head.matchAll(EACH)) {
    const shown = hidden === undefined ? character : writtenOut(character);
    length += hidden === undefined ? 1 : shown.length;
    if (length > max) return `${kept}… (${text.length.toLocaleString("en-US")} characters)`;
    kept += shown;
  }
  return kept;
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
  const code = (character.codePointAt(0) ?? 0).toString(16);
  return NAMED[character] ?? (code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, "0")}`);
}
