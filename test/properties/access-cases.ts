import fc from "fast-check";
import type pl from "nodejs-polars";
import * as lib from "../../lib/index";
import {
  type AnyCase,
  between0And1,
  from,
  groupedBy,
  of,
  permutations,
  positive,
  seed,
  some,
} from "./case";
import { daysOfLog } from "./holds";

const day = fc.oneof(
  fc.constantFrom<string | Date>("2020-01-20", "2020-02-29T10:00", "0001-01-01", "9999-12-31"),
  fc.date({ min: new Date("2020-01-01"), max: new Date("2020-04-01"), noInvalidDate: true }),
);
const direction = fc.constantFrom(
  "either direction" as const,
  "data science students on web development" as const,
  "web development students on data science" as const,
);
const shutOff = some({ only: direction, alpha: between0And1, permutations, seed });
const wrongShutOff = [
  [{ alpha: 1 }, /alpha.*1/],
  [{ permutations: 0 }, /permutations.*0/],
  [{ seed: 0.5 }, /seed.*0.5/],
  [{ only: "x" }, /only.*x/],
] as const;
const wrongDay = "2020-02-30";

/** lib/detect/access. */
export const ACCESS_CASES: readonly AnyCase[] = [
  of({
    name: "accessAfterGraduation",
    ask: (w) => lib.accessAfterGraduation(w.log),
    anyOrder: true,
  }),
  of({
    name: "accessViolations",
    options: some({
      shutOff: day,
      rules: fc.subarray([
        ...(["no cohort", "before start", "after end", "other program"] as const),
      ]),
      known: fc.boolean(),
    }),
    ask: (w, { known = true, ...options }) =>
      lib.accessViolations(w.log, { ...options, ...(known && { curricula: w.curricula }) }),
    outside: [
      [{ rules: ["x"] }, /rules?.*x/],
      [{ shutOff: wrongDay }, /shutOff.*2020-02-30/],
    ],
  }),
  of({ name: "violationsByUser", ask: (w) => lib.violationsByUser(w.violations) }),
  of({
    name: "pageCurricula",
    options: some({
      minReaders: from(1, 4),
      ratio: fc.double({ min: 1.001, max: 9, noNaN: true }),
    }),
    ask: (w, options) => lib.pageCurricula(w.log, options),
    anyOrder: true,
    outside: [
      [{ minReaders: 0 }, /minReaders.*0/],
      [{ ratio: 1 }, /ratio.*1/],
    ],
  }),
  of({
    name: "crossProgramByMonth",
    options: some({ every: fc.constantFrom("month" as const, "week" as const, "day" as const) }),
    ask: (w, options) => lib.crossProgramByMonth(w.log, w.curricula, options),
    anyOrder: true,
    outside: [[{ every: "year" }, /every.*year/]],
  }),
  of({
    name: "crossProgramDays",
    options: some({ from: day, allowed: from(1, 4), known: fc.boolean() }),
    ask: (w, { known = true, ...options }) =>
      lib.crossProgramDays(w.log, { ...options, ...(known && { curricula: w.curricula }) }),
    anyOrder: true,
    holds: (days: pl.DataFrame, w) => daysOfLog(days, w.log),
    outside: [
      [{ allowed: 0 }, /allowed.*0/],
      [{ from: wrongDay }, /from.*2020-02-30/],
    ],
  }),
  of({
    name: "crossProgramShutOff",
    options: fc
      .tuple(shutOff, some({ until: day }))
      .map(([options, until]) => ({ permutations: 9, ...options, ...until })),
    ask: (w, options) => lib.crossProgramShutOff(w.log, w.curricula, options),
    anyOrder: true,
    outside: [...wrongShutOff, [{ until: wrongDay }, /until.*2020-02-30/]],
  }),
  of({
    name: "earlierShutOff",
    options: shutOff,
    ask: (w, options) =>
      lib.earlierShutOff(w.log, w.curricula, w.shutOffs, { permutations: 9, ...options }),
    anyOrder: true,
  }),
  of({
    name: "curriculumReaders",
    ask: (w) => lib.curriculumReaders(w.log, w.curricula),
    anyOrder: true,
  }),
  of({
    name: "manyAddresses",
    options: some({ window: from(1), least: positive, pause: positive }),
    ask: (w, options) => lib.manyAddresses(w.log, options),
    anyOrder: true,
    outside: [
      [{ window: 0 }, /window.*0/],
      [{ least: 0 }, /least.*0/],
      [{ pause: Number.NaN }, /pause.*NaN/],
    ],
  }),
  of({
    name: "manyAddressesDays",
    options: some({ window: from(1), times: positive, least: positive, pause: positive }),
    ask: (w, options) => lib.manyAddressesDays(w.log, options),
    anyOrder: true,
    holds: (days: pl.DataFrame, w) => daysOfLog(days, w.log),
    outside: [
      [{ window: 1.5 }, /window.*1.5/],
      [{ times: 0 }, /times.*0/],
    ],
  }),
  of({
    name: "sharedAddresses",
    options: some({ accounts: positive }),
    ask: (w, options) => lib.sharedAddresses(w.log, options),
    anyOrder: true,
    outside: [[{ accounts: 0 }, /accounts.*0/]],
  }),
  of({
    name: "pagesByMonthsAfterEnd",
    options: some({ by: groupedBy }),
    ask: (w, options) => lib.pagesByMonthsAfterEnd(w.log, options),
    anyOrder: true,
    outside: [[{ by: "users" }, /users/]],
  }),
  of({
    name: "staffCandidates",
    options: some({ parts: from(2, 9) }),
    ask: (w, options) => lib.staffCandidates(w.log, options),
    anyOrder: true,
    outside: [[{ parts: 1 }, /parts.*1/]],
  }),
  of({
    name: "usersWithoutCohort",
    options: some({ look: fc.double({ min: 1, max: 50, noNaN: true }) }),
    ask: (w, options) => lib.usersWithoutCohort(w.log, options),
    anyOrder: true,
    outside: [[{ look: 0 }, /look.*0/]],
  }),
];
