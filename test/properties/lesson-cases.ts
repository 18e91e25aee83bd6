import fc from "fast-check";
import type pl from "nodejs-polars";
import * as lib from "../../lib/index";
import { FEW } from "../support/log-world";
import { type AnyCase, between0And1, from, of, share, some } from "./case";
import { sameRows, sumOf, viewsIn } from "./holds";

const floors = { minStudents: from(1, 4), minCovered: share };
const what = fc.constantFrom("lesson" as const, "topic" as const);

/** lib/explore, of lessons. */
export const LESSON_CASES: readonly AnyCase[] = [
  of({
    name: "lessonPaths",
    options: some({ minReaders: from(1, 4) }),
    ask: (w, options) => lib.lessonPaths(w.log, options),
    anyOrder: true,
    holds: (paths: pl.DataFrame, w) => sumOf(paths, "pages", viewsIn(w.log)),
    outside: [[{ minReaders: 0 }, /minReaders.*got 0/]],
  }),
  of({
    name: "lessonPages",
    options: some({ minReaders: from(1, 4), lessons: fc.boolean() }),
    ask: (w, options) => lib.lessonPages(w.log, options),
    holds: (pages: pl.DataFrame, w, options) => {
      if (options.lessons === false) sameRows(pages, viewsIn(w.log));
    },
    outside: [[{ minReaders: Number.NaN }, /minReaders.*got NaN/]],
  }),
  of({ name: "lessonSummary", ask: (w) => lib.lessonSummary(lib.lessonPaths(w.log)) }),
  of({
    name: "cohortLessons",
    options: some({ of: what, sections: fc.boolean(), ...floors }),
    ask: (w, options) => lib.cohortLessons(w.lessons, options),
    anyOrder: true,
    outside: [
      [{ of: "path" }, /\bof\b.*got path/],
      [{ minStudents: 0 }, /minStudents.*got 0/],
      [{ minCovered: 2 }, /minCovered.*got 2/],
    ],
  }),
  of({
    name: "cohortsInClass",
    options: some(floors),
    ask: (w, options) => lib.cohortsInClass(w.lessons, options),
    anyOrder: true,
    outside: [
      [{ minStudents: -1 }, /minStudents.*got -1/],
      [{ minCovered: Number.NaN }, /minCovered.*got NaN/],
    ],
  }),
  of({
    name: "consistentLessons",
    options: some({ of: what, sections: fc.boolean(), first: from(1, 5), ...floors }),
    ask: (w, options) => lib.consistentLessons(w.lessons, options),
    anyOrder: true,
    outside: [
      [{ first: 0 }, /first.*got 0/],
      [{ of: "x" }, /\bof\b.*got x/],
    ],
  }),
  of({
    name: "unusualLessonUse",
    options: some({
      ...{ of: what, sections: fc.boolean(), minStudentPages: from(1, 5), minExpected: from(1, 5) },
      ...{ minRatio: fc.double({ min: 1, max: 4, noNaN: true }), alpha: between0And1, ...floors },
    }),
    ask: (w, options) =>
      lib.unusualLessonUse(w.lessons, { ...FEW, minStudentPages: 1, minExpected: 1, ...options }),
    anyOrder: true,
    outside: [
      [{ minStudentPages: 0 }, /minStudentPages.*got 0/],
      [{ minExpected: 0 }, /minExpected.*got 0/],
      [{ minRatio: 0.5 }, /minRatio.*got 0.5/],
      [{ alpha: 1 }, /alpha.*got 1/],
    ],
  }),
  of({
    name: "strongestUse",
    options: some({ use: fc.constantFrom("more than others", "less than others") }),
    ask: (w, { use = "more than others" }) => lib.strongestUse(w.unusual, use),
    anyOrder: true,
    outside: [[{ use: "like others" }, /\buse\b.*got like others/]],
  }),
  of({
    name: "graduatesReading",
    options: some({ by: what, jobMonths: from(1, 12) }),
    ask: (w, options) => lib.graduatesReading(w.lessons, options),
    anyOrder: true,
    outside: [
      [{ by: "path" }, /\bby\b.*got path/],
      [{ jobMonths: 0 }, /jobMonths.*got 0/],
    ],
  }),
  of({
    name: "graduatesReadingByPeriod",
    options: some({
      by: what,
      starts: fc
        .uniqueArray(fc.nat(20), { minLength: 1, maxLength: 5 })
        .map((starts) => starts.sort((a, b) => a - b)),
    }),
    ask: (w, options) => lib.graduatesReadingByPeriod(w.lessons, options),
    anyOrder: true,
    outside: [
      [{ starts: [] }, /starts.*got none/],
      [{ starts: [3, 1] }, /starts.*got 3, 1/],
    ],
  }),
  of({
    name: "leastReadLessons",
    options: some({
      ...{ minReaders: from(1, 3), minStudents: from(1, 5), newDays: from(1), quietDays: from(1) },
      ratio: fc.double({ min: 1, max: 9, noNaN: true }),
    }),
    ask: (w, options) => lib.leastReadLessons(w.lessons, options),
    anyOrder: true,
    outside: [
      [{ minReaders: 0 }, /minReaders.*got 0/],
      [{ newDays: 0.5 }, /newDays.*got 0.5/],
      [{ ratio: 0 }, /ratio.*got 0/],
    ],
  }),
  of({ name: "splitLessons", ask: (w) => lib.splitLessons(w.lessons), anyOrder: true }),
];
