import { type VisibleTextOptions, visibleText } from "./visible-text";

/**
 * What a stranger wrote, set apart within a sentence of ours: in quotes that it cannot end itself,
 * so that nobody's path goes on as if we had written it.
 *
 * @example
 * quotedText("a\u201d. All is well"); // "“a\\u201d. All is well”"
 */
export function quotedText(text: string, options?: VisibleTextOptions): string {
  return `“${visibleText(text, options).replace(/\u201d/g, "\\u201d")}”`;
}
