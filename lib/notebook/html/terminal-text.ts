import { stripVTControlCharacters } from "node:util";
import { visibleLines } from "../../words/visible-text";

/** What a terminal would show at the end, without escape sequences. */
export function terminalText(text: string): string {
  const lines = stripVTControlCharacters(text).replace(/\r\n/g, "\n").split("\n");
  return visibleLines(lines.map(lastState).join("\n"));
}

function lastState(line: string): string {
  return line
    .split("\r")
    .reduce((shown, next) => (next === "" ? shown : next + shown.slice(next.length)), "");
}
