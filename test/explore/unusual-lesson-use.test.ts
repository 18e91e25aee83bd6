import pl from "nodejs-polars";
import { expect, it } from "vitest";
import { not, strongestUse, unusualLessonUse, where } from "../../lib";
import { rowsOf } from "../support/access-log";
import { randomIntegers } from "../support/random";
import { type ClassPlan, lessonTraffic } from "./lesson-traffic";

/** A class of ten whose students open joins so often, and other lessons 30 times. */
const classOf = (id: number, joins: number): ClassPlan => ({
  id,
  students: Array.from({ length: 10 }, (_, i) => ({
    "sql/joins": Math.max(0, joins + (i % 3) - 1),
    "sql/where": 30,
  })),
});
const of = (frame: pl.DataFrame, ...columns: string[]) =>
  rowsOf(where(frame, { lesson: "sql/joins" }).select("cohort_id", ...columns));

const seven = [24, 4, 5, 4, 3, 5, 4].map((joins, i) => classOf(i + 1, joins));
const pairs = unusualLessonUse(lessonTraffic(seven));

it("unusualLessonUse finds the cohort that reads a lesson more than others, and says how much", () => {
  const others = [4, 2, 4, 7, 2, 4].map((rank, i) => [i + 2, "like others", rank, 7, 10, 60]);
  expect(of(pairs, "use", "rank", "cohorts", "students", "rest_students")).toEqual([
    [1, "more than others", 1, 7, 10, 60],
    ...others,
  ]);
  // It differs in both of its pairs, but two are too few to be odd.
  expect(pairs.getColumn("is_reference").toArray()).toEqual(Array(14).fill(true));
  // Each ten students open 23, 24 or 25, one of them 23 once more: 239 of 539 pages.
  const columns = ["share", "rest_share", "ratio", "ratio_low", "ratio_high"];
  const [[, share, rest, ratio, low, high]] = of(pairs, ...columns) as [number[]];
  expect(share).toBeCloseTo(239 / 539, 12);
  // Between the others' 29 of 329 and 49 of 349.
  expect(rest! > 29 / 329 && rest! < 49 / 349).toBe(true);
  expect(ratio).toBeCloseTo(share! / rest!, 12);
  expect(1 < low! && low! < ratio! && ratio! < high!).toBe(true);
  expect(rowsOf(strongestUse(pairs, "more than others").select("cohort_id", "lesson"))).toEqual([
    [1, "sql/joins"],
  ]);
});

it("unusualLessonUse tests nothing between two cohorts", () => {
  const two = unusualLessonUse(lessonTraffic([classOf(1, 60), classOf(2, 4)]));
  expect(of(two, "use", "p_value", "ratio_low", "rank")).toEqual([
    [1, "not tested", null, null, 1],
    [2, "not tested", null, null, 2],
  ]);
});

it("unusualLessonUse compares classes of which half lies in the time in which a lesson was read", () => {
  const read = { start: "2020-01-06", end: "2020-03-05" };
  const cohortsWhere = (end: string) => {
    const others = Array(10).fill({ "sql/where": 40 });
    const plans = [1, 2].map((id) => ({ ...classOf(id, 12), ...read }));
    const late = { id: 3, start: "2020-02-15", end, students: others };
    return of(unusualLessonUse(lessonTraffic([...plans, late]))).map(([id]) => id);
  };
  // 20 days of February and March lie inside: of a class of 40 days half, of one of 41 less.
  expect(cohortsWhere("2020-03-25")).toEqual([1, 2, 3]);
  expect(cohortsWhere("2020-03-26")).toEqual([1, 2]);
});

it("unusualLessonUse does not call a lesson glossed over that was not there, or that is another program's", () => {
  const ten = (pages: Record<string, number>) => Array.from({ length: 10 }, () => pages);
  const later = { id: 3, start: "2020-06-01", end: "2020-06-30" };
  const old = unusualLessonUse(
    lessonTraffic([
      ...[classOf(1, 12), classOf(2, 12)],
      { ...later, students: ten({ "sql/where": 40 }) },
    ]),
  );
  expect(of(old, "cohorts").flat()).toEqual([1, 2, 2, 2]); // cohorts 1 and 2, compared with 2
  const strays = [4, 5].map((id) => ({
    ...{ id, program: "Java Full Stack" },
    students: ten({ "sql/joins": id === 4 ? 3 : 0, "java/loops": 60 }),
  }));
  const both = unusualLessonUse(lessonTraffic([classOf(1, 12), classOf(2, 12), ...strays]));
  expect(of(both, "program").map(([id]) => id)).toEqual([1, 2]);
});

it("unusualLessonUse calls hardly anything significant where students are dealt to classes at random", () => {
  const random = randomIntegers(7);
  // Students differ a lot from each other, classes do not: counts alone would be far too sure.
  const letters = [..."abcdefghijklmnopqrst"];
  const lessons = letters.flatMap((letter) => [`sql/lesson-${letter}x`, `sql/lesson-${letter}y`]);
  const plans = [1, 2, 3, 4, 5, 6, 7, 8].map((id) => ({
    id,
    students: Array.from({ length: 20 }, () =>
      Object.fromEntries(lessons.map((name) => [name, random(0, 3) * random(0, 4)])),
    ),
  }));
  const found = unusualLessonUse(lessonTraffic(plans));
  const p = found.getColumn("p_value").toArray() as number[];
  expect(p.length).toBe(320);
  // 16 are expected below 0.05; the bound is passed once in a thousand times.
  expect(p.filter((value) => value < 0.05).length).toBeLessThanOrEqual(29);
  expect(where(found, { use: not("like others") }).height).toBe(0);
});

it("unusualLessonUse compares nobody with nobody", () => {
  expect(unusualLessonUse(lessonTraffic([classOf(1, 4)])).height).toBe(0);
});

it("unusualLessonUse has room for classes whose dates stand for none", () => {
  // A class from year 1 to 9999, of which the log shows hardly anything, is compared with nobody.
  const request = {
    ...{ at: "2020-01-10 09:00:00", path: "sql/joins", user_id: 800, cohort_id: 8 },
    ...{ cohort: "Class 8", program: "Data Science" },
    ...{ start_date: "0001-01-01", end_date: "9999-12-31" },
  };
  const found = unusualLessonUse(lessonTraffic(seven, [request]));
  expect(of(found, "use")).toEqual(of(pairs, "use"));
});

const judged = pl.DataFrame({
  cohort_id: [1, 2, 3, 4, 5],
  use: ["more", "more", "less", "less", "more"].map((use) => `${use} than others`),
  ratio_low: [2, 3, 0.1, 0.01, 3],
  ratio_high: [9, 4, 0.2, 0.4, 5],
});
const cohorts = (use: string) => strongestUse(judged, use).getColumn("cohort_id").toArray();

it("strongestUse puts first what is furthest from the others even at the near end of its interval", () => {
  expect(cohorts("more than others")).toEqual([2, 5, 1]);
  expect(cohorts("less than others")).toEqual([3, 4]);
});

it("strongestUse puts first what is furthest apart of what was not tested", () => {
  const shares = { share: [0.09, 0.25, 0.01], rest_share: [0.04, 0.01, 0.16] };
  const use = Array(3).fill("not tested");
  // Of the roots: 0.3 and 0.2, 0.5 and 0.1, 0.1 and 0.4.
  const found = strongestUse(pl.DataFrame({ cohort_id: [1, 2, 3], use, ...shares }), "not tested");
  expect(found.getColumn("cohort_id").toArray()).toEqual([2, 3, 1]);
});
