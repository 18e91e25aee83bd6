import { isAbsolute, relative } from "node:path";
import { formatCount } from "../words/format-words";
import { visibleText } from "../words/visible-text";
import { PROJECT_ROOT } from "./paths";

/** Longest piece of a file's text that a message repeats, in characters. */
const LONGEST_SHOWN = 80;

/** Text that someone else chose, fit for a message: in quotes, hidden characters written out, cut when long. */
export function shownText(text: string): string {
  const characters = Array.from(text.slice(0, 2 * (LONGEST_SHOWN + 1)));
  const isLong = characters.length > LONGEST_SHOWN;
  const kept = isLong ? characters.slice(0, LONGEST_SHOWN).join("") : text;
  return (
    visibleText(JSON.stringify(kept)) + (isLong ? `… (${formatCount(text.length)} characters)` : "")
  );
}

/** A file's path for a message: from the project's folder where it lies inside it. */
export function shownPath(path: string): string {
  if (!isAbsolute(path)) return visibleText(path);
  const inside = relative(PROJECT_ROOT, path);
  const isOutside = inside === "" || inside.startsWith("..") || isAbsolute(inside);
  return visibleText(isOutside ? path : inside);
}
