/** Invisible after a backslash: Jupyter's pages would take `\(` or `\begin` for TeX. */
export const WORD_JOINER = "\u2060";

/**
 * A dollar sign with a backslash before it, which pages that know TeX take away. Both are character
 * references: nbconvert looks for TeX before Markdown's escapes.
 */
export const DOLLAR = "&#92;&#36;";

const REFERENCES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", $: DOLLAR };

/**
 * Text for Markdown, as itself: no markup, link, HTML, entity or TeX. Marks of the first Markdown
 * get a backslash; others are character references, as not all programs know their escapes.
 */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/\s+/g, (space) => (space.length === 1 ? " " : "\u00a0".repeat(space.length)))
    .replace(/[&<>$:@^="'/\\`*_{}[\]()#+\-!|~.]/g, escapeMark);
}

function escapeMark(mark: string): string {
  if (mark === "\\") return `\\\\${WORD_JOINER}`;
  if (mark in REFERENCES) return REFERENCES[mark] as string;
  return /[:@^="'/]/.test(mark) ? `&#${mark.charCodeAt(0)};` : `\\${mark}`;
}
