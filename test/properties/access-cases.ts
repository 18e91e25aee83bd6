import fc from "fast-check";
import type { Case } from "./case";
import * as c from "./case";
import { daysOfLog } from "./holds";

const { asks, but, from, oneOf, positive } = c;
const day = but(
  ["2020-02-30"],
  fc.oneof(
    c.anyOf("2020-01-20", "2020-02-29T10:00", "0001-01-01", "9999-12-31"),
    fc.date({ min: new Date("2020-01-01"), max: new Date("2020-04-01"), noInvalidDate: true }),
  ),
);
const direction = oneOf(
  "either direction",
  "data science students on web development",
  "web development students on data science",
);
const rules = c.someOf("no cohort", "before start", "after end", "other program");
const { permutations, seed } = c;
const shutOff = { only: direction, factor: but([1], c.real(1.001, 9)), permutations, seed };
const known = { curricula: new c.Frame("curricula") };

/** lib/detect/access. */
export const ACCESS_CASES: readonly Case[] = [
  asks("accessAfterGraduation", "log"),
  asks("accessViolations", "log", {
    settings: { shutOff: day, rules, curricula: c.none },
    inOrder: true,
    base: known,
  }),
  asks("violationsByUser", "violations", { inOrder: true }),
  asks("pageCurricula", "log", {
    settings: { minReaders: from(1, 4), ratio: but([1], c.real(1.001, 9)) },
  }),
  asks("crossProgramByMonth", "log curricula", {
    settings: { every: oneOf("month", "week", "day") },
  }),
  asks("crossProgramDays", "log", {
    settings: { from: day, allowed: from(1, 4), curricula: c.none },
    base: known,
    holds: daysOfLog,
  }),
  asks("crossProgramShutOff", "log curricula", {
    settings: { ...shutOff, until: day },
    base: { permutations: 9 },
  }),
  asks("earlierShutOff", "log curricula shutOffs", {
    settings: shutOff,
    base: { permutations: 9 },
    refuses: false,
  }),
  asks("shutOffReaders", "log curricula shutOffs", { settings: { least: from(1) } }),
  asks("shutOffBreaks", "log curricula shutOffs breaks"),
  asks("curriculumReaders", "log curricula"),
  asks("manyAddresses", "log", { settings: { window: from(1), pause: positive } }),
  asks("manyAddressesDays", "log", {
    settings: { window: from(1), times: positive, least: positive, pause: positive },
    holds: daysOfLog,
  }),
  asks("sharedAddresses", "log", { settings: { accounts: positive } }),
  asks("pagesByMonthsAfterEnd", "log", { settings: { by: c.groupedBy } }),
  asks("staffCandidates", "log", { settings: { parts: from(2, 9), together: from(1) } }),
  asks("staffRanking", "staff", { settings: { samples: from(1, 9), seed: from(1) } }),
  asks("usersWithoutCohort", "log", { settings: { look: but([0], c.real(1, 50)) } }),
];
