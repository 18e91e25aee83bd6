import type pl from "nodejs-polars";
import { codesOf } from "../../log/coded-column";

export interface Reading {
  paths: readonly string[];
  /** Each row's path; -1 without. */
  codes: Int32Array;
  pages: Int32Array;
  users: readonly ReadonlySet<number>[];
  userCount: number;
}

export function readingOf(accessLog: pl.DataFrame): Reading {
  const { codes, values } = codesOf(accessLog, "path");
  const { codes: userCodes, values: userIds } = codesOf(accessLog, "user_id");
  const pages = new Int32Array(values.length);
  const users = Array.from(pages, () => new Set<number>());
  for (let row = 0; row < codes.length; row++) {
    const path = codes[row]!;
    if (path < 0) continue;
    pages[path]!++;
    if (userCodes[row]! >= 0) users[path]!.add(userCodes[row]!);
  }
  return { paths: values.toArray() as string[], codes, pages, users, userCount: userIds.length };
}

export function readersOf({ users }: Reading, paths: readonly number[]): number {
  const [first, ...others] = paths.map((path) => users[path]!);
  if (others.length === 0) return first!.size;
  const all = new Set(first);
  for (const other of others) for (const user of other) all.add(user);
  return all.size;
}
