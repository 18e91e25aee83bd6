/**
 * Keeps a backslash apart from what follows it, without being seen: Jupyter's pages look for TeX in
 * the finished text, where no escape can stop it, and must find no `\(` or `\begin` there.
 */
export const WORD_JOINER = "\u2060";

/**
 * Text for Markdown, as itself: no emphasis, link, code, table, heading, HTML or entity, also where
 * links are made from bare addresses, and no TeX: a dollar sign keeps a backslash before it, which
 * pages that know TeX take away, as our own do.
 */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/\s+/g, (space) => (space.length === 1 ? " " : "\u00a0".repeat(space.length)))
    .replace(
      /[&<>]/g,
      (character) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[character] as string,
    )
    .replace(/[\\`*_{}[\]()#+\-!|~:@^="'./$]/g, escapeMark);
}

function escapeMark(mark: string): string {
  if (mark === "\\") return `\\\\${WORD_JOINER}`;
  return mark === "$" ? "\\\\\\$" : `\\${mark}`;
}
