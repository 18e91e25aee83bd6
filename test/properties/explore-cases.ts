import fc from "fast-check";
import * as lib from "../../lib/index";
import type { Case } from "./case";
import * as c from "./case";
import { rowsOf, sameRows, sumOf, viewsIn } from "./holds";

const { asks, anyOf, from, oneOf, partOfWhole } = c;
const ABOUT = ["log", "cohorts", "users", "addresses", "paths", "stories"];

/** lib/prepare, and lib/explore but for lessons. */
export const EXPLORE_CASES: readonly Case[] = [
  {
    name: "prepareLogs",
    ask: (w) => lib.prepareLogs({ logs: w.logs, cohorts: w.cohorts }),
    holds: rowsOf("logs"),
  },
  {
    name: "joinLogs",
    settings: { how: oneOf("left", "inner") },
    ask: (w, options) => lib.joinLogs({ logs: w.logs, cohorts: w.cohorts }, options),
    holds: (joined, w, { how }) => how === "inner" || sameRows(joined, w.logs.height),
  },
  asks("splitByCohort", "log", {
    inOrder: true,
    holds: ({ withCohort, withoutCohort }, w) =>
      sameRows(withCohort, w.log.height - withoutCohort.height),
  }),
  asks("publishedFigures", "log", { settings: { about: c.someOf(...ABOUT) } }),
  {
    name: "dateRanges",
    settings: { by: anyOf("cohort", "user_id", "ip", "program", "date", "path") },
    ask: (w, { by = "cohort" }) => lib.dateRanges(w.log, by),
  },
  asks("hourlyPageViews", "log", {
    holds: (hours, w) => {
      sameRows(hours, 168);
      sumOf(hours, "pages", viewsIn(w.log));
    },
  }),
  asks("topPaths", "log", { settings: { by: c.groupedBy, n: from(1, 5) }, base: { by: null } }),
  {
    name: "valueCounts",
    settings: {
      column: anyOf("cohort", "user_id", "ip", "path", "program", "date", "timestamp"),
      nulls: fc.boolean(),
    },
    ask: (w, { column = "cohort", ...options }) => lib.valueCounts(w.log, column, options),
    holds: (counts, w, { column = "cohort", nulls = false }) =>
      sumOf(counts, "rows", w.log.height - (nulls ? 0 : w.log.getColumn(column).nullCount())),
  },
  asks("hardlyActiveStudents", "log", {
    settings: {
      ...{ share: partOfWhole, silence: from(1), seen: partOfWhole, peers: from(1, 3) },
      addresses: c.frame("addresses"),
    },
  }),
  asks("dataQuality", "log cohorts", { settings: { longest: c.positive, few: c.positive } }),
  asks("campusShares", "log addresses", { settings: { every: oneOf("week", "day") } }),
  asks("campusMove", "campusDays", {
    settings: {
      factor: c.but([1], c.real(1.0001, 9)),
      ...{ permutations: c.permutations, seed: c.seed },
    },
    base: { permutations: 9 },
  }),
  asks("quietDays", "log", {
    settings: { below: c.between0And1, weeks: from(1, 6), least: c.positive },
  }),
  asks("breaks", "quiet"),
  asks("layoutPeriods", "log", { settings: { middle: partOfWhole } }),
  asks("pageLayouts", "log"),
  asks("unlabelledClasses", "log cohorts curricula", {
    settings: { within: from(1), least: from(2, 4) },
  }),
];
