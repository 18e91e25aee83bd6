import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { PROJECT_ROOT } from "../../lib/keep/paths";
import { newFolder } from "../support/new-folder";
import { nabFiles, publishedResults, publishedScores } from "./nab-files";
import { NAB_PROFILES, nabScore } from "./nab-score";

const { standard } = NAB_PROFILES as { standard: { found: 1; missed: 1; falseAlarm: 0.11 } };

it("a benchmark's score rewards early flags, once per window, and counts false alarms", () => {
  const windows = [[50, 59]] as const;
  const flagged = (...rows: number[]) => {
    const scores = new Float64Array(100);
    for (const row of rows) scores[row] = 1;
    return nabScore([{ scores, windows }], standard).score;
  };
  expect(flagged(50)).toBeCloseTo(100, 12);
  expect(flagged(50, 51, 59)).toBeCloseTo(100, 12);
  expect(flagged()).toBe(0);
  // By hand: a flag at the window's last row lies at -1/10; half of what is to be had is for finding.
  const late = (2 / (1 + Math.exp(-0.5)) - 1) / (2 / (1 + Math.exp(-5)) - 1);
  expect(flagged(59)).toBeCloseTo(50 * (1 + late), 12);
  // A false alarm before any window takes 0.11 of 2; one in the first 15 rows is not looked at.
  expect(flagged(50, 20)).toBeCloseTo(100 - 5.5, 12);
  expect(flagged(50, 14)).toBeCloseTo(100, 12);
});

/** The benchmark, where it lies beside the project. */
const ARCHIVE = join(PROJECT_ROOT, "..", "shared", "nab", "nab.tar.xz");

describe.skipIf(!existsSync(ARCHIVE))("Numenta's benchmark", () => {
  const folder = newFolder();
  const files = () => {
    if (!existsSync(join(folder, "data"))) execFileSync("tar", ["-xf", ARCHIVE, "-C", folder]);
    return nabFiles(folder);
  };
  const scoresOf = (detector: string) => {
    const all = files().map(({ name, windows }) => {
      return { scores: publishedScores(folder, detector, name), windows };
    });
    return Object.values(NAB_PROFILES).map((profile) => nabScore(all, profile).score);
  };

  it("gives its detectors the published scores", () => {
    const known = [39.649523496077585, 20.86798582474138, 47.4100271583046];
    scoresOf("windowedGaussian").forEach((score, i) => {
      expect(score).toBeCloseTo(known[i]!, 9);
    });
    expect(scoresOf("null")).toEqual([0, 0, 0]);
    expect(publishedResults(folder).randomCutForest?.standard).toBeCloseTo(51.717, 3);
  }, 300_000);
});
