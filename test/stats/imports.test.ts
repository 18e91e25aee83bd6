import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { PROJECT_ROOT } from "../../lib/paths";

const FOLDER = join(PROJECT_ROOT, "lib/stats");

/** What may be imported besides files of the folder: packages. */
const PERMITTED = ["ml-kmeans", "pure-rand/generator/xoroshiro128plus"];
it("statistics know no log: lib/stats imports nothing of the project but itself", () => {
  const files = readdirSync(FOLDER);
  expect(files).toContain("quantile.ts");
  const found = files.flatMap((file) =>
    Array.from(
      readFileSync(join(FOLDER, file), "utf8").matchAll(
        /\b(?:from|import|require)\s*\(?"([^"]+)"/g,
      ),
      ([, from]) => `${file}: ${from}`,
    ),
  );
  const isPermitted = (line: string) =>
    PERMITTED.some((one) => line.endsWith(`: ${one}`)) || / \.\/[\w-]+$/.test(line);
  expect(found.filter((line) => !isPermitted(line))).toEqual([]);
});
