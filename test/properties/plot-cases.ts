import fc from "fast-check";
import type pl from "nodejs-polars";
import * as lib from "../../lib/index";
import { FEW } from "../support/log-world";
import { type AnyCase, anyOf, from, of, real, some } from "./case";

const title = "What was found";
const FEW_PAGES = { minStudentPages: 1, minExpected: 1 };

/** lib/plot, of frames that an access log gives. */
export const PLOT_CASES: readonly AnyCase[] = [
  of({ name: "dailyFigure", ask: (w) => lib.dailyFigure(w.siteDaily, { title }) }),
  of({ name: "bandsFigure", ask: (w) => lib.bandsFigure(w.siteBanded, { title }) }),
  of({
    name: "bandsGridFigure",
    options: some({ by: anyOf("user_id", "ip", "cohort"), columns: from(1, 4) }),
    ask: (w, { by = "user_id", ...options }) =>
      lib.bandsGridFigure(bandedBy(w.log, by), { title, by, ...options }),
    mayRefuse: /^bandsGridFigure draws at most 12 at once, found .* values in /,
    outside: [{ columns: 0 }],
  }),
  of({
    name: "bandsMenuFigure",
    options: some({ by: anyOf("user_id", "ip", "cohort", "program") }),
    ask: (w, { by = "user_id" }) => lib.bandsMenuFigure(bandedBy(w.log, by), { title, by }),
  }),
  of({ name: "hourlyFigure", ask: (w) => lib.hourlyFigure(lib.hourlyPageViews(w.log), { title }) }),
  of({ name: "quietDaysFigure", ask: (w) => lib.quietDaysFigure(w.siteDaily, w.quiet, { title }) }),
  of({
    name: "campusFigure",
    options: some({ moved: fc.boolean() }),
    ask: (w, { moved = false }) => {
      return lib.campusFigure(lib.campusShares(w.log, w.addresses), {
        title,
        ...(moved && { move: w.move }),
      });
    },
  }),
  of({
    name: "consistentLessonsFigure",
    options: some({
      program: anyOf("Data Science", "Java Full Stack", "constructor"),
      most: from(1, 9),
      also: fc.subarray(["javascript-i", "__proto__"]),
    }),
    ask: (w, options) =>
      lib.consistentLessonsFigure(w.consistent, w.byCohort, {
        ...{ title, program: "Data Science", ...options },
      }),
    outside: [{ most: 0 }],
  }),
  of({
    name: "unusualLessonsFigure",
    options: some({ of: anyOf("lesson", "topic") }),
    ask: (w, options) =>
      lib.unusualLessonsFigure(
        lib.unusualLessonUse(w.lessons, { ...FEW, ...FEW_PAGES, ...options }),
        { title },
      ),
  }),
  of({
    name: "hardlyActiveFigure",
    options: some({ share: real(1e-6, 2) }),
    ask: (w, options) => lib.hardlyActiveFigure(w.students, { title, ...options }),
    outside: [{ share: 0 }],
  }),
  of({
    name: "leastReadFigure",
    options: some({ most: from(1, 9) }),
    ask: (w, options) => lib.leastReadFigure(w.leastRead, { ...{ title, ...options } }),
    outside: [{ most: 0.5 }],
  }),
  of({
    name: "graduatesTopicsFigure",
    options: some({ topics: from(1, 9), minPages: from(0, 9), by: anyOf("lesson") }),
    ask: (w, { by = "lesson", ...options }) =>
      lib.graduatesTopicsFigure(lib.graduatesReading(w.lessons, { by }), {
        ...{ title, minPages: 1, ...options },
      }),
    outside: [{ topics: 0 }],
  }),
  of({
    name: "graduatesPeriodsFigure",
    options: some({ topics: from(1, 9), minPages: from(0, 9) }),
    ask: (w, options) =>
      lib.graduatesPeriodsFigure(w.byPeriod, { ...{ title, minPages: 1, ...options } }),
    outside: [{ topics: 0 }],
  }),
  of({
    name: "monthsAfterEndFigure",
    ask: (w) => lib.monthsAfterEndFigure(lib.pagesByMonthsAfterEnd(w.log), { title }),
  }),
  of({
    name: "pointsFigure",
    options: some({
      x: anyOf("pages", "distinct_pages", "score", "in_site_order"),
      y: anyOf("most_per_second", "usual_distinct", "score"),
      label: anyOf("user_id", "finding", "date"),
      by: anyOf("user_id", "most_per_second"),
      log: anyOf("x", "y", "both", "none"),
      most: from(1, 9),
    }),
    ask: (w, options) =>
      lib.pointsFigure(lib.scrapingDays(w.log, { perSecond: 1 }), {
        ...{ title, x: "pages", y: "score", ...options },
      }),
    outside: [{ most: 0 }, [{ x: "nothing" }, /nothing/], { log: "z" }],
  }),
  of({
    name: "rateFigure",
    options: some({ changed: fc.boolean(), value: anyOf("rate", "pages") }),
    ask: (w, { changed = true, ...options }) =>
      lib.rateFigure(w.byMonth, { title, ...options, ...(changed && { changes: w.shutOffs }) }),
    outside: [[{ value: "nothing" }, /nothing/]],
  }),
  of({ name: "suspectsFigure", ask: (w) => lib.suspectsFigure(w.suspects, { title }) }),
  of({
    name: "topPathsFigure",
    options: some({ by: anyOf("program", "cohort", "user_id", null) }),
    ask: (w, { by = null }) => lib.topPathsFigure(lib.topPaths(w.log, { by, n: 3 }), { title }),
  }),
  of({
    name: "valueCountsFigure",
    options: some({ column: anyOf("cohort", "path", "date", "user_id", "timestamp") }),
    ask: (w, { column = "cohort" }) =>
      lib.valueCountsFigure(lib.valueCounts(w.log, column, { nulls: true }), { title }),
  }),
  of({
    name: "flagsByKFigure",
    options: some({ ks: fc.array(real(0.1, 6), { minLength: 1 }) }),
    ask: (w, options) => lib.flagsByKFigure(lib.flagsByK(w.daily, options), { title }),
  }),
  of({
    name: "agreementFigure",
    ask: (w) => lib.agreementFigure(lib.detectorAgreement(w.scores), { title }),
  }),
  of({ name: "recallFigure", ask: (w) => lib.recallFigure(w.measured, { title }) }),
  of({
    name: "scoresFigure",
    options: some({ baseline: anyOf("Bollinger bands", "combined") }),
    ask: (w, options) => lib.scoresFigure(w.measured, { title, ...options }),
    // A detector that scores no day has no row; one that has a row is taken.
    mayRefuse:
      /^scoresFigure needs a baseline of (?!.*(Bollinger bands|combined).*, got \1$).*, got /,
    outside: [{ baseline: "x" }],
  }),
];

function bandedBy(log: pl.DataFrame, by: string): pl.DataFrame {
  return lib.bollingerBands(lib.dailyPageViews(log, { by }), { by });
}
