import { visibleText } from "../../words/visible-text";
import { kernelsDisplay } from "./display";

/** By this form a runner knows a live line: it shows it and keeps it out of the notebook. */
export const LIVE_FORM = "application/vnd.curriculum-logs.live";

const DISPLAY_ID = "curriculum-logs-live";
const TO_LINE_START_AND_CLEAR = "\r\u001b[K";

/** Takes a line that says how far something is, in place of the one before; an empty one ends it. */
export type LiveLine = (text: string) => void;

let isShown = false;

/** Shows it below the running cell, or on a terminal; where there is neither, nowhere. */
export const showLive: LiveLine = (text) => {
  const write = kernelsDisplay();
  const shown = visibleText(text);
  if (write) {
    const data = { "text/plain": shown, [LIVE_FORM]: shown };
    write({ data, metadata: {}, transient: { display_id: DISPLAY_ID } }, isShown);
    isShown = text !== "";
  } else if (process.stderr.isTTY) {
    // a longer line would wrap, and could not be taken back
    const fits = shown.slice(0, (process.stderr.columns || 80) - 1);
    process.stderr.write(TO_LINE_START_AND_CLEAR + fits);
  }
};
