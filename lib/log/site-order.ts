/**
 * Paths in the order of a contents list: section by section, a section's own page first, names by
 * alphabet, and numbers in them by size (`2-sql` before `10-nlp`).
 */
export function siteOrder(paths: readonly string[]): string[] {
  const keyed = paths.map((path) => ({ path, key: sortKey(path) }));
  keyed.sort((a, b) => compare(a.key, b.key) || compare(a.path, b.path));
  return keyed.map(({ path }) => path);
}

/** Whether a path is a picture, style, script or font. */
export function isAsset(path: string): boolean {
  return ASSET.test(path);
}

const ASSET = /\.(jpe?g|png|gif|svg|ico|webp|css|js|map|woff2?|ttf)$/i;

/** Longest number that sorts by size. */
const DIGITS = 10;

const sortKey = (path: string) =>
  path
    .toLowerCase()
    .replace(/\//g, "\0") // below every other character: a section ends before its name goes on
    .replace(/\d+/g, (digits) => digits.padStart(DIGITS, "0"));

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
