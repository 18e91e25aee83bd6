import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { hash, sourceCode } from "./source-code";

/**
 * Changes with the library's own files and with those in the folders named: for results that
 * are kept until the code that makes them is another. The cache itself watches `acquire/`.
 */
export function codeVersion(...folders: readonly string[]): Record<string, string> {
  const shared = readdirSync(__dirname)
    .filter((name) => name.endsWith(".ts"))
    .sort()
    .map((name) => hash(readFileSync(join(__dirname, name))));
  return {
    shared: hash(shared.join()),
    ...Object.fromEntries(folders.map((folder) => [folder, sourceCode(join(__dirname, folder))])),
  };
}
