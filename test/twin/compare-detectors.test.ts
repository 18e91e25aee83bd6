import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { DETECTORS } from "../../lib/detect/compare/detectors";
import { ONE_LINERS } from "../../lib/detect/compare/one-liners";
import { scoreIntervals } from "../../lib/detect/compare/score-intervals";
import { not, where } from "../../lib/log/where";
import { SCRIPTS } from "../../lib/twin/attacks/described";
import { compareDetectors } from "../../lib/twin/compare-detectors";
import {
  aboutComparison,
  readComparison,
  recordedComparison,
} from "../../lib/twin/recorded-comparison";
import { useFolder } from "../support/tiny-logs";

// What is recorded is computed again, on one of its samples, in test/notebooks/executed.test.ts.
describe("recordedComparison", () => {
  const { scores, alarms } = recordedComparison();
  const { seeds, ...how } = readComparison();
  const detectors = DETECTORS.length + 1 + ONE_LINERS.length;
  const judged = scoreIntervals(where(scores, { level: null }));
  const of = (detector: string, origin: string, kind = "all") =>
    where(judged, { detector, origin, kind }).toRecords()[0]!;

  it("has scores of every detector, the one-liners and the combined ranking on each sample", () => {
    for (const origin of ["published", "planted", "hard"]) {
      const rows = where(scores, { kind: "all", origin });
      expect(rows.getColumn("seed").toArray()).toEqual(
        seeds.flatMap((seed) => Array(detectors).fill(seed)),
      );
    }
    expect(seeds).toHaveLength(10);
    const decoys = new Set(SCRIPTS.filter(({ isDecoy }) => isDecoy).map(({ kind }) => kind));
    expect(alarms.height).toBe(10 * detectors * (decoys.size + 1));
    expect(new Set(alarms.getColumn("decoy").toArray())).toEqual(decoys.add("ordinary days"));
  });

  it("finds every planted scraper, and ranks planted stories better than any one-liner", () => {
    expect(of("combined", "planted", "scraping").recall).toBe(1);
    expect(of("scraping", "planted", "scraping").recall).toBe(1);
    for (const { name } of ONE_LINERS) {
      expect(of("combined", "planted").average_precision_low).toBeGreaterThan(
        Number(of(name, "planted").average_precision_high),
      );
    }
  });

  it("has ten hard stories of each level, and misses some", () => {
    const levels = where(scores, { origin: "hard", level: not(null), detector: "combined" });
    expect(levels.height).toBe(10 * SCRIPTS.filter(({ isDecoy }) => !isDecoy).length);
    expect(levels.getColumn("stories").sum()).toBe(levels.height);
    expect(levels.getColumn("stories_found").sum()).toBeLessThan(levels.height);
  });

  it("flags few ordinary days by the combined ranking", () => {
    const ordinary = where(alarms, { detector: "combined", decoy: "ordinary days" });
    for (const rate of ordinary.getColumn("per_1000").toArray()) expect(rate).toBeLessThan(1);
  });

  it("leaves out reading of the other program's lessons while it was open", () => {
    // Of the four published readers only one comes after; five are planted. One of these, of sample
    // 302, reads so for eight of the user's thirteen months: that is no story.
    const stories = (origin: string) => of("combined", origin, "cross_program").stories;
    expect([stories("published"), stories("planted")]).toEqual([10, 49]);
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
    const rows = where(first.scores, { kind: "all", origin: "planted" });
    const detectors = DETECTORS.length + ONE_LINERS.length;
    expect(rows.getColumn("seed").toArray()).toEqual(
      [5, 4].flatMap((seed) => Array(detectors + 1).fill(seed)),
    );
    expect(new Set(first.alarms.getColumn("seed").toArray())).toEqual(new Set([4, 5]));
    const last = `${detectors} detectors compared on 2 samples with 5 further stories of each kind.`;
    expect(said.map((line) => line.replace(/[45] compared/, "N compared"))).toEqual([
      ...[1, 2].map((done) => `Sample N compared: ${done} of 2.`),
      last,
    ]);
    const kept = readdirSync(join(folder.path(), "cache"));
    expect(kept.filter((name) => /^compared-.*manifest/.test(name))).toHaveLength(1);
    said.length = 0;
    const again = await compareDetectors(options);
    expect(again.scores.toString()).toBe(first.scores.toString());
    expect(again.alarms.toString()).toBe(first.alarms.toString());
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
