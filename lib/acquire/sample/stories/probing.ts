import { randomStream } from "../random-stream";
import type { Draft } from "../visits/draft";

/** Paths of the log that no page of the site has, and that look for a way in. */
export const PROBING: ReadonlySet<string> = new Set([
  "login.aspx",
  "phpinfo",
  "wp-admin",
  "wp-login",
  ".git",
  ".gitignore",
  ".well-known/assetlinks.json",
  "content..",
  "examples/css/..%2f",
  "examples/css/..%5c",
  "examples/css/..%255c",
  "examples/css/..%c0%af",
  "examples/css/%252e%252e%255c",
]);

/**
 * Gathers the rows on probing paths of each part of a group in one visit: whoever probes
 * tries one thing after the other. Swaps paths within parts, so rows by path stay.
 *
 * @param partOf part of a group's day
 */
export function gatherProbing(
  draft: Draft,
  paths: readonly string[],
  partOf: (group: number, day: number) => number,
  seed: number,
): void {
  const random = randomStream(seed, "probing");
  const isProbing = paths.map((path) => PROBING.has(path));
  const { path, group, day, visitStarts, visitAddresses, count } = draft;
  const rowsOf = new Map<number, number[]>();
  for (let i = 0; i < count; i++) {
    if (!isProbing[path[i]!]) continue;
    const part = partOf(group[i]!, day[i]!);
    const rows = rowsOf.get(part);
    if (rows) rows.push(i);
    else rowsOf.set(part, [i]);
  }
  const length = (v: number) => (visitStarts[v + 1] ?? count) - visitStarts[v]!;
  for (const [part, rows] of rowsOf) {
    const visits: number[] = [];
    visitStarts.forEach((start, v) => {
      const isRoomy = length(v) > rows.length && length(v) < MOST_ROWS;
      if (!isRoomy || visitAddresses[v] !== undefined) return;
      if (partOf(group[start]!, day[start]!) === part) visits.push(v);
    });
    if (visits.length === 0) continue;
    const start = visitStarts[visits[random.below(visits.length)]!]!;
    rows.forEach((row, i) => {
      const to = start + 1 + i;
      const other = path[to]!;
      path[to] = path[row]!;
      path[row] = other;
    });
  }
}

/** Longer visits are planted ones: their pages are as they should be. */
const MOST_ROWS = 40;
