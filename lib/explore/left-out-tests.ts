import { benjaminiHochberg } from "../stats/exact-tests";
import { pauleMandel } from "../stats/paule-mandel";
import { studentQuantile, studentSurvival } from "../stats/tails";

export const MORE_THAN_OTHERS = "more than others";
export const LESS_THAN_OTHERS = "less than others";
export const LIKE_OTHERS = "like others";
export const NOT_TESTED = "not tested";

/** What `cohortSums` gives, with the lesson's or topic's `name`. */
export interface CohortCell {
  program: string;
  cohort_id: number;
  cohort: string | null;
  name: string;
  students: number;
  pages: number;
  all: number;
  pages_squared: number;
  product: number;
  all_squared: number;
}

export interface LeftOutOptions {
  minExpected: number;
  minRatio: number;
  alpha: number;
}

/** Fewer say too little of how much cohorts differ. */
export const LEAST_OTHERS = 5;
/** Standard deviations beyond which another cohort's value counts no further. */
const CLIP = 2;
/** A cohort that stands out in more of its pairs than this is no reference, */
const ODD = 0.25;
/** if it has so many: a quarter of few is chance. */
const LEAST_PAIRS = 12;

/**
 * Each cohort's share of a lesson against what the other cohorts predict of a further one.
 *
 * Shares are compared on the arcsine-root scale, where their precision hardly depends on them. The
 * others' mean and variance between cohorts are those of `pauleMandel`, and the difference has a t
 * distribution with two degrees less than there are others (Higgins, Thompson and Spiegelhalter,
 * Journal of the Royal Statistical Society A 172, 2009).
 * @param cells sorted by program and lesson
 */
export function leftOutTests(cells: readonly CohortCell[], options: LeftOutOptions) {
  const lessons = lessonsOf(cells);
  const odd = new Set<number>();
  let judged = judgedOf(lessons, odd, options);
  for (let one = oddOne(judged, odd); one !== undefined; one = oddOne(judged, odd)) {
    odd.add(one);
    judged = judgedOf(lessons, odd, options);
  }
  return withIntervals(judged, odd, options.alpha);
}

type Member = { cell: CohortCell; share: number; value: number; variance: number };

function lessonsOf(cells: readonly CohortCell[]): Member[][] {
  const lessons: Member[][] = [];
  let begin = 0;
  cells.forEach(({ program, name }, i) => {
    const next = cells[i + 1];
    if (next?.program === program && next.name === name) return;
    lessons.push(membersOf(cells.slice(begin, i + 1)));
    begin = i + 1;
  });
  return lessons;
}

/**
 * Each cohort's share on the arcsine-root scale with its variance: that of as many independent page
 * views, times how much more students differ than that. In a cohort by itself that is known
 * roughly, so it is at least what it is in all together, and at least 1.
 */
function membersOf(cells: readonly CohortCell[]): Member[] {
  const measured = cells.map((cell) => {
    const { students, pages, all, pages_squared, product, all_squared } = cell;
    const share = pages / all;
    const squares = pages_squared - 2 * share * product + share * share * all_squared;
    const between = students < 2 ? 0 : (squares * students) / (students - 1);
    return { cell, share, between, expected: all * share * (1 - share) };
  });
  const expected = measured.reduce((sum, one) => sum + one.expected, 0);
  const together = measured.reduce((sum, one) => sum + one.between, 0) / (expected || 1);
  return measured.map((one) => {
    const times = Math.max(1, together, one.between / (one.expected || 1));
    const value = Math.asin(Math.sqrt(one.share));
    return { cell: one.cell, share: one.share, value, variance: times / (4 * one.cell.all) };
  });
}

type Judged = ReturnType<typeof judgedOf>;

function judgedOf(lessons: readonly Member[][], odd: Set<number>, options: LeftOutOptions) {
  const tests = lessons.flatMap((members) => testsOf(members, odd, options.minExpected));
  const adjusted = benjaminiHochberg(tests.flatMap(({ p_value }) => p_value ?? []));
  let next = 0;
  const pValues = tests.map(({ p_value }) => (p_value === null ? null : adjusted[next++]!));
  const uses = tests.map(({ ratio }, i) => useOf(ratio, pValues[i]!, options));
  return { tests, adjusted: pValues, uses };
}

function useOf(ratio: number, p: number | null, { minRatio, alpha }: LeftOutOptions): string {
  if (p === null) return NOT_TESTED;
  if (!(p < alpha)) return LIKE_OTHERS;
  if (ratio >= minRatio && ratio > 1) return MORE_THAN_OTHERS;
  return ratio <= 1 / minRatio && ratio < 1 ? LESS_THAN_OTHERS : LIKE_OTHERS;
}

function testsOf(members: readonly Member[], odd: Set<number>, minExpected: number) {
  const [pages, all] = [sumOf(members, "pages"), sumOf(members, "all")];
  const references = members.filter(({ cell }) => !odd.has(cell.cohort_id));
  return members.flatMap((own) => {
    // What is expected depends on all together only: floors must not depend on the answer.
    const isEnough = (pages * own.cell.all) / all >= minExpected;
    const others = references.filter((other) => other !== own);
    if (!isEnough || sumOf(others, "pages") === 0) return [];
    const { mean, variance, tauSquared } = pauleMandel(
      others.map(({ value }) => value),
      others.map((other) => other.variance),
      CLIP,
    );
    const rest_share = Math.sin(mean) ** 2;
    const spread = Math.sqrt(own.variance + tauSquared + variance);
    const degrees = others.length - 2;
    const tail = studentSurvival(Math.abs(own.value - mean) / spread, degrees);
    return {
      own,
      rest_share,
      spread,
      degrees,
      ratio: own.share / rest_share,
      rest_students: sumOf(others, "students"),
      rank: 1 + members.filter(({ share }) => share > own.share).length,
      cohorts: members.length,
      p_value: others.length >= LEAST_OTHERS ? 2 * tail : null,
    };
  });
}

const sumOf = (members: readonly Member[], name: "pages" | "all" | "students") =>
  members.reduce((sum, { cell }) => sum + cell[name], 0);

const standsOut = (use: string) => use === MORE_THAN_OTHERS || use === LESS_THAN_OTHERS;

/** The cohort with the largest part of pairs that stand out, if that is too large. */
function oddOne({ tests, uses }: Judged, odd: Set<number>): number | undefined {
  const pairs = new Map<number, { all: number; out: number }>();
  tests.forEach(({ own, p_value }, i) => {
    const id = own.cell.cohort_id;
    if (p_value === null || odd.has(id)) return;
    const { all, out } = pairs.get(id) ?? { all: 0, out: 0 };
    pairs.set(id, { all: all + 1, out: out + Number(standsOut(uses[i]!)) });
  });
  let most: { cohort?: number; part: number } = { part: ODD };
  for (const [cohort, { all, out }] of pairs) {
    if (all >= LEAST_PAIRS && out / all > most.part) most = { cohort, part: out / all };
  }
  return most.cohort;
}

/**
 * With intervals of the ratio. Those of pairs that stand out are wider, as they were selected for
 * being far off: Benjamini and Yekutieli, Journal of the American Statistical Association 100 (2005).
 */
function withIntervals({ tests, adjusted, uses }: Judged, odd: Set<number>, alpha: number) {
  const tested = tests.filter(({ p_value }) => p_value !== null).length;
  const selected = (uses.filter(standsOut).length * alpha) / tested;
  const known = new Map<string, number>();
  const quantile = (tail: number, degrees: number) => {
    const key = `${tail} ${degrees}`;
    const times = known.get(key) ?? studentQuantile(tail, degrees);
    known.set(key, times);
    return times;
  };
  return tests.map((test, i) => {
    const { own, p_value, rest_share } = test;
    const use = uses[i]!;
    const boundAt = (sign: number) => {
      if (p_value === null) return null;
      const times = quantile((standsOut(use) ? selected : alpha) / 2, test.degrees);
      const value = own.value + sign * times * test.spread;
      return Math.sin(Math.min(Math.PI / 2, Math.max(0, value))) ** 2 / rest_share;
    };
    // Each field by its name: objects that are put together from others take many times as long.
    return {
      program: own.cell.program,
      cohort_id: own.cell.cohort_id,
      cohort: own.cell.cohort,
      name: own.cell.name,
      use,
      students: own.cell.students,
      pages: own.cell.pages,
      pages_per_student: own.cell.pages / own.cell.students,
      share: own.share,
      rest_students: test.rest_students,
      rest_share,
      ratio: test.ratio,
      ratio_low: boundAt(-1),
      ratio_high: boundAt(1),
      rank: test.rank,
      cohorts: test.cohorts,
      is_reference: !odd.has(own.cell.cohort_id),
      p_value,
      adjusted_p_value: adjusted[i]!,
    };
  });
}
