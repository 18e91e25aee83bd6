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
  partOfWhole,
  permutations,
  positive,
  real,
  seed,
  some,
} from "./case";
import { sameRows, sumOf, viewsIn } from "./holds";

const ABOUT = ["log", "cohorts", "users", "addresses", "paths", "stories"] as const;

/** lib/prepare, and lib/explore but for lessons. */
export const EXPLORE_CASES: readonly AnyCase[] = [
  of({
    name: "prepareLogs",
    ask: (w) => lib.prepareLogs({ logs: w.logs, cohorts: w.cohorts }),
    holds: (log: pl.DataFrame, w) => sameRows(log, w.logs.height),
  }),
  of({
    name: "joinLogs",
    options: some({ how: anyOf("left", "inner") }),
    ask: (w, options) => lib.joinLogs({ logs: w.logs, cohorts: w.cohorts }, options),
    holds: (joined: pl.DataFrame, w, { how }) => {
      if (how !== "inner") sameRows(joined, w.logs.height);
    },
    outside: [{ how: "outer" }],
  }),
  asks("splitByCohort", "log", {}, [], {
    inOrder: true,
    holds: ({ withCohort, withoutCohort }: Record<string, pl.DataFrame>, w) =>
      sameRows(withCohort!, w.log.height - withoutCohort!.height),
  }),
  asks("publishedFigures", "log", { about: fc.subarray([...ABOUT]) }, [
    { about: ["x"] },
    { about: ["constructor"] },
  ]),
  of({
    name: "dateRanges",
    options: some({ by: anyOf("cohort", "user_id", "ip", "program", "date", "path") }),
    ask: (w, { by = "cohort" }) => lib.dateRanges(w.log, by),
  }),
  asks("hourlyPageViews", "log", {}, [], {
    holds: (hours: pl.DataFrame, w) => {
      sameRows(hours, 168);
      sumOf(hours, "pages", viewsIn(w.log));
    },
  }),
  of({
    name: "topPaths",
    options: some({ by: groupedBy, n: from(1, 5) }),
    ask: (w, options) => lib.topPaths(w.log, { by: null, ...options }),
    outside: [
      [{ by: null, n: 0 }, /\bn\b.*got 0/],
      [{ by: null, n: 1.5 }, /\bn\b.*got 1.5/],
      [{ by: ["pages"] }, /pages/],
    ],
  }),
  of({
    name: "valueCounts",
    options: some({
      column: anyOf("cohort", "user_id", "ip", "path", "program", "date", "timestamp"),
      nulls: fc.boolean(),
    }),
    ask: (w, { column = "cohort", ...options }) => lib.valueCounts(w.log, column, options),
    holds: (counts: pl.DataFrame, w, { column = "cohort", nulls = false }) =>
      sumOf(counts, "rows", w.log.height - (nulls ? 0 : w.log.getColumn(column).nullCount())),
  }),
  of({
    name: "hardlyActiveStudents",
    options: some({
      ...{ share: partOfWhole, silence: from(1), seen: partOfWhole, peers: from(1, 3) },
      withAddresses: fc.boolean(),
    }),
    ask: (w, { withAddresses = false, ...options }) =>
      lib.hardlyActiveStudents(w.log, {
        ...options,
        ...(withAddresses && { addresses: w.addresses }),
      }),
    outside: [{ share: 0 }, { seen: 1.1 }, { silence: 0 }, { peers: 1.5 }],
  }),
  asks("dataQuality", "log cohorts", { longest: positive, few: positive }, [
    { longest: 0 },
    { few: Number.NaN },
  ]),
  asks("campusShares", "log addresses", { every: anyOf("week", "day") }, [{ every: "year" }]),
  of({
    name: "campusMove",
    options: some({
      ...{ alpha: between0And1, factor: real(1.0001, 9) },
      ...{ permutations, seed },
    }),
    ask: (w, options) => lib.campusMove(w.campusDays, { permutations: 9, ...options }),
    outside: [{ alpha: 0 }, { factor: 1 }],
  }),
  asks("quietDays", "log", { below: between0And1, weeks: from(1, 6), least: positive }, [
    { below: 1 },
    { weeks: 0 },
    { least: 0 },
  ]),
  asks("breaks", "quiet"),
  asks("layoutPeriods", "log", { middle: partOfWhole }, [{ middle: 0 }]),
  asks("pageLayouts", "log"),
  asks("unlabelledClasses", "log cohorts curricula", { within: from(1), least: from(2, 4) }, [
    { within: 0 },
    { least: 1 },
  ]),
];
