import { expect, it } from "vitest";
import { rankingQuality } from "../../lib/stats/ranking-quality";

const labelled = [1, 0, 1, 1, 0, 0, 1, 0, 0, 0, 1, 0].map(Boolean);
const scores = [0.9, 0.8, 0.8, 0.7, 0.5, 0.5, 0.5, 0.4, 0.3, 0.3, 0.1, 0.1];

it("rankingQuality gives scikit-learn's area and average precision, with ties", () => {
  // scikit-learn 1.2.1: roc_auc_score(labelled, scores), average_precision_score(labelled, scores)
  const { area, averagePrecision } = rankingQuality(scores, labelled, { samples: 9 });
  expect(area[0]).toBeCloseTo(0.7142857142857144, 14);
  expect(averagePrecision[0]).toBeCloseTo(0.680952380952381, 14);
  const alike = rankingQuality([1, 1, 1], [false, false, true], { samples: 9 });
  expect(alike.area).toEqual([0.5, 0.5, 0.5]);
  expect(alike.averagePrecision[0]).toBeCloseTo(0.3333333333333333, 14);
});

it("rankingQuality's interval of the area is near that of DeLong, DeLong and Clarke-Pearson", () => {
  // numpy 1.24: placements psi of sqrt((i + 0.5) / 60) among (j + 0.5) / 240; area 1.96 times
  // sqrt(var(psi.mean(1), ddof=1) / 60 + var(psi.mean(0), ddof=1) / 240) to each side
  const [own, others] = [60, 240].map((n) => Array.from({ length: n }, (_, i) => (i + 0.5) / n));
  const all = [...own!.map(Math.sqrt), ...others!];
  const { area } = rankingQuality(
    all,
    all.map((_, i) => i < 60),
  );
  const [value, low, high] = [0.6667361111111111, 0.5957643597632271, 0.7377078624589951];
  expect(area[0]).toBeCloseTo(value!, 14);
  expect(Math.abs(area[1] - low!)).toBeLessThan(0.01);
  expect(Math.abs(area[2] - high!)).toBeLessThan(0.01);
});

it("rankingQuality has nothing to say where nobody or everybody is labelled", () => {
  for (const isLabelled of [true, false]) {
    const { area, averagePrecision } = rankingQuality([1, 2], [isLabelled, isLabelled]);
    expect([...area, ...averagePrecision]).toEqual(Array(6).fill(Number.NaN));
  }
});
