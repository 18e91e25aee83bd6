import { isAbsolute, relative, sep } from "node:path";
import { formatCount } from "../words/format-words";
import { visibleText } from "../words/visible-text";
import { PROJECT_ROOT } from "./paths";

const LONGEST_SHOWN = 80;

/** A stranger's text for a message: in quotes, hidden characters written out, cut when long. */
export function shownText(text: string): string {
  const characters = Array.from(text.slice(0, 2 * (LONGEST_SHOWN + 1)));
  const isLong = characters.length > LONGEST_SHOWN;
  const kept = isLong ? characters.slice(0, LONGEST_SHOWN).join("") : text;
  return (
    visibleText(JSON.stringify(kept)) + (isLong ? `… (${formatCount(text.length)} characters)` : "")
  );
}

/** A path for a message: relative inside the project, with `/`. */
export function shownPath(path: string): string {
  if (!isAbsolute(path)) return visibleText(path);
  const inside = relative(PROJECT_ROOT, path);
  const isOutside = inside === "" || inside.startsWith("..") || isAbsolute(inside);
  return visibleText((isOutside ? path : inside).split(sep).join("/"));
}
