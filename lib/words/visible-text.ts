/**
 * What could move a terminal's cursor, hide text, turn its direction or pile up over other lines:
 * control, private, unassigned, invisible and format characters, joiners and variation selectors
 * that join nothing, and combining marks after the fourth in a row.
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
  /** Most characters that are shown. */
  max?: number;
}

/**
 * A stranger's text, fit to be shown: control and invisible characters are written out, and longer
 * text than `max` is cut and says how long it was. Escape it for HTML or Markdown afterwards.
 */
export function visibleText(
  text: string,
  { max = Number.POSITIVE_INFINITY }: VisibleTextOptions = {},
): string {
  if (text.length <= max) {
    const shown = text.replace(EACH_HIDDEN, writtenOut);
    if (shown.length <= max) return shown;
  }
  // A character has one or two units: no more needs to be looked at.
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
