import pl from "nodejs-polars";
import { codesOf } from "../../log/coded-column";
import { int32 } from "../../log/typed-arrays";

export interface Reading {
  paths: readonly string[];
  /** Each row's path; -1 without. */
  codes: Int32Array;
  pages: Int32Array;
  users: readonly (readonly number[])[];
  userCount: number;
}

export function readingOf(accessLog: pl.DataFrame): Reading {
  const { codes, values } = codesOf(accessLog, "path");
  const { codes: userCodes, values: userIds } = codesOf(accessLog, "user_id");
  const pages = new Int32Array(values.length);
  for (const code of codes) if (code >= 0) pages[code]!++;
  const pairs = pl.DataFrame([pl.Series("path", codes), pl.Series("user", userCodes)]).unique();
  const [paths, readers] = [int32(pairs, "path"), int32(pairs, "user")];
  const users = Array.from(pages, (): number[] => []);
  paths.forEach((path, i) => {
    if (path >= 0 && readers[i]! >= 0) users[path]!.push(readers[i]!);
  });
  return { paths: values.toArray() as string[], codes, pages, users, userCount: userIds.length };
}

export function readersOf({ users }: Reading, paths: readonly number[]): number {
  return new Set(paths.flatMap((path) => users[path]!)).size;
}
