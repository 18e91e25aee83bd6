import { spawnSync } from "node:child_process";
import { expect, it } from "vitest";
import { PROJECT_ROOT } from "../../../lib/keep/paths";

/** Makes twenty frames of 40 MB that nobody needs; prints the process' megabytes. */
const SCRIPT = `
const pl = require("nodejs-polars").default;
const { freeMemory } = require("./lib/kernel/cells/free-memory");
const [, isFreed] = process.argv;
const frame = pl.DataFrame({ a: new Float64Array(5_000_000) });
(async () => {
  for (let i = 0; i < 20; i++) {
    frame.select(pl.col("a").add(i));
    if (isFreed === "yes") await freeMemory();
    await new Promise(setImmediate);
  }
  console.log(process.memoryUsage.rss() / 1e6);
})();`;

it("gives back what frames take that nobody holds any more", () => {
  const megabytes = (isFreed: string) => {
    const args = ["--require", "./lib/typescript.cjs", "-e", SCRIPT, isFreed];
    return Number(
      spawnSync(process.execPath, args, { cwd: PROJECT_ROOT, encoding: "utf8" }).stdout,
    );
  };
  expect(megabytes("yes")).toBeLessThan(megabytes("no") / 2);
});
