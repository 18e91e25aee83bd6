import fc from "fast-check";
import * as lib from "../../lib/index";
import { FEW } from "../support/log-world";
import type { World } from "../support/world";
import {
  anyOf,
  atLeast,
  but,
  type Case,
  draws,
  Frame,
  frame,
  from,
  none,
  oneOf,
  real,
} from "./case";

const title = "What was found";
const FEW_PAGES = { minStudentPages: 1, minExpected: 1 };

function bandedBy({ log }: World, by: string) {
  return lib.bollingerBands(lib.dailyPageViews(log, { by }), { by });
}

/** lib/plot, of frames that an access log gives. */
export const PLOT_CASES: readonly Case[] = [
  draws("dailyFigure", "siteDaily"),
  draws("bandsFigure", "siteBanded"),
  {
    name: "bandsGridFigure",
    settings: { by: anyOf("user_id", "ip", "cohort"), columns: from(1, 4) },
    ask: (w, { by = "user_id", ...options }) =>
      lib.bandsGridFigure(bandedBy(w, by), { title, by, ...options }),
    mayRefuse: /^bandsGridFigure draws at most 12 at once, found .* values in /,
  },
  {
    name: "bandsMenuFigure",
    settings: { by: anyOf("user_id", "ip", "cohort", "program") },
    ask: (w, { by = "user_id" }) => lib.bandsMenuFigure(bandedBy(w, by), { title, by }),
  },
  draws("hourlyFigure", "hours"),
  draws("quietDaysFigure", "siteDaily quiet"),
  draws("campusFigure", "campusDays", { settings: { move: frame("move") } }),
  draws("consistentLessonsFigure", "consistent byCohort", {
    settings: {
      program: anyOf("Data Science", "Java Full Stack", "constructor"),
      ...{ most: atLeast(1, 9), also: fc.subarray(["javascript-i", "__proto__"]) },
    },
    base: { program: "Data Science" },
  }),
  {
    name: "unusualLessonsFigure",
    settings: { of: anyOf("lesson", "topic") },
    ask: (w, options) => {
      const use = lib.unusualLessonUse(w.lessons, { ...FEW, ...FEW_PAGES, ...options });
      return lib.unusualLessonsFigure(use, { title });
    },
  },
  draws("hardlyActiveFigure", "students", { settings: { share: but([0], real(1e-6, 2)) } }),
  draws("leastReadFigure", "leastRead", { settings: { most: from(1, 9) } }),
  draws("graduatesTopicsFigure", "graduates", {
    settings: { topics: from(1, 9), minPages: fc.nat(9) },
    base: { minPages: 1 },
  }),
  draws("graduatesPeriodsFigure", "byPeriod", {
    settings: { topics: from(1, 9), minPages: fc.nat(9) },
    base: { minPages: 1 },
  }),
  draws("monthsAfterEndFigure", "months"),
  draws("pointsFigure", "copying", {
    settings: {
      x: anyOf("pages", "distinct_pages", "score", "in_site_order"),
      y: anyOf("most_per_second", "usual_distinct", "score"),
      label: anyOf("user_id", "finding", "date"),
      by: anyOf("user_id", "most_per_second"),
      log: but(["z"], anyOf("x", "y", "both", "none")),
      most: atLeast(1, 9),
    },
    outside: { x: "nothing" },
    base: { x: "pages", y: "score" },
  }),
  draws("rateFigure", "byMonth", {
    settings: { changes: none, value: oneOf("rate", "pages") },
    base: { changes: new Frame("shutOffs") },
  }),
  draws("suspectsFigure", "suspects"),
  {
    name: "topPathsFigure",
    settings: { by: anyOf("program", "cohort", "user_id", null) },
    ask: (w, { by = null }) => lib.topPathsFigure(lib.topPaths(w.log, { by, n: 3 }), { title }),
  },
  {
    name: "valueCountsFigure",
    settings: { column: anyOf("cohort", "path", "date", "user_id", "timestamp") },
    ask: (w, { column = "cohort" }) =>
      lib.valueCountsFigure(lib.valueCounts(w.log, column, { nulls: true }), { title }),
  },
  {
    name: "flagsByKFigure",
    settings: { ks: fc.array(real(0.1, 6), { minLength: 1 }) },
    ask: (w, options) => lib.flagsByKFigure(lib.flagsByK(w.daily, options), { title }),
  },
  draws("agreementFigure", "agreement"),
  draws("recallFigure", "measured"),
  draws("scoresFigure", "measured", {
    settings: { baseline: oneOf("Bollinger bands", "combined") },
    // A detector that scores no day has no row; one that has a row is taken.
    mayRefuse:
      /^scoresFigure needs a baseline of (?!.*(Bollinger bands|combined).*, got \1$).*, got /,
  }),
];
