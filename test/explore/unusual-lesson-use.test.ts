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

const pairs = unusualLessonUse(lessonTraffic([classOf(1, 12), classOf(2, 4), classOf(3, 4)]));

it("unusualLessonUse finds the cohort that reads a lesson more than others, and says how much", () => {
  expect(of(pairs, "use", "rank", "cohorts", "students", "rest_students")).toEqual([
    [1, "more than others", 1, 3, 10, 20],
    [2, "less than others", 2, 3, 10, 20],
    [3, "less than others", 2, 3, 10, 20],
  ]);
  // 119 of 419 pages against 78 of 678: each ten students open 3, 4 or 5, one of them 3 once more.
  const columns = ["share", "rest_share", "ratio", "ratio_low", "ratio_high"];
  const [[, share, rest, ratio, low, high]] = of(pairs, ...columns) as [number[]];
  expect(share).toBeCloseTo(119 / 419, 12);
  expect(rest).toBeCloseTo(78 / 678, 12);
  expect(ratio).toBeCloseTo(119 / 419 / (78 / 678), 12);
  expect(low! < ratio! && ratio! < high!).toBe(true);
  expect(rowsOf(strongestUse(pairs, "more than others").select("cohort_id", "lesson"))).toEqual([
    [1, "sql/joins"],
  ]);
});

it("unusualLessonUse does not let one student with many pages stand for the cohort", () => {
  const one = classOf(1, 4);
  one.students[0] = { "sql/joins": 300, "sql/where": 30 };
  const found = unusualLessonUse(lessonTraffic([one, classOf(2, 4), classOf(3, 4)]));
  expect(of(found, "use").map(([, use]) => use)).toEqual(Array(3).fill("like others"));
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
  const plans = [1, 2, 3, 4].map((id) => ({
    id,
    students: Array.from({ length: 20 }, () =>
      Object.fromEntries(lessons.map((name) => [name, random(0, 3) * random(0, 4)])),
    ),
  }));
  const found = unusualLessonUse(lessonTraffic(plans));
  const p = found.getColumn("p_value").toArray() as number[];
  expect(p.length).toBe(160);
  // 8 are expected below 0.05, 1.6 below 0.01; the bounds are passed once in a thousand times.
  expect(p.filter((value) => value < 0.05).length).toBeLessThanOrEqual(18);
  expect(where(found, { use: not("like others") }).height).toBe(0);
});

it("unusualLessonUse compares nobody with nobody", () => {
  expect(unusualLessonUse(lessonTraffic([classOf(1, 4)])).height).toBe(0);
});

it("unusualLessonUse has room for classes whose dates stand for none", () => {
  // A class from year 1 to 9999, of which the log shows hardly anything, is compared with nobody.
  const request = {
    ...{ at: "2020-01-10 09:00:00", path: "sql/joins", user_id: 400, cohort_id: 4 },
    ...{ cohort: "Class 4", program: "Data Science" },
    ...{ start_date: "0001-01-01", end_date: "9999-12-31" },
  };
  const found = unusualLessonUse(
    lessonTraffic([classOf(1, 12), classOf(2, 4), classOf(3, 4)], [request]),
  );
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
