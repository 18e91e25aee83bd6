import fc from "fast-check";
import * as lib from "../../lib/index";
import { FEW } from "../support/log-world";
import { anyOf, asks, between0And1, type Case, from, real, share } from "./case";
import { sameRows, sumOf, viewsIn } from "./holds";

const floors = { minStudents: from(1, 4), minCovered: share };
const what = anyOf("lesson", "topic");
const starts = fc
  .uniqueArray(fc.nat(20), { minLength: 1, maxLength: 5 })
  .map((some) => some.sort((a, b) => a - b));

/** lib/explore, of lessons. */
export const LESSON_CASES: readonly Case[] = [
  asks("lessonPaths", "log", {
    settings: { minReaders: from(1, 4) },
    outside: { minReaders: 0 },
    holds: (paths, w) => sumOf(paths, "pages", viewsIn(w.log)),
  }),
  asks("lessonPages", "log", {
    settings: { minReaders: from(1, 4), lessons: fc.boolean() },
    outside: { minReaders: Number.NaN },
    inOrder: true,
    holds: (pages, w, { lessons }) => lessons !== false || sameRows(pages, viewsIn(w.log)),
  }),
  asks("lessonSummary", "paths"),
  asks("cohortLessons", "lessons", {
    settings: { of: what, sections: fc.boolean(), ...floors },
    outside: { of: "path", minStudents: 0, minCovered: 2 },
  }),
  asks("cohortsInClass", "lessons", {
    settings: floors,
    outside: { minStudents: -1, minCovered: Number.NaN },
  }),
  asks("consistentLessons", "lessons", {
    settings: { of: what, sections: fc.boolean(), first: from(1, 5), ...floors },
    outside: { first: 0, of: "x" },
  }),
  asks("unusualLessonUse", "lessons", {
    settings: {
      ...{ of: what, sections: fc.boolean(), minStudentPages: from(1, 5), minExpected: from(1, 5) },
      ...{ minRatio: real(1, 4), alpha: between0And1, ...floors },
    },
    outside: { minStudentPages: 0, minExpected: 0, minRatio: 0.5, alpha: 1 },
    base: { ...FEW, minStudentPages: 1, minExpected: 1 },
  }),
  {
    name: "strongestUse",
    options: fc.record({ use: anyOf("more than others", "less than others") }),
    ask: (w, { use = "more than others" }) => lib.strongestUse(w.unusual, use),
    outside: { use: "like others" },
  },
  asks("graduatesReading", "lessons", {
    settings: { by: what, jobMonths: from(1, 12) },
    outside: { by: "path", jobMonths: 0 },
  }),
  asks("graduatesReadingByPeriod", "lessons", {
    settings: { by: what, starts },
    outside: { starts: [3, 1] },
  }),
  asks("leastReadLessons", "lessons", {
    settings: {
      ...{ minReaders: from(1, 3), minStudents: from(1, 5), newDays: from(1), quietDays: from(1) },
      ratio: real(1, 9),
    },
    outside: { minReaders: 0, newDays: 0.5, ratio: 0 },
  }),
  asks("splitLessons", "lessons"),
];
