import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Changes with any file in the folder. */
export function sourceCode(folder: string): string {
  const texts = readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? sourceCode(path) : hash(readFileSync(path));
    });
  return hash(texts.join());
}

export function hash(content: Uint8Array | string): string {
  return createHash("sha256").update(content).digest("hex");
}
