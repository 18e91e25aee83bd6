import { join } from "node:path";
import { PROJECT_ROOT } from "./paths";
import { sourceCode } from "./source-code";

const SHARED = ["log", "stats", "words"];

/** Changes with the code in the named folders of `lib/` and in those that all use. */
export function codeVersion(...folders: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    [...SHARED, ...folders].map((name) => [name, sourceCode(join(PROJECT_ROOT, "lib", name))]),
  );
}
