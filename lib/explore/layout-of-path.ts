export type Layout = "content folder" | "numbered sections" | "numbered names" | "plain names";

/**
 * `content folder` (`content/html-css/intro.html`), `numbered sections`
 * (`6-regression/1-overview`), `numbered names` (`7_Exercises`) or `plain names`.
 */
export function layoutOfPath(path: string): Layout {
  const trimmed = path.replace(/^\/+/, "");
  if (/^content\//i.test(trimmed)) return "content folder";
  if (/^\d+-[^/]*\//.test(trimmed)) return "numbered sections";
  if (/^\d+(\.\d+)*[._-]/.test(trimmed)) return "numbered names";
  return "plain names";
}
