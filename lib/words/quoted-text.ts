import { type VisibleTextOptions, visibleText } from "./visible-text";

/** A stranger's text in quotes that it cannot end itself. */
export function quotedText(text: string, options?: VisibleTextOptions): string {
  return `“${visibleText(text, options).replace(/\u201d/g, "\\u201d")}”`;
}
