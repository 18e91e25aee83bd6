import { readdirSync } from "node:fs";
import { join } from "node:path";
import type pl from "nodejs-polars";
import { beforeAll, describe, expect, it } from "vitest";
import { DETECTORS } from "../../lib/detect/compare/detectors";
import { where } from "../../lib/log/where";
import { compareDetectors } from "../../lib/twin/compare-detectors";
import { useFolder } from "../support/tiny-logs";

// A seed on which nothing was tuned. The notebook has ten others, and its test asks the same of them.
const SEED = 201;

describe("compareDetectors on a whole sample", () => {
  const folder = useFolder();
  let compared: pl.DataFrame;
  const said: string[] = [];
  beforeAll(async () => {
    const notice = (line: string) => said.push(line);
    compared = await compareDetectors({ seeds: [SEED], dataDir: folder.path(), notice });
  }, 120_000);

  const measure = (name: string, detector: string, kind = "all") =>
    where(compared, { detector, kind }).getColumn(name).toArray() as number[];

  it("scores every detector and the combined ranking", () => {
    const rows = where(compared, { kind: "all" });
    expect(rows.getColumn("seed").toArray()).toEqual(Array(DETECTORS.length + 1).fill(SEED));
    expect(said).toHaveLength(1);
  });

  it("finds every planted scraper", () => {
    expect(measure("recall", "scraping", "scraping")).toEqual([1]);
    expect(measure("recall", "combined", "scraping")).toEqual([1]);
  });

  it("is right with at least nine of ten flags of the combined ranking", () => {
    expect(measure("precision", "combined")[0]).toBeGreaterThanOrEqual(0.9);
  });

  it("ranks at least twice as well as plain Bollinger bands", () => {
    const [baseline] = measure("average_precision", "Bollinger bands");
    expect(measure("average_precision", "combined")[0]).toBeGreaterThan(2 * baseline!);
  });

  it("leaves out reading of the other program's lessons while it was open", () => {
    // Of the four published readers only one comes after; five are planted.
    expect(measure("stories", "combined", "cross_program")).toEqual([6]);
  });
});

describe("compareDetectors", () => {
  const folder = useFolder();

  it("compares on each sample, and keeps its answer", async () => {
    const said: string[] = [];
    const notice = (line: string) => said.push(line);
    const options = { seeds: [5, 4], rows: 3_000, dataDir: folder.path(), notice };
    const first = await compareDetectors(options);
    const rows = where(first, { kind: "all" });
    expect(rows.getColumn("seed").toArray()).toEqual(
      [5, 4].flatMap((seed) => Array(DETECTORS.length + 1).fill(seed)),
    );
    expect(said).toEqual([
      `${DETECTORS.length} detectors compared on 2 samples with 5 further stories of each kind.`,
    ]);
    const kept = readdirSync(join(folder.path(), "cache"));
    expect(kept.filter((name) => /^compared-.*manifest/.test(name))).toHaveLength(1);
    const again = await compareDetectors(options);
    expect(again.toString()).toBe(first.toString());
    expect(readdirSync(join(folder.path(), "cache"))).toEqual(kept);
  });

  it("needs a seed", async () => {
    await expect(compareDetectors({ seeds: [] })).rejects.toThrow("needs a seed or more");
    await expect(compareDetectors({ seeds: [1], rows: 0, dataDir: folder.path() })).rejects.toThrow(
      "needs rows to be an integer",
    );
  });
});
