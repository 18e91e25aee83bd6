import type pl from "nodejs-polars";
import { describe, expect, it } from "vitest";
import { cohortsInClass } from "../../../lib/explore/cohorts-in-class";
import { consistentLessons } from "../../../lib/explore/consistent-lessons";
import { unusualLessonUse } from "../../../lib/explore/unusual-lesson-use";
import { consistentLessonsAnswer } from "../../../lib/report/answers/consistent-lessons";
import { unusualLessonsAnswer } from "../../../lib/report/answers/unusual-lessons";
import { type ClassPlan, lessonTraffic } from "../../explore/lesson-traffic";
import { wordsOf } from "./sound-words";

const consistent = (pages: pl.DataFrame) =>
  wordsOf(consistentLessonsAnswer(consistentLessons(pages), cohortsInClass(pages)));
const unusual = (pages: pl.DataFrame) =>
  wordsOf(unusualLessonsAnswer(unusualLessonUse(pages), unusualLessonUse(pages, { of: "topic" })));

const plan = (id: number, joins: number): ClassPlan => ({
  id,
  students: Array.from({ length: 8 }, () => ({ "sql/joins": joins, "sql/where": 30 })),
});

describe("consistentLessonsAnswer", () => {
  it("names the lesson per program", () => {
    const words = consistent(lessonTraffic([plan(1, 50), plan(2, 40), plan(3, 60)]));
    expect(words.headline).toBe("Data Science: sql/joins");
    expect(words.details).toContain("3 of 3 cohorts");
  });

  it("calls nothing consistent of one cohort, or of an empty log", () => {
    const none = "No program has cohorts enough to call a lesson consistent";
    const one = consistent(lessonTraffic([plan(1, 50)]));
    expect(one.headline).toBe(none);
    expect(one.details).toContain("Nothing can be called consistent in Data Science");
    expect(consistent(lessonTraffic([])).headline).toBe(none);
  });
});

describe("unusualLessonsAnswer", () => {
  it("names the cohort and lesson that stand out", () => {
    const words = unusual(lessonTraffic([plan(1, 40), plan(2, 4), plan(3, 4)]));
    expect(words.headline).toBe(
      "Yes: Class 1 read sql/joins 4.9 times as much as the other cohorts",
    );
    expect(words.details).toContain("Most clearly glossed over");
  });

  it("says when nothing stands out, or nothing can be compared", () => {
    expect(unusual(lessonTraffic([plan(1, 4), plan(2, 4)])).headline).toBe(
      "No cohort read a lesson significantly more or less than others",
    );
    for (const plans of [[], [plan(1, 4)]]) {
      expect(unusual(lessonTraffic(plans)).headline).toBe("There are no cohorts to compare");
    }
  });
});
