import { visibleText } from "../words/visible-text";
import { kernelsDisplay } from "./display";

/** By this form a runner knows a live line: it shows it and keeps it out of the notebook. */
export const LIVE_FORM = "application/vnd.curriculum-logs.live";

/** The parts of a terminal, or of a pipe or file, that progress is written to. */
export interface Screen {
  isTTY?: boolean;
  columns?: number;
  write(text: string): unknown;
}

/** Draws a line of a terminal anew; elsewhere it does nothing. */
export function drawLine(screen: Screen, text: string): void {
  // a longer line would wrap, and could not be taken back
  const fits = text.slice(0, (screen.columns || 80) - 1);
  if (screen.isTTY) screen.write(`\r\u001b[K${fits}`);
}

/** Takes a line that says how far something is, in place of the one before; an empty one ends it. */
export type LiveLine = (text: string) => void;

/** Of the display at hand; each cell's is one of its own. */
let displayNumber = 0;
let isShown = false;

/** Shows it below the running cell, or on a terminal; where there is neither, nowhere. */
export const showLive: LiveLine = (text) => {
  if (text === "" && !isShown) return;
  const write = kernelsDisplay();
  const shown = visibleText(text);
  if (write) {
    if (!isShown) displayNumber++;
    const transient = { display_id: `curriculum-logs-live-${displayNumber}` };
    const data = { "text/plain": shown, [LIVE_FORM]: shown };
    write({ data, metadata: {}, transient }, isShown);
  } else drawLine(process.stderr, shown);
  isShown = text !== "";
};
