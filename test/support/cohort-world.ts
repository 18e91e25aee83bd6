import type { CohortCell } from "../../lib/explore/left-out-tests";
import { randomNumbers } from "../../lib/stats/random";

export interface CohortWorld {
  seed: number;
  cohorts?: number;
  students?: number;
  lessons?: number;
  /** Standard deviation, between cohorts, of the logarithm of how much they read a lesson. */
  spread?: number;
  /** How many times as much as others the first cohort reads so many lessons, from the first on. */
  planted?: { times: number; lessons: number };
}

/** Pages that a student reads in class, in the mean. */
const PAGES = 600;
/** Of the logarithm: how much lessons differ, how much students read, and which lessons. */
const [OF_LESSONS, OF_STUDENTS, OF_TASTES] = [0.7, 0.4, 0.5];

/**
 * What cohorts of one program read, counted as `cohortSums` counts it, who differ by chance alone
 * but for what is planted: in lessons that are read as much as the median one.
 */
export function cohortWorld({
  seed,
  cohorts = 18,
  students = 25,
  lessons = 150,
  spread = 0.3,
  planted = { times: 1, lessons: 0 },
}: CohortWorld): CohortCell[] {
  const random = randomNumbers(seed);
  const factor = (sd: number) =>
    Math.exp(sd * Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()));
  const usual = Array.from({ length: lessons }, (_, lesson) => {
    const drawn = factor(OF_LESSONS);
    return lesson < planted.lessons ? 1 : drawn;
  });
  const sum = usual.reduce((all, one) => all + one, 0);
  const cells = usual.flatMap((one, lesson) =>
    Array.from({ length: cohorts }, (_, cohort) => {
      const isPlanted = cohort === 0 && lesson < planted.lessons;
      const times = factor(spread) * (isPlanted ? planted.times : 1);
      return { name: `lesson ${lesson}`, cohort, mean: ((PAGES * one) / sum) * times };
    }),
  );
  const pages = cells.map(() => new Float64Array(students));
  const all = Array.from({ length: cohorts }, () => new Float64Array(students));
  for (let student = 0; student < students; student++) {
    const diligence = all.map(() => factor(OF_STUDENTS));
    cells.forEach(({ cohort, mean }, i) => {
      const count = poisson(mean * diligence[cohort]! * factor(OF_TASTES), random);
      pages[i]![student] = count;
      all[cohort]![student]! += count;
    });
  }
  const product = (a: Float64Array, b: Float64Array) =>
    a.reduce((before, value, i) => before + value * b[i]!, 0);
  const ones = new Float64Array(students).fill(1);
  return cells.map(({ name, cohort }, i) => ({
    ...{ program: "Java Full Stack", cohort_id: cohort + 1, cohort: `Class ${cohort + 1}` },
    ...{ name, students, pages: product(pages[i]!, ones), all: product(all[cohort]!, ones) },
    pages_squared: product(pages[i]!, pages[i]!),
    product: product(pages[i]!, all[cohort]!),
    all_squared: product(all[cohort]!, all[cohort]!),
  }));
}

/** Knuth's product of uniform numbers; in parts, where the mean is large. */
function poisson(mean: number, random: () => number): number {
  if (mean > 500) return poisson(mean / 2, random) + poisson(mean / 2, random);
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random(); product > limit; product *= random()) count++;
  return count;
}
