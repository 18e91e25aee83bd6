import { expect, it } from "vitest";
import { groupsAgainstOneLaw } from "../../lib/group/groups-against-one-law";
import { drawUses, fitLaw } from "../../lib/group/one-law";
import { USAGE_FEATURES, usageFeatures } from "../../lib/group/usage-features";
import { randomNumbers } from "../../lib/stats/random";
import { usageFrame } from "../support/usage";
import { exponential, type Habit, usersOf } from "../support/usage-laws";

const oneLaw: Habit = (random) => ({
  more: exponential(8, random),
  gap: 1.5,
  calls: exponential(20, random),
});
const twoLaws: Habit = (random) =>
  random() < 0.5 ? { more: 1, gap: 3, calls: 2 } : { more: 30, gap: 0.2, calls: 80 };

const ranksOf = (habit: Habit, seeds: number) =>
  Array.from({ length: seeds }, (_, seed) => {
    const found = groupsAgainstOneLaw(usersOf(habit, seed), { draws: 19, seed });
    return Number(found.getColumn("rank").get(0));
  });

it("finds users of one law first of 20 in about 5%, and no more than two deviations above", () => {
  const first = ranksOf(oneLaw, 40).filter((rank) => rank === 1).length;
  expect(first).toBeLessThanOrEqual(40 * 0.05 + 2 * Math.sqrt(40 * 0.05 * 0.95));
});

it("finds that users of two laws fall apart more than those of one", () => {
  expect(ranksOf(twoLaws, 5)).toEqual([1, 1, 1, 1, 1]);
});

it("takes the best of all divisions in two, found here by trying each", () => {
  const usage = usersOf(twoLaws, 1, 9);
  const features = usageFeatures(usage);
  const points = features.select(...USAGE_FEATURES).rows() as number[][];
  const inertia = (own: number[][]) => {
    const center = USAGE_FEATURES.map((_, d) => own.reduce((s, p) => s + p[d]!, 0) / own.length);
    return own.flatMap((p) => p.map((x, d) => (x - center[d]!) ** 2)).reduce((a, b) => a + b, 0);
  };
  const left = Array.from({ length: 2 ** 8 - 1 }, (_, division) => {
    const isIn = (user: number) => ((division + 1) >> user) % 2 === 1;
    const parts = [true, false].map((side) => points.filter((_, user) => isIn(user) === side));
    return inertia(parts[0]!) + inertia(parts[1]!);
  });
  const [found] = groupsAgainstOneLaw(usage, { draws: 1 }).toRecords();
  expect(found!.cluster_index).toBeCloseTo(Math.min(...left) / inertia(points), 12);
});

it("says nothing of users who are all alike", () => {
  const rows = [1, 2, 3].map((user_id) => ({ dt: "2021-08-13", user_id, type: "a", api_count: 5 }));
  const [found] = groupsAgainstOneLaw(usageFrame(rows), { draws: 1 }).toRecords();
  expect(found).toMatchObject({ type: "a", users: 3, cluster_index: null, rank: null });
});

it("fits days of use as the likelihood of rounded log-normal counts has it", () => {
  // scipy 1.17.1, numpy 2.4.6: minimize(method="Nelder-Mead", xatol=1e-12) of the negative log of
  // norm.cdf(log(n + 0.5)) - norm.cdf(log(n - 0.5)), the second 0 for n = 1, by mean and deviation.
  const counts = [1, 1, 1, 1, 2, 1, 3, 5, 8, 2, 1, 13, 40, 4, 1];
  const uses = counts.map((n) => ({ days: [...Array(n).keys()], calls: Array(n).fill(1) }));
  const { days } = fitLaw(uses);
  expect(days.mean).toBeCloseTo(0.538509353, 6);
  expect(days.between).toBeCloseTo(1.575863673, 6);
});

it("finds again the law that users were drawn from", () => {
  const law = {
    ...{ users: 4000, longest: 1e9 },
    days: { mean: 1.5, between: 0.8, within: 0 },
    calls: { mean: 3, between: 1, within: 0.5 },
    gaps: { mean: 1.2, between: 0.3, within: 0.6 },
    root: [
      [1, 0, 0],
      [0.5, Math.sqrt(0.75), 0],
      [0, 0, 1],
    ],
  };
  const found = fitLaw(drawUses(law, randomNumbers(1)));
  for (const kind of ["days", "calls", "gaps"] as const) {
    for (const [name, value] of Object.entries(law[kind])) {
      const own = found[kind][name as keyof typeof law.days];
      expect(Math.abs(own - value), `${kind} ${name}`).toBeLessThan(0.08);
    }
  }
  expect(Math.abs(found.root[1]![0]! - 0.5)).toBeLessThan(0.08);
});
