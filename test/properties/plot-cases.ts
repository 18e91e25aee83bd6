import fc from "fast-check";
import * as lib from "../../lib/index";
import { FEW } from "../support/log-world";
import type { World } from "../support/world";

import type { Case } from "./case";
import * as c from "./case";

const title = "What was found";
const FEW_PAGES = { minStudentPages: 1, minExpected: 1 };

function bandedBy({ log }: World, by: string) {
  return lib.bollingerBands(lib.dailyPageViews(log, { by }), { by });
}

/** lib/plot, of frames that an access log gives. */
export const PLOT_CASES: readonly Case[] = [
  c.draws("dailyFigure", "siteDaily"),
  c.draws("bandsFigure", "siteBanded"),
  {
    name: "bandsGridFigure",
    settings: { by: c.anyOf("user_id", "ip", "cohort"), columns: c.from(1, 4) },
    ask: (w, { by = "user_id", ...options }) =>
      lib.bandsGridFigure(bandedBy(w, by), { title, by, ...options }),
    mayRefuse: /^bandsGridFigure draws at most 12 at once, found .* values in /,
  },
  {
    name: "bandsMenuFigure",
    settings: { by: c.anyOf("user_id", "ip", "cohort", "program") },
    ask: (w, { by = "user_id" }) => lib.bandsMenuFigure(bandedBy(w, by), { title, by }),
  },
  c.draws("hourlyFigure", "hours"),
  c.draws("quietDaysFigure", "siteDaily quiet"),
  c.draws("campusFigure", "campusDays", { settings: { move: c.frame("move") } }),
  c.draws("consistentLessonsFigure", "consistent byCohort", {
    settings: {
      program: c.anyOf("Data Science", "Java Full Stack", "constructor"),
      ...{ most: c.atLeast(1, 9), also: fc.subarray(["javascript-i", "__proto__"]) },
    },
    base: { program: "Data Science" },
  }),
  {
    name: "unusualLessonsFigure",
    settings: { of: c.anyOf("lesson", "topic") },
    ask: (w, options) => {
      const use = lib.unusualLessonUse(w.lessons, { ...FEW, ...FEW_PAGES, ...options });
      return lib.unusualLessonsFigure(use, { title });
    },
  },
  c.draws("hardlyActiveFigure", "students", { settings: { share: c.but([0], c.real(1e-6, 2)) } }),
  c.draws("leastReadFigure", "leastRead", { settings: { most: c.from(1, 9) } }),
  c.draws("graduatesTopicsFigure", "graduates", {
    settings: { topics: c.from(1, 9), minPages: fc.nat(9) },
    base: { minPages: 1 },
  }),
  c.draws("graduatesPeriodsFigure", "byPeriod", {
    settings: { topics: c.from(1, 9), minPages: fc.nat(9) },
    base: { minPages: 1 },
  }),
  c.draws("monthsAfterEndFigure", "months"),
  c.draws("pointsFigure", "copying", {
    settings: {
      x: c.anyOf("pages", "distinct_pages", "score", "in_site_order"),
      y: c.anyOf("most_per_second", "usual_distinct", "score"),
      label: c.anyOf("user_id", "finding", "date"),
      by: c.anyOf("user_id", "most_per_second"),
      log: c.but(["z"], c.anyOf("x", "y", "both", "none")),
      most: c.atLeast(1, 9),
    },
    outside: { x: "nothing" },
    base: { x: "pages", y: "score" },
  }),
  c.draws("rateFigure", "byMonth", {
    settings: { changes: c.none, value: c.oneOf("rate", "pages") },
    base: { changes: new c.Frame("shutOffs") },
  }),
  c.draws("suspectsFigure", "suspects"),
  {
    name: "topPathsFigure",
    settings: { by: c.anyOf("program", "cohort", "user_id", null) },
    ask: (w, { by = null }) => lib.topPathsFigure(lib.topPaths(w.log, { by, n: 3 }), { title }),
  },
  {
    name: "valueCountsFigure",
    settings: { column: c.anyOf("cohort", "path", "date", "user_id", "timestamp") },
    ask: (w, { column = "cohort" }) =>
      lib.valueCountsFigure(lib.valueCounts(w.log, column, { nulls: true }), { title }),
  },
  {
    name: "flagsByKFigure",
    settings: { ks: fc.array(c.real(0.1, 6), { minLength: 1 }) },
    ask: (w, options) => lib.flagsByKFigure(lib.flagsByK(w.daily, options), { title }),
  },
  c.draws("agreementFigure", "agreement"),
  c.draws("recallFigure", "measured"),
  c.draws("recallCurvesFigure", "measured"),
  c.draws("scoresFigure", "measured", {
    settings: { baseline: c.oneOf("Bollinger bands", "combined") },
    // A detector that scores no day has no row; one that has a row is taken.
    mayRefuse:
      /^scoresFigure needs a baseline of (?!.*(Bollinger bands|combined).*, got \1$).*, got /,
  }),
];
