/**
 * Keeps a backslash apart from what follows it, without being seen: Jupyter's pages look for TeX in
 * the finished text, where no escape can stop it, and must find no `\(` or `\begin` there.
 */
export const WORD_JOINER = "\u2060";

/**
 * A dollar sign with a backslash before it, which pages that know TeX take away, as our own do.
 * Both are character references: nbconvert looks for TeX before it looks for Markdown's escapes.
 */
export const DOLLAR = "&#92;&#36;";

const REFERENCES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", $: DOLLAR };

/**
 * Text for Markdown, as itself: no emphasis, link, code, table, heading, HTML or entity, also where
 * links are made from bare addresses, and no TeX.
 *
 * Marks that the first Markdown knew get a backslash. The others are character references, because
 * programs that know no more than the first show a backslash before them.
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
