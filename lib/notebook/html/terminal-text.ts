import { stripVTControlCharacters } from "node:util";
import { visibleLines } from "../../words/visible-text";

/**
 * What a terminal would be left showing: escape sequences are gone, and of a line that was written
 * over (a progress bar) the last state stays. Other control characters are written out.
 */
export function terminalText(text: string): string {
  const lines = stripVTControlCharacters(text).replace(/\r\n/g, "\n").split("\n");
  return visibleLines(lines.map(lastState).join("\n"));
}

function lastState(line: string): string {
  return line
    .split("\r")
    .reduce((shown, next) => (next === "" ? shown : next + shown.slice(next.length)), "");
}
