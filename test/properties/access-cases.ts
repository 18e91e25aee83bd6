import fc from "fast-check";
import type pl from "nodejs-polars";
import * as lib from "../../lib/index";
import {
  type AnyCase,
  anyOf,
  between0And1,
  from,
  groupedBy,
  of,
  permutations,
  positive,
  real,
  seed,
  some,
} from "./case";
import { daysOfLog } from "./holds";

const day = fc.oneof(
  anyOf("2020-01-20", "2020-02-29T10:00", "0001-01-01", "9999-12-31"),
  fc.date({ min: new Date("2020-01-01"), max: new Date("2020-04-01"), noInvalidDate: true }),
);
const direction = anyOf(
  "either direction",
  "data science students on web development",
  "web development students on data science",
);
const shutOff = some({ only: direction, alpha: between0And1, permutations, seed });
const wrongShutOff = [{ alpha: 1 }, { permutations: 0 }, { seed: 0.5 }, { only: "x" }] as const;
const wrongDay = "2020-02-30";

/** lib/detect/access. */
export const ACCESS_CASES: readonly AnyCase[] = [
  of({ name: "accessAfterGraduation", ask: (w) => lib.accessAfterGraduation(w.log) }),
  of({
    name: "accessViolations",
    inOrder: true,
    options: some({
      shutOff: day,
      rules: fc.subarray([
        ...(["no cohort", "before start", "after end", "other program"] as const),
      ]),
      known: fc.boolean(),
    }),
    ask: (w, { known = true, ...options }) =>
      lib.accessViolations(w.log, { ...options, ...(known && { curricula: w.curricula }) }),
    outside: [{ rules: ["x"] }, { shutOff: wrongDay }],
  }),
  of({ name: "violationsByUser", inOrder: true, ask: (w) => lib.violationsByUser(w.violations) }),
  of({
    name: "pageCurricula",
    options: some({ minReaders: from(1, 4), ratio: real(1.001, 9) }),
    ask: (w, options) => lib.pageCurricula(w.log, options),
    outside: [{ minReaders: 0 }, { ratio: 1 }],
  }),
  of({
    name: "crossProgramByMonth",
    options: some({ every: anyOf("month", "week", "day") }),
    ask: (w, options) => lib.crossProgramByMonth(w.log, w.curricula, options),
    outside: [{ every: "year" }],
  }),
  of({
    name: "crossProgramDays",
    options: some({ from: day, allowed: from(1, 4), known: fc.boolean() }),
    ask: (w, { known = true, ...options }) =>
      lib.crossProgramDays(w.log, { ...options, ...(known && { curricula: w.curricula }) }),
    holds: (days: pl.DataFrame, w) => daysOfLog(days, w.log),
    outside: [{ allowed: 0 }, { from: wrongDay }],
  }),
  of({
    name: "crossProgramShutOff",
    options: fc
      .tuple(shutOff, some({ until: day }))
      .map(([options, until]) => ({ permutations: 9, ...options, ...until })),
    ask: (w, options) => lib.crossProgramShutOff(w.log, w.curricula, options),
    outside: [...wrongShutOff, { until: wrongDay }],
  }),
  of({
    name: "earlierShutOff",
    options: shutOff,
    ask: (w, options) =>
      lib.earlierShutOff(w.log, w.curricula, w.shutOffs, { permutations: 9, ...options }),
  }),
  of({ name: "curriculumReaders", ask: (w) => lib.curriculumReaders(w.log, w.curricula) }),
  of({
    name: "manyAddresses",
    options: some({ window: from(1), least: positive, pause: positive }),
    ask: (w, options) => lib.manyAddresses(w.log, options),
    outside: [{ window: 0 }, { least: 0 }, { pause: Number.NaN }],
  }),
  of({
    name: "manyAddressesDays",
    options: some({ window: from(1), times: positive, least: positive, pause: positive }),
    ask: (w, options) => lib.manyAddressesDays(w.log, options),
    holds: (days: pl.DataFrame, w) => daysOfLog(days, w.log),
    outside: [{ window: 1.5 }, { times: 0 }],
  }),
  of({
    name: "sharedAddresses",
    options: some({ accounts: positive }),
    ask: (w, options) => lib.sharedAddresses(w.log, options),
    outside: [{ accounts: 0 }],
  }),
  of({
    name: "pagesByMonthsAfterEnd",
    options: some({ by: groupedBy }),
    ask: (w, options) => lib.pagesByMonthsAfterEnd(w.log, options),
    outside: [[{ by: "users" }, /users/]],
  }),
  of({
    name: "staffCandidates",
    options: some({ parts: from(2, 9) }),
    ask: (w, options) => lib.staffCandidates(w.log, options),
    outside: [{ parts: 1 }],
  }),
  of({
    name: "usersWithoutCohort",
    options: some({ look: real(1, 50) }),
    ask: (w, options) => lib.usersWithoutCohort(w.log, options),
    outside: [{ look: 0 }],
  }),
];
