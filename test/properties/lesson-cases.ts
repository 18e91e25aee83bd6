import fc from "fast-check";
import * as lib from "../../lib/index";
import { FEW } from "../support/log-world";
import { asks, atLeast, between0And1, but, type Case, from, oneOf, real, share } from "./case";
import { sameRows, sumOf, viewsIn } from "./holds";

const floors = { minStudents: atLeast(1, 4), minCovered: share };
const what = oneOf("lesson", "topic");
const starts = fc
  .uniqueArray(fc.nat(20), { minLength: 1, maxLength: 5 })
  .map((some) => some.sort((a, b) => a - b));

/** lib/explore, of lessons. */
export const LESSON_CASES: readonly Case[] = [
  asks("lessonPaths", "log", {
    settings: { minReaders: atLeast(1, 4) },
    holds: (paths, w) => sumOf(paths, "pages", viewsIn(w.log)),
  }),
  asks("lessonPages", "log", {
    settings: { minReaders: atLeast(1, 4), lessons: fc.boolean() },
    inOrder: true,
    holds: (pages, w, { lessons }) => lessons !== false || sameRows(pages, viewsIn(w.log)),
  }),
  asks("lessonSummary", "paths"),
  asks("cohortLessons", "lessons", { settings: { of: what, sections: fc.boolean(), ...floors } }),
  asks("cohortsInClass", "lessons", { settings: floors }),
  asks("consistentLessons", "lessons", {
    settings: { of: what, sections: fc.boolean(), first: atLeast(1, 5), ...floors },
  }),
  asks("unusualLessonUse", "lessons", {
    settings: {
      ...{
        of: what,
        sections: fc.boolean(),
        minStudentPages: atLeast(1, 5),
        minExpected: atLeast(1, 5),
      },
      ...{ minRatio: but([0.5], real(1, 4)), alpha: between0And1, ...floors },
    },
    base: { ...FEW, minStudentPages: 1, minExpected: 1 },
  }),
  {
    name: "strongestUse",
    settings: { use: oneOf("more than others", "less than others", "not tested") },
    ask: (w, { use = "more than others" }) => lib.strongestUse(w.unusual, use),
  },
  asks("graduatesReading", "lessons", { settings: { by: what, jobMonths: from(1, 12) } }),
  asks("graduatesReadingByPeriod", "lessons", {
    settings: { by: what, starts },
    outside: { starts: [3, 1] },
  }),
  asks("leastReadLessons", "lessons", {
    settings: {
      ...{ minReaders: from(1, 3), minStudents: from(1, 5), newDays: from(1), quietDays: from(1) },
      ratio: but([0], real(1, 9)),
    },
  }),
  asks("splitLessons", "lessons"),
];
