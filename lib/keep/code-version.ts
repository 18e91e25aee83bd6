import { join } from "node:path";
import { PROJECT_ROOT } from "./paths";
import { sourceCode } from "./source-code";

/** What every result rests on. */
const SHARED = ["log", "stats", "words"];

/** Changes with the code in the folders of `lib/` that are named, and in those that all of them use. */
export function codeVersion(...folders: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    [...SHARED, ...folders].map((name) => [name, sourceCode(join(PROJECT_ROOT, "lib", name))]),
  );
}
