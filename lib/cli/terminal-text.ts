import { visibleText } from "../visible-text";

/** Text from a notebook, fit for a terminal: lines stay lines, control characters are written out. */
export function terminalText(text: string): string {
  return text
    .replaceAll("\r\n", "\n")
    .split("\n")
    .map((line) => visibleText(line.replaceAll("\t", "    ")))
    .join("\n");
}
