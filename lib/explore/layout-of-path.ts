/** How a path is formed, and so which layout of the site it belongs to. */
export type Layout = "content folder" | "numbered sections" | "numbered names" | "plain names";

/**
 * Which layout of the site a path belongs to, by its form alone:
 *
 * - `content folder`: below a folder of that name, `content/html-css/introduction.html`
 * - `numbered sections`: the first part is a folder with a number and a hyphen before its name,
 *   `6-regression/1-overview`
 * - `numbered names`: a number without a folder, or one of several places,
 *   `4.6.3_introduction_to_pandas`, `1._Fundamentals`, `7_Exercises`
 * - `plain names`: anything else, `javascript-i/functions`
 *
 * @example
 * layoutOfPath("6-regression/1-overview"); // "numbered sections"
 */
export function layoutOfPath(path: string): Layout {
  const trimmed = path.replace(/^\/+/, "");
  if (/^content\//i.test(trimmed)) return "content folder";
  if (/^\d+-[^/]*\//.test(trimmed)) return "numbered sections";
  if (/^\d+(\.\d+)*[._-]/.test(trimmed)) return "numbered names";
  return "plain names";
}
