import { readdirSync } from "node:fs";
import { join } from "node:path";
import pl from "nodejs-polars";
import { beforeAll, describe, expect, it } from "vitest";
import { compareDetectors } from "../../../lib/detect/compare/compare-detectors";
import { DETECTORS } from "../../../lib/detect/compare/detectors";
import { useFolder } from "../../support/tiny-logs";

// Seeds on which nothing was tuned; the notebook has ten others.
const SEEDS = [201, 202];

describe("compareDetectors on two whole samples", () => {
  const folder = useFolder();
  let compared: pl.DataFrame;
  const said: string[] = [];
  beforeAll(async () => {
    const notice = (line: string) => said.push(line);
    compared = await compareDetectors({ seeds: SEEDS, dataDir: folder.path(), notice });
  }, 120_000);

  const measure = (name: string, detector: string, kind = "all") =>
    compared
      .filter(
        pl
          .col("detector")
          .eq(pl.lit(detector))
          .and(pl.col("kind").eq(pl.lit(kind))),
      )
      .getColumn(name)
      .toArray() as number[];

  it("scores every detector and the combined ranking on each", () => {
    const rows = compared.filter(pl.col("kind").eq(pl.lit("all")));
    expect(rows.getColumn("seed").toArray()).toEqual(
      SEEDS.flatMap((seed) => Array(DETECTORS.length + 1).fill(seed)),
    );
    expect(said).toEqual([
      `${DETECTORS.length} detectors compared on 2 samples with 5 further stories of each kind.`,
    ]);
  });

  it("finds every planted scraper", () => {
    expect(measure("recall", "scraping", "scraping")).toEqual([1, 1]);
    expect(measure("recall", "combined", "scraping")).toEqual([1, 1]);
  });

  it("is right with at least nine of ten flags of the combined ranking", () => {
    for (const precision of measure("precision", "combined"))
      expect(precision).toBeGreaterThanOrEqual(0.9);
  });

  it("ranks at least twice as well as plain Bollinger bands", () => {
    const baseline = measure("average_precision", "Bollinger bands");
    measure("average_precision", "combined").forEach((ours, i) => {
      expect(ours).toBeGreaterThan(2 * baseline[i]!);
    });
  });

  it("leaves out reading of the other program's lessons while it was open", () => {
    // Of the four published readers only one comes after; five are planted.
    expect(measure("stories", "combined", "cross_program")).toEqual([6, 6]);
  });
});

describe("compareDetectors", () => {
  const folder = useFolder();

  it("keeps its answer", async () => {
    const options = { seeds: [4], rows: 3_000, dataDir: folder.path(), notice: () => {} };
    const first = await compareDetectors(options);
    const kept = readdirSync(join(folder.path(), "cache"));
    expect(kept.filter((name) => /^compared-.*manifest/.test(name))).toHaveLength(1);
    const again = await compareDetectors(options);
    expect(again.toString()).toBe(first.toString());
    expect(readdirSync(join(folder.path(), "cache"))).toEqual(kept);
  });

  it("needs a seed", async () => {
    await expect(compareDetectors({ seeds: [] })).rejects.toThrow("needs a seed or more");
    await expect(compareDetectors({ seeds: [1], rows: 0, dataDir: folder.path() })).rejects.toThrow(
      "needs rows to be a whole number",
    );
  });
});
