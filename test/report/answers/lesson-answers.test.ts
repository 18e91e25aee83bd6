import type pl from "nodejs-polars";
import { expect, it } from "vitest";
import { cohortsInClass } from "../../../lib/explore/cohorts-in-class";
import { consistentLessons } from "../../../lib/explore/consistent-lessons";
import { unusualLessonUse } from "../../../lib/explore/unusual-lesson-use";
import { consistentLessonsAnswer } from "../../../lib/report/answers/consistent-lessons";
import { unusualLessonsAnswer } from "../../../lib/report/answers/unusual-lessons";
import { lessonTraffic } from "../../explore/lesson-traffic";
import { wordsOf } from "./sound-words";

const consistent = (pages: pl.DataFrame) =>
  wordsOf(consistentLessonsAnswer(consistentLessons(pages), cohortsInClass(pages)));
const unusual = (pages: pl.DataFrame) =>
  wordsOf(unusualLessonsAnswer(unusualLessonUse(pages), unusualLessonUse(pages, { of: "topic" })));

/** Classes of eight students, who each open so many pages of the first lesson. */
const traffic = (...joins: number[]) =>
  lessonTraffic(
    joins.map((pages, i) => {
      return { id: i + 1, students: Array(8).fill({ "sql/joins": pages, "sql/where": 30 }) };
    }),
  );

it("consistentLessonsAnswer names the lesson per program, and nothing of one cohort or none", () => {
  const words = consistent(traffic(50, 40, 60));
  expect(words.headline).toBe("Data Science: sql/joins");
  expect(words.details).toContain("3 of 3 cohorts");
  const [one, empty] = [consistent(traffic(50)), consistent(traffic())];
  const none = "No program has cohorts enough to call a lesson consistent";
  expect([one.headline, empty.headline]).toEqual([none, none]);
  expect(one.details).toContain("Nothing can be called consistent in Data Science");
});

it.each([
  [[40, 4, 4, 4, 4, 4], "Yes: Class 1 read sql/joins 4.9 times as much as the other cohorts"],
  [[4, 4, 4, 4, 4, 4], "No cohort read a lesson significantly more or less than others"],
  [[40, 4, 4], "There are too few cohorts to tell"],
  [[4, 4], "There are too few cohorts to tell"],
  [[4], "There are no cohorts to compare"],
  [[], "There are no cohorts to compare"],
])("unusualLessonsAnswer says what stands out of classes with %j pages", (joins, headline) => {
  const words = unusual(traffic(...joins));
  expect(words.headline).toBe(headline);
  if (joins.length === 3) {
    expect(words.details).toContain("Class 1 (Data Science) read *sql/joins* 4.9 times as much as");
    expect(words.details).toContain("the other 2 cohorts that had it, 40 pages per student");
    expect(words.sure).toContain("Not at all");
  }
});
