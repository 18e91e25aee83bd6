import { visibleText } from "../words/visible-text";
import { kernelsDisplay } from "./display";

/** A runner shows lines of this form and keeps them out of the notebook. */
export const LIVE_FORM = "application/vnd.curriculum-logs.live";

/** What progress is written to. */
export interface Screen {
  isTTY?: boolean;
  columns?: number;
  write(text: string): unknown;
}

/** Draws a terminal's line anew; does nothing elsewhere. */
export function drawLine(screen: Screen, text: string): void {
  // a longer line would wrap, and could not be taken back
  const fits = text.slice(0, (screen.columns || 80) - 1);
  if (screen.isTTY) screen.write(`\r\u001b[K${fits}`);
}

/** Takes a line of progress in place of the one before; an empty one ends it. */
export type LiveLine = (text: string) => void;

/** Each cell's display is another. */
let displayNumber = 0;
let isShown = false;

/** Shows it below the running cell, or on a terminal. */
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
