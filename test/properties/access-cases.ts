import fc from "fast-check";
import type pl from "nodejs-polars";
import * as lib from "../../lib/index";
import {
  type AnyCase,
  anyOf,
  asks,
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
  asks("accessAfterGraduation", "log"),
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
  asks("violationsByUser", "violations", {}, [], { inOrder: true }),
  asks("pageCurricula", "log", { minReaders: from(1, 4), ratio: real(1.001, 9) }, [
    { minReaders: 0 },
    { ratio: 1 },
  ]),
  asks("crossProgramByMonth", "log curricula", { every: anyOf("month", "week", "day") }, [
    { every: "year" },
  ]),
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
  asks("curriculumReaders", "log curricula"),
  asks("manyAddresses", "log", { window: from(1), least: positive, pause: positive }, [
    { window: 0 },
    { least: 0 },
    { pause: Number.NaN },
  ]),
  asks(
    "manyAddressesDays",
    "log",
    { window: from(1), times: positive, least: positive, pause: positive },
    [{ window: 1.5 }, { times: 0 }],
    { holds: (days: pl.DataFrame, w) => daysOfLog(days, w.log) },
  ),
  asks("sharedAddresses", "log", { accounts: positive }, [{ accounts: 0 }]),
  asks("pagesByMonthsAfterEnd", "log", { by: groupedBy }, [[{ by: "users" }, /users/]]),
  asks("staffCandidates", "log", { parts: from(2, 9) }, [{ parts: 1 }]),
  asks("usersWithoutCohort", "log", { look: real(1, 50) }, [{ look: 0 }]),
];
