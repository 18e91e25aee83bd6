import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import pl from "nodejs-polars";
import { throughCache } from "../../lib/keep/cache";
import type { CacheKey } from "../../lib/keep/cache-manifest";
import { hash } from "../../lib/keep/source-code";
import { useFolder } from "../support/tiny-logs";

export const KEY: CacheKey = {
  source: "sample",
  parameters: { rows: 10, seed: 1 },
  fingerprint: { a: "1" },
};

interface Asked {
  key?: CacheKey;
  refresh?: boolean;
  dir?: string;
  since?: Date;
}

/** A cache in a folder of the test's own, and ways to look into it. */
export function useCache() {
  const folder = useFolder();
  /** The cache's answer, what it said, and whether it had to build tables of that number. */
  async function ask(number = 1, { key = KEY, dir = folder.path(), ...options }: Asked = {}) {
    const notices: string[] = [];
    let builds = 0;
    const build = () => {
      builds++;
      const column = pl.Series("number", new Int32Array(500).fill(number));
      const logs = pl.DataFrame({ number: column });
      return { tables: { logs, cohorts: logs.head(2) }, notes: ["odd"] };
    };
    const notice = (line: string) => notices.push(line);
    const cached = await throughCache(key, build, { dir, notice, ...options });
    const numbers = Object.values(cached.tables).flatMap((table) =>
      table.getColumn("number").toArray(),
    );
    return { ...cached, number: [...new Set(numbers)].join(), notices, builds };
  }

  const files = (end: string) => readdirSync(folder.path()).filter((name) => name.endsWith(end));
  const manifestPath = () => join(folder.path(), files(".manifest.json")[0] ?? "");
  const logsFile = () =>
    join(folder.path(), files(".parquet").find((name) => name.includes("-logs-")) ?? "");
  /** What the manifest says, without the hash before it. */
  const manifest = () => readFileSync(manifestPath(), "utf8").replace(/^.*\n/, "");
  /** Writes the manifest anew, with the right hash before it. */
  const writeManifest = (content: string) =>
    writeFileSync(manifestPath(), `${hash(content)}\n${content}`);
  return { folder, ask, files, manifestPath, logsFile, manifest, writeManifest };
}
