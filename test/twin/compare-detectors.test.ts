import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { DETECTORS } from "../../lib/detect/compare/detectors";
import { where } from "../../lib/log/where";
import { compareDetectors } from "../../lib/twin/compare-detectors";
import {
  aboutComparison,
  readComparison,
  recordedComparison,
} from "../../lib/twin/recorded-comparison";
import { useFolder } from "../support/tiny-logs";

// What is recorded is computed again, on one of its samples, in test/notebooks/executed.test.ts.
describe("recordedComparison", () => {
  const { scores } = recordedComparison();
  const { seeds, ...how } = readComparison();

  const measure = (name: string, detector: string, kind = "all") =>
    where(scores, { detector, kind }).getColumn(name).toArray() as number[];

  it("has scores of every detector and the combined ranking on each sample", () => {
    const rows = where(scores, { kind: "all" });
    expect(rows.getColumn("seed").toArray()).toEqual(
      seeds.flatMap((seed) => Array(DETECTORS.length + 1).fill(seed)),
    );
    // Detectors were tuned on seeds 1 to 3.
    expect(Math.min(...seeds)).toBeGreaterThan(3);
    expect(seeds).toHaveLength(10);
  });

  it("finds every planted scraper", () => {
    expect(measure("recall", "scraping", "scraping")).toEqual(seeds.map(() => 1));
    expect(measure("recall", "combined", "scraping")).toEqual(seeds.map(() => 1));
  });

  it("is right with at least nine of ten flags of the combined ranking", () => {
    for (const precision of measure("precision", "combined"))
      expect(precision).toBeGreaterThanOrEqual(0.9);
  });

  it("ranks at least twice as well as plain Bollinger bands", () => {
    const baseline = measure("average_precision", "Bollinger bands");
    measure("average_precision", "combined").forEach((precision, place) => {
      expect(precision).toBeGreaterThan(2 * baseline[place]!);
    });
  });

  it("leaves out reading of the other program's lessons while it was open", () => {
    // Of the four published readers only one comes after; five are planted.
    expect(measure("stories", "combined", "cross_program")).toEqual(seeds.map(() => 6));
  });

  it("says when, how and on what it was computed, and which code has changed since", () => {
    const code = { detect: "a", twin: "b" };
    const recorded = { ...how, seeds: [201, 202], made: "2026-03-04", node: "20.1.0", code };
    expect(aboutComparison(recorded, code).text.replace(/\s+/g, " ")).toBe(
      "**Recorded, not computed now:** on March 4, 2026 by `npm run benchmark:detectors`, on " +
        "samples 201 and 202 with 5 further stories of each kind, Node.js 20.1.0 and " +
        `nodejs-polars ${how.polars}. The code that it rests on is the same today.`,
    );
    expect(aboutComparison(recorded, { ...code, twin: "c", log: "d" }).text).toMatch(
      /Since then the code in lib\/twin and lib\/log has changed:\*\* the command records it anew\.$/,
    );
  });
});

describe("compareDetectors", () => {
  const folder = useFolder();
  const listening = () => {
    const said: string[] = [];
    return { said, notice: (line: string) => said.push(line) };
  };

  it("compares on each sample in a process of its own, and keeps its answer", async () => {
    const { said, notice } = listening();
    const options = { seeds: [5, 4], rows: 3_000, dataDir: folder.path(), notice };
    const first = await compareDetectors(options);
    const rows = where(first, { kind: "all" });
    expect(rows.getColumn("seed").toArray()).toEqual(
      [5, 4].flatMap((seed) => Array(DETECTORS.length + 1).fill(seed)),
    );
    const last = `${DETECTORS.length} detectors compared on 2 samples with 5 further stories of each kind.`;
    expect(said.map((line) => line.replace(/[45] compared/, "N compared"))).toEqual([
      ...[1, 2].map((done) => `Sample N compared: ${done} of 2.`),
      last,
    ]);
    const kept = readdirSync(join(folder.path(), "cache"));
    expect(kept.filter((name) => /^compared-.*manifest/.test(name))).toHaveLength(1);
    said.length = 0;
    const again = await compareDetectors(options);
    expect(again.toString()).toBe(first.toString());
    expect(readdirSync(join(folder.path(), "cache"))).toEqual(kept);
    expect(said).toEqual([last]);
  });

  it("needs a seed, and samples that can be", async () => {
    await expect(compareDetectors({ seeds: [] })).rejects.toThrow("needs a seed or more");
    const dataDir = folder.path();
    for (const wrong of [{ rows: 0 }, { anomalies: 21 }, { seeds: [Number("one")] }]) {
      const asked = compareDetectors({ seeds: [1], dataDir, ...wrong });
      await expect(asked).rejects.toThrow(RangeError);
      await expect(asked).rejects.toThrow(
        /^compareDetectors needs (?:rows|anomalies|seed) to be an integer/,
      );
    }
  });

  it("says on which sample a process failed, and why", async () => {
    const { said, notice } = listening();
    const before = process.env.NODE_OPTIONS;
    process.env.NODE_OPTIONS = "--no-such-option";
    try {
      const asked = compareDetectors({ seeds: [5, 6], rows: 9, dataDir: folder.path(), notice });
      await expect(asked).rejects.toThrow(
        /^Detectors cannot be compared on sample [56]: [\s\S]*--no-such-option is not allowed in NODE_OPTIONS/,
      );
    } finally {
      if (before === undefined) delete process.env.NODE_OPTIONS;
      else process.env.NODE_OPTIONS = before;
    }
    expect(said).toEqual([]);
  });
});
