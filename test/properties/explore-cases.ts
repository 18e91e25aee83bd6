import fc from "fast-check";
import type pl from "nodejs-polars";
import * as lib from "../../lib/index";
import {
  type AnyCase,
  between0And1,
  from,
  groupedBy,
  of,
  partOfWhole,
  permutations,
  positive,
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
    options: some({ how: fc.constantFrom("left" as const, "inner" as const) }),
    ask: (w, options) => lib.joinLogs({ logs: w.logs, cohorts: w.cohorts }, options),
    holds: (joined: pl.DataFrame, w, { how }) => {
      if (how !== "inner") sameRows(joined, w.logs.height);
    },
    outside: [[{ how: "outer" }, /how.*outer/]],
  }),
  of({
    name: "splitByCohort",
    ask: (w) => lib.splitByCohort(w.log),
    holds: ({ withCohort, withoutCohort }: Record<string, pl.DataFrame>, w) =>
      sameRows(withCohort!, w.log.height - withoutCohort!.height),
  }),
  of({
    name: "publishedFigures",
    options: some({ about: fc.subarray([...ABOUT]) }),
    ask: (w, options) => lib.publishedFigures(w.log, options),
    anyOrder: true,
    outside: [
      [{ about: ["x"] }, /about.*got x/],
      [{ about: ["constructor"] }, /about.*got constructor/],
    ],
  }),
  of({
    name: "dateRanges",
    options: some({ by: fc.constantFrom("cohort", "user_id", "ip", "program", "date", "path") }),
    ask: (w, { by = "cohort" }) => lib.dateRanges(w.log, by),
    anyOrder: true,
  }),
  of({
    name: "hourlyPageViews",
    ask: (w) => lib.hourlyPageViews(w.log),
    anyOrder: true,
    holds: (hours: pl.DataFrame, w) => {
      sameRows(hours, 168);
      sumOf(hours, "pages", viewsIn(w.log));
    },
  }),
  of({
    name: "topPaths",
    options: some({ by: groupedBy, n: from(1, 5) }),
    ask: (w, options) => lib.topPaths(w.log, { by: null, ...options }),
    anyOrder: true,
    outside: [
      [{ by: null, n: 0 }, /\bn\b.*got 0/],
      [{ by: null, n: 1.5 }, /\bn\b.*got 1.5/],
      [{ by: ["pages"] }, /pages/],
    ],
  }),
  of({
    name: "valueCounts",
    options: some({
      column: fc.constantFrom("cohort", "user_id", "ip", "path", "program", "date", "timestamp"),
      nulls: fc.boolean(),
    }),
    ask: (w, { column = "cohort", ...options }) => lib.valueCounts(w.log, column, options),
    anyOrder: true,
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
    anyOrder: true,
    outside: [
      [{ share: 0 }, /share.*got 0/],
      [{ seen: 1.1 }, /seen.*got 1.1/],
      [{ silence: 0 }, /silence.*got 0/],
      [{ peers: 1.5 }, /peers.*got 1.5/],
    ],
  }),
  of({
    name: "dataQuality",
    options: some({ longest: positive, few: positive }),
    ask: (w, options) => lib.dataQuality(w.log, w.cohorts, options),
    anyOrder: true,
    outside: [
      [{ longest: 0 }, /longest.*got 0/],
      [{ few: Number.NaN }, /few.*got NaN/],
    ],
  }),
  of({
    name: "campusShares",
    options: some({ every: fc.constantFrom("week" as const, "day" as const) }),
    ask: (w, options) => lib.campusShares(w.log, w.addresses, options),
    anyOrder: true,
    outside: [[{ every: "year" }, /every.*got year/]],
  }),
  of({
    name: "campusMove",
    options: some({
      ...{ alpha: between0And1, factor: fc.double({ min: 1.0001, max: 9, noNaN: true }) },
      ...{ permutations, seed },
    }),
    ask: (w, options) =>
      lib.campusMove(w.campusDays, {
        permutations: 9,
        ...options,
      }),
    outside: [
      [{ alpha: 0 }, /alpha.*got 0/],
      [{ factor: 1 }, /factor.*got 1/],
    ],
  }),
  of({
    name: "quietDays",
    options: some({ below: between0And1, weeks: from(1, 6), least: positive }),
    ask: (w, options) => lib.quietDays(w.log, options),
    anyOrder: true,
    outside: [
      [{ below: 1 }, /below.*got 1/],
      [{ weeks: 0 }, /weeks.*got 0/],
      [{ least: 0 }, /least.*got 0/],
    ],
  }),
  of({ name: "breaks", ask: (w) => lib.breaks(w.quiet) }),
  of({
    name: "layoutPeriods",
    options: some({ middle: partOfWhole }),
    ask: (w, options) => lib.layoutPeriods(w.log, options),
    anyOrder: true,
    outside: [[{ middle: 0 }, /middle.*got 0/]],
  }),
  of({ name: "pageLayouts", ask: (w) => lib.pageLayouts(w.log), anyOrder: true }),
  of({
    name: "unlabelledClasses",
    options: some({ within: from(1), least: from(2, 4) }),
    ask: (w, options) => lib.unlabelledClasses(w.log, w.cohorts, w.curricula, options),
    anyOrder: true,
    outside: [
      [{ within: 0 }, /within.*got 0/],
      [{ least: 1 }, /least.*got 1/],
    ],
  }),
];
