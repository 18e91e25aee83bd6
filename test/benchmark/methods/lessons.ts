import { type CohortCell, leftOutTests } from "../../../lib/explore/left-out-tests";
import { benjaminiHochberg } from "../../../lib/stats/exact-tests";
import { normalSurvival } from "../../../lib/stats/tails";
import { type CohortWorld, cohortWorld } from "../../support/cohort-world";
import { markdownTable } from "../../support/markdown-table";

const SAMPLES = 40;
const settings = { minExpected: 10, minRatio: 1.5, alpha: 0.05 };
const percent = (part: number) => `${(100 * part).toFixed(1)} %`;

/** How often the comparison of cohorts on lessons raises false alarms, and what it finds. */
export function simulate(): string[] {
  const worlds = [
    ...[0, 0.1, 0.2, 0.3, 0.5].map((spread) => ({ cohorts: 18, spread })),
    ...[12, 8, 6].map((cohorts) => ({ cohorts, spread: 0.3 })),
  ];
  return [
    `${SAMPLES} samples each: 25 students a cohort, 150 lessons, 600 pages a student.`,
    "Nothing planted: cohorts differ by chance alone.",
    ...markdownTable(worlds.map(falseAlarms)),
    "One cohort reads lesson 0 so many times as much; spread 0.3.",
    ...markdownTable([2, 3, 4, 6, 8, 12].map(power)),
  ];
}

const worldsOf = (world: Omit<CohortWorld, "seed">) =>
  Array.from({ length: SAMPLES }, (_, i) => cohortWorld({ ...world, seed: i + 1 }));

function falseAlarms({ cohorts, spread }: { cohorts: number; spread: number }) {
  const worlds = worldsOf({ cohorts, spread });
  const ofCohorts = worlds.map((cells) => leftOutTests(cells, settings));
  const p = ofCohorts.flatMap((tests) => tests.map(({ p_value }) => p_value!));
  const found = ofCohorts.flatMap((tests) => tests.filter(({ use }) => use !== "like others"));
  const ofStudents = worlds.map(studentsAsUnits);
  const naive = ofStudents.flatMap((values) => [...values]);
  const called = ofStudents.flatMap((values) => [...benjaminiHochberg(values)].filter(isSmall));
  return {
    cohorts,
    "spread between cohorts": spread,
    "p below 0.05": percent(p.filter(isSmall).length / p.length),
    "p below 0.001": percent(p.filter((value) => value < 0.001).length / p.length),
    "pairs called unusual": (found.length / SAMPLES).toFixed(2),
    "students as units: p below 0.05": percent(naive.filter(isSmall).length / naive.length),
    "students as units: pairs called": (called.length / SAMPLES).toFixed(1),
  };
}

const isSmall = (p: number) => p < 0.05;

function power(times: number) {
  const row: Record<string, string> = { times: String(times) };
  for (const cohorts of [18, 8]) {
    const found = worldsOf({ cohorts, planted: { times, lessons: 1 } }).map((cells) =>
      leftOutTests(cells, settings).filter(({ use }) => use === "more than others"),
    );
    const isPlanted = ({ cohort_id, name }: { cohort_id: number; name: string }) =>
      cohort_id === 1 && name === "lesson 0";
    const hits = found.filter((tests) => tests.some(isPlanted)).length;
    const others = found.flatMap((tests) => tests.filter((test) => !isPlanted(test))).length;
    row[`found among ${cohorts} cohorts`] = percent(hits / SAMPLES);
    row[`other pairs, ${cohorts}`] = (others / SAMPLES).toFixed(2);
  }
  return row;
}

/** The mistake that this method avoids: a cohort against all other students, each independent. */
function studentsAsUnits(cells: readonly CohortCell[]): number[] {
  const byLesson = new Map<string, CohortCell[]>();
  for (const cell of cells) byLesson.set(cell.name, [...(byLesson.get(cell.name) ?? []), cell]);
  return [...byLesson.values()].flatMap((members) => {
    const sums = (those: readonly CohortCell[]) => {
      const sum = (of: keyof CohortCell) => those.reduce((all, one) => all + Number(one[of]), 0);
      const [pages, all] = [sum("pages"), sum("all")];
      const share = pages / all;
      const squares =
        sum("pages_squared") - 2 * share * sum("product") + share ** 2 * sum("all_squared");
      const variance = squares / (4 * pages * (all - pages));
      return { value: Math.asin(Math.sqrt(share)), variance };
    };
    return members.map((own) => {
      const [one, rest] = [sums([own]), sums(members.filter((other) => other !== own))];
      const off = Math.abs(one.value - rest.value) / Math.sqrt(one.variance + rest.variance);
      return Number.isNaN(off) ? 1 : 2 * normalSurvival(off);
    });
  });
}
