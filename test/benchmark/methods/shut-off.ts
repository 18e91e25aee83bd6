import { rateChanges } from "../../../lib/log/rate-changes";
import { changePoint } from "../../../lib/stats/change-point";
import { signTest } from "../../../lib/stats/exact-tests";
import { randomNumbers } from "../../../lib/stats/random";
import { rateSegments } from "../../../lib/stats/rate-segments";
import { type CountSeries, countSeries, poissonCount } from "../../support/count-series";

// Falls in autocorrelated counts: `changePoint`, `rateSegments`, `rateChanges`, and the sign test of
// readers compared with themselves.

const SERIES = 1000;
const seeds = Array.from({ length: SERIES }, (_, seed) => seed);
const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
const shareOf = <T>(all: readonly T[], is: (one: T) => boolean) =>
  all.filter(is).length / all.length;
const line = (...cells: (string | number)[]) => `| ${cells.join(" | ")} |`;
const table = (...head: string[]) => [line(...head), line(...head.map(() => "---"))];

const NULLS: CountSeries[] = [
  { length: 170, mean: 10 },
  { length: 170, mean: 10, sway: 0.3 },
  { length: 170, mean: 60, sway: 1 },
  { length: 170, mean: 10, phi: 0.3, sway: 0.5 },
  { length: 170, mean: 10, phi: 0.5, sway: 0.5 },
  { length: 160, mean: 4, phi: 0.9, sway: 0.3 },
  { length: 170, mean: 4, phi: 0.9, sway: 0.3 },
  { length: 170, mean: 60, phi: 0.9, sway: 0.3 },
  { length: 170, mean: 4, phi: 0.9, sway: 1 },
  { length: 170, mean: 60, phi: 0.9, sway: 1 },
  { length: 400, mean: 20, phi: 0.9, sway: 0.5 },
  { length: 1000, mean: 4, phi: 0.9, sway: 0.3 },
  { length: 170, mean: 4, phi: 0.97, sway: 0.3 },
];

const STEPS: [early: number, late: number][] = [
  [10, 5],
  [10, 1],
  [60, 3],
];

const exposureOf = (counts: readonly number[]) => counts.map(() => 4000);
const pValueOf = (counts: number[], block?: number) =>
  changePoint(counts, exposureOf(counts), { permutations: 199, block })?.pValue;
const isSure = (p: number | null | undefined) => typeof p === "number" && p <= 0.01;
const isNone = (p: number | null | undefined) => p === null;

export function simulate(): string[] {
  return [...falseAlarms(), "", ...power(), "", ...cuts(), "", ...episodes(), "", ...readers()];
}

function falseAlarms(): string[] {
  const rows = NULLS.map((series) => {
    const all = seeds.map((seed) => countSeries(seed, series));
    const found = all.map((counts) => pValueOf(counts));
    const alone = all.slice(0, 200).map((counts) => pValueOf(counts, 1));
    return line(
      ...[series.length, series.mean as number, series.phi ?? 0, series.sway ?? 0],
      ...[percent(shareOf(found, isSure)), percent(shareOf(found, isNone))],
      percent(shareOf(alone, isSure)),
    );
  });
  const head = ["weeks", "mean", "phi", "sway", "p at most 0.01", "no p", "weeks shuffled singly"];
  return ["No change: how often `changePoint` is sure", "", ...table(...head), ...rows];
}

function power(): string[] {
  const rows = STEPS.map(([early, late]) => {
    const mean = (i: number) => (i < 100 ? early : late);
    const found = seeds.map((seed) =>
      pValueOf(countSeries(seed, { length: 170, mean, sway: 0.3 })),
    );
    const [sure, none] = [shareOf(found, isSure), shareOf(found, isNone)];
    return line(early, late, percent(sure), percent(none));
  });
  const head = ["mean before", "after", "p at most 0.01", "no p"];
  return ["A step after 100 of 170 weeks, sway 0.3", "", ...table(...head), ...rows];
}

function cuts(): string[] {
  const planted = seeds.map((seed) => {
    const pages = (i: number) => 3000 + 1500 * Math.sin(i * i);
    const rate = (i: number) => (i < 85 ? 0.001 : i < 100 ? 0.015 : 0.0004);
    const mean = (i: number) => pages(i) * rate(i);
    const counts = countSeries(seed, { length: 170, mean, sway: 0.15 });
    const [, late, last, ...more] = rateSegments(
      counts,
      counts.map((_, i) => pages(i)),
    );
    return (
      more.length === 0 &&
      Math.abs((late?.from ?? 0) - 85) <= 1 &&
      Math.abs((last?.from ?? 0) - 100) <= 1
    );
  });
  const rows = NULLS.map((series) => {
    const found = seeds.map((seed) => {
      const counts = countSeries(seed, series);
      return rateSegments(counts, exposureOf(counts)).length - 1;
    });
    const mean = found.reduce((sum, one) => sum + one, 0) / SERIES;
    const any = percent(shareOf(found, (one) => one > 0));
    const settings = [series.length, series.mean as number, series.phi ?? 0, series.sway ?? 0];
    return line(...settings, any, mean.toFixed(2));
  });
  return [
    `Rates of 1, 15 and 0.4 in 1,000: both cuts within a week, and no other, in ${percent(shareOf(planted, Boolean))}`,
    "",
    "No change: how often `rateSegments` cuts",
    "",
    ...table("weeks", "mean", "phi", "sway", "series with a cut", "cuts in the mean"),
    ...rows,
  ];
}

/** Daily counts of 170 weeks whose weekly rate is given. */
function dailyOf(weekly: readonly number[]) {
  const counts = Float64Array.from({ length: 7 * weekly.length }, (_, i) => {
    const whole = weekly[Math.floor(i / 7)]!;
    return Math.floor((whole * ((i % 7) + 1)) / 7) - Math.floor((whole * (i % 7)) / 7);
  });
  return { first: 18_267, counts, exposure: counts.map(() => 600) };
}

function episodes(): string[] {
  const lasting = (weekly: readonly number[]) =>
    rateChanges(dailyOf(weekly), { factor: 5, change: "fall" }).some((one) => one.isLasting);
  const kinds: [string, CountSeries][] = [
    ["one rate, sway 0.3", { length: 170, mean: 10, sway: 0.3 }],
    ["wandering, phi 0.9, sway 0.3", { length: 170, mean: 10, phi: 0.9, sway: 0.3 }],
    ["wandering, phi 0.9, sway 1", { length: 170, mean: 10, phi: 0.9, sway: 1 }],
    [
      "an episode of 15 weeks, ten times as much, that rises and ends within six weeks",
      {
        length: 170,
        mean: (i) => 4 + 36 * Math.max(0, Math.min(1, (i - 79) / 6, (106 - i) / 6)),
        sway: 0.3,
      },
    ],
    [
      "an end from 40 to 1 within a day",
      { length: 170, mean: (i) => (i < 100 ? 40 : 1), sway: 0.3 },
    ],
  ];
  const rows = kinds.map(([name, series]) =>
    line(name, percent(shareOf(seeds, (seed) => lasting(countSeries(seed, series))))),
  );
  const head = "How often a fall to a fifth, from which the rate never comes back, is described";
  return [head, "", ...table("weekly counts", "described"), ...rows];
}

function readers(): string[] {
  const tests = (rateAfter: number, sway: number) =>
    seeds.map((seed) => {
      const random = randomNumbers(seed);
      const normal = () =>
        Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
      const [students, cohorts] = [tally(), tally()];
      // Ten cohorts of seven; what sways is common to a cohort, on either side anew.
      for (let cohort = 0; cohort < 10; cohort++) {
        const [before, after] = [Math.exp(sway * normal()), Math.exp(sway * normal())];
        let [early, late] = [0, 0];
        for (let reader = 0; reader < 7; reader++) {
          const pages = 100 + 400 * random();
          const a = poissonCount(0.014 * pages * before, random);
          const b = poissonCount(rateAfter * pages * after, random);
          students.add(a, b);
          [early, late] = [early + a, late + b];
        }
        cohorts.add(early, late);
      }
      const isByCohorts = cohorts.p() <= 0.05;
      return { students: students.p() <= 0.01, isByCohorts };
    });
  const rows = (
    [
      ["nothing changes", 0.014, 0],
      ["nothing changes, cohorts sway by 0.3", 0.014, 0.3],
      ["nothing changes, cohorts sway by 1", 0.014, 1],
      ["half as much", 0.007, 0],
      ["half as much, cohorts sway by 0.3", 0.007, 0.3],
      ["a fifth, cohorts sway by 0.3", 0.0028, 0.3],
    ] as const
  ).map(([name, rate, sway]) => {
    const found = tests(rate, sway);
    return line(
      name,
      percent(shareOf(found, (one) => one.students)),
      percent(shareOf(found, (one) => one.isByCohorts)),
      percent(shareOf(found, (one) => one.students && one.isByCohorts)),
    );
  });
  const title =
    "70 readers of ten cohorts compared with themselves, 14 in 1,000 before: sign tests";
  const head = ["after", "students, 1 %", "cohorts, 5 %", "both"];
  return [title, "", ...table(...head), ...rows];
}

/** How many read less, and how many more. */
function tally() {
  let [less, more] = [0, 0];
  const add = (before: number, after: number) => {
    if (after < before) less++;
    if (after > before) more++;
  };
  return { add, p: () => signTest(less, more) };
}
