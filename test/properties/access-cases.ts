import fc from "fast-check";
import type { Case } from "./case";
import * as c from "./case";
import { daysOfLog } from "./holds";

const { asks, anyOf, from, positive } = c;
const day = fc.oneof(
  anyOf("2020-01-20", "2020-02-29T10:00", "0001-01-01", "9999-12-31"),
  fc.date({ min: new Date("2020-01-01"), max: new Date("2020-04-01"), noInvalidDate: true }),
);
const direction = anyOf(
  "either direction",
  "data science students on web development",
  "web development students on data science",
);
const rule = ["no cohort", "before start", "after end", "other program"];
const { permutations, seed } = c;
const shutOff = { only: direction, alpha: c.between0And1, permutations, seed };
const wrongDay = "2020-02-30";
const known = { curricula: new c.Frame("curricula") };

/** lib/detect/access. */
export const ACCESS_CASES: readonly Case[] = [
  asks("accessAfterGraduation", "log"),
  asks("accessViolations", "log", {
    settings: { shutOff: day, rules: fc.subarray(rule), curricula: c.none },
    outside: { rules: ["x"], shutOff: wrongDay },
    inOrder: true,
    base: known,
  }),
  asks("violationsByUser", "violations", { inOrder: true }),
  asks("pageCurricula", "log", {
    settings: { minReaders: from(1, 4), ratio: c.real(1.001, 9) },
    outside: { minReaders: 0, ratio: 1 },
  }),
  asks("crossProgramByMonth", "log curricula", {
    settings: { every: anyOf("month", "week", "day") },
    outside: { every: "year" },
  }),
  asks("crossProgramDays", "log", {
    settings: { from: day, allowed: from(1, 4), curricula: c.none },
    outside: { allowed: 0, from: wrongDay },
    base: known,
    holds: daysOfLog,
  }),
  asks("crossProgramShutOff", "log curricula", {
    settings: { ...shutOff, until: day },
    outside: { alpha: 1, permutations: 0, seed: 0.5, only: "x", until: wrongDay },
    base: { permutations: 9 },
  }),
  asks("earlierShutOff", "log curricula shutOffs", {
    settings: shutOff,
    base: { permutations: 9 },
  }),
  asks("curriculumReaders", "log curricula"),
  asks("manyAddresses", "log", {
    settings: { window: from(1), least: positive, pause: positive },
    outside: { window: 0, least: 0, pause: Number.NaN },
  }),
  asks("manyAddressesDays", "log", {
    settings: { window: from(1), times: positive, least: positive, pause: positive },
    outside: { window: 1.5, times: 0 },
    holds: daysOfLog,
  }),
  asks("sharedAddresses", "log", { settings: { accounts: positive }, outside: { accounts: 0 } }),
  asks("pagesByMonthsAfterEnd", "log", { settings: { by: c.groupedBy }, outside: { by: "users" } }),
  asks("staffCandidates", "log", { settings: { parts: from(2, 9) }, outside: { parts: 1 } }),
  asks("usersWithoutCohort", "log", { settings: { look: c.real(1, 50) }, outside: { look: 0 } }),
];
