import { isAbsolute, relative } from "node:path";
import { PROJECT_ROOT } from "../paths";

/** Longest piece of a file's text that a message repeats, in characters. */
const LONGEST_SHOWN = 80;

// What could move a terminal's cursor, color it, hide text or turn its direction:
// control, format (bidirectional marks, zero-width), surrogate, private and unassigned
// characters, and the two line separators.
const UNSAFE = /[\p{C}\u2028\u2029]/gu;

/**
 * Text that someone else chose, fit for a message: in quotes, one line, with control
 * and invisible characters written as `\u001b` and long text visibly cut.
 *
 * @example
 * shownText('a"b\n'); // '"a\\"b\\n"'
 */
export function shownText(text: string): string {
  const characters = Array.from(text.slice(0, 2 * (LONGEST_SHOWN + 1)));
  const isLong = characters.length > LONGEST_SHOWN;
  const kept = isLong ? characters.slice(0, LONGEST_SHOWN).join("") : text;
  return escaped(JSON.stringify(kept)) + (isLong ? `… (${count(text.length)} characters)` : "");
}

/** A file's path for a message: from the project's folder where it lies inside it, never with control characters. */
export function shownPath(path: string): string {
  if (!isAbsolute(path)) return escaped(path);
  const inside = relative(PROJECT_ROOT, path);
  const isOutside = inside === "" || inside.startsWith("..") || isAbsolute(inside);
  return escaped(isOutside ? path : inside);
}

/** A whole number with thousands separators, as in `900,223`. */
export function count(number: number): string {
  return number.toLocaleString("en-US");
}

/** A count with its noun: `1 row`, `2 rows`. */
export function counted(number: number, noun: string): string {
  return `${count(number)} ${noun}${number === 1 ? "" : "s"}`;
}

function escaped(text: string): string {
  return text.replace(
    UNSAFE,
    (character) => `\\u${character.codePointAt(0)?.toString(16).padStart(4, "0")}`,
  );
}
