import { describe, expect, it } from "vitest";
import { type CohortCell, leftOutTests } from "../../lib/explore/left-out-tests";
import { type CohortWorld, cohortWorld } from "../support/cohort-world";

const settings = { minExpected: 10, minRatio: 1.5, alpha: 0.05 };
const testsOf = (cells: readonly CohortCell[]) => leftOutTests(cells, settings);
const unusual = (world: CohortWorld) =>
  testsOf(cohortWorld(world)).filter(({ use }) => use !== "like others");
const SEEDS = Array.from({ length: 20 }, (_, i) => i + 1);

describe("leftOutTests", () => {
  it("raises no more false alarms than promised where cohorts differ by chance alone", () => {
    // 18 cohorts of 25 students, 150 lessons, 0.3 of the logarithm between cohorts.
    const all = SEEDS.flatMap((seed) => testsOf(cohortWorld({ seed })));
    expect(all.length).toBeGreaterThan(50_000);
    expect(all.filter(({ p_value }) => p_value! < 0.05).length / all.length).toBeLessThan(0.05);
    // In the mean of 20 samples.
    expect(all.filter(({ use }) => use !== "like others").length / 20).toBeLessThan(1);
  });

  it("finds a lesson that one of 18 cohorts reads eight times as much", () => {
    const planted = { times: 8, lessons: 1 };
    const found = SEEDS.map((seed) =>
      unusual({ seed, planted }).some((row) => row.cohort_id === 1 && row.name === "lesson 0"),
    );
    expect(found[0]).toBe(true);
    // Cohorts differ anyway: in one of ten samples this one happens to read it less.
    expect(found.filter(Boolean).length).toBeGreaterThanOrEqual(17);
  });

  it("leaves a cohort out of every reference that differs in a quarter of its pairs", () => {
    const planted = { times: 0.02, lessons: 60 };
    const tests = testsOf(cohortWorld({ seed: 1, planted }));
    const odd = tests.filter(({ is_reference }) => !is_reference);
    expect(new Set(odd.map(({ cohort_id }) => cohort_id))).toEqual(new Set([1]));
    const others = tests.filter(({ cohort_id }) => cohort_id !== 1);
    expect(others.filter(({ use }) => use !== "like others").length).toBeLessThan(6);
    // 18 cohorts without the odd one and the cohort itself, of 25 students each.
    expect(new Set(others.map(({ rest_students }) => rest_students))).toEqual(new Set([16 * 25]));
    expect(new Set(odd.map(({ rest_students }) => rest_students))).toEqual(new Set([17 * 25]));
  });

  it.each([2, 3, 5])("tests nothing among %d cohorts, however much they differ", (cohorts) => {
    const tests = testsOf(cohortWorld({ seed: 1, cohorts, planted: { times: 50, lessons: 5 } }));
    expect(new Set(tests.map(({ use }) => use))).toEqual(new Set(["not tested"]));
    for (const { p_value, adjusted_p_value, ratio_low, ratio_high } of tests) {
      expect([p_value, adjusted_p_value, ratio_low, ratio_high]).toEqual(Array(4).fill(null));
    }
  });

  it("tests six cohorts: five others say how much they differ", () => {
    const tests = testsOf(cohortWorld({ seed: 1, cohorts: 6 }));
    expect(tests.some(({ use }) => use === "not tested")).toBe(false);
  });

  it("judges one cohort by the mean and the spread of five others", () => {
    // scipy 1.10.1: of arcsin(sqrt(pages / 1000)), each with variance 1/4000, tau squared and mean as
    // in paule-mandel.test.ts, clip 2; 2 * t.sf(off / s, 3), its interval with t.isf(0.05 / 12, 3).
    const cells = [250, 40, 50, 30, 60, 50].map((pages, i) => ({
      ...{ program: "P", cohort_id: i, cohort: `Class ${i}`, name: "lesson", students: 10, pages },
      // All students read alike: what they read varies as independent page views do.
      ...{ all: 1000, pages_squared: (pages * pages) / 10, product: 100 * pages },
      all_squared: 100_000,
    }));
    const tests = testsOf(cells);
    expect(tests[0]).toMatchObject({
      ...{ use: "more than others", cohorts: 6, rank: 1, rest_students: 50 },
      p_value: expect.closeTo(0.0023545896454369394, 9),
      adjusted_p_value: expect.closeTo(0.014127537872621637, 9),
      rest_share: expect.closeTo(0.045428356796410996, 9),
      // One of six was selected: 1 - 0.05 / 6 instead of 1 - 0.05.
      ratio_low: expect.closeTo(2.2364743434938217, 8),
      ratio_high: expect.closeTo(9.631783771211834, 8),
    });
    const others = [0.657817306879946, 0.7826313462377559, 0.5235432483419039, 0.8991515138227439];
    expect(tests.slice(1, 5).map(({ p_value }) => p_value)).toEqual(
      others.map((p) => expect.closeTo(p, 9)),
    );
  });

  it("does not let one student with many pages stand for the cohort", () => {
    const cells = cohortWorld({ seed: 1 }).filter(({ name }) => name === "lesson 0");
    const [first] = cells;
    const more = 8 * first!.pages;
    // By one student of 25, who reads nothing else.
    const one = {
      ...first!,
      ...{ pages: first!.pages + more, all: first!.all + more },
      pages_squared: first!.pages_squared + more * more,
      product: first!.product + more * more,
      all_squared: first!.all_squared + more * more,
    };
    const [test] = testsOf([one, ...cells.slice(1)]);
    expect(test!.ratio).toBeGreaterThan(3);
    expect(test!.use).toBe("like others");
  });
});
