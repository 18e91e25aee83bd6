import * as lib from "../../lib/index";
import { FEW } from "../support/log-world";
import type { World } from "../support/world";
import { anyOf, asks, type Case, Frame, from, none, share } from "./case";

const HARDLY = { peers: 1, share: 0.9, silence: 3 };
const about = { about: lib.prose`A log.`, report: lib.prose`Elsewhere.` };

/** Answers whose floors are so low that small logs have something to say. */
function answersOf(w: World): lib.Answer[] {
  return [
    lib.consistentLessonsAnswer(w.consistent, w.inClass, { minCohorts: 1, ...FEW }),
    lib.unusualLessonsAnswer(w.unusual),
    lib.hardlyActiveAnswer(w.students, HARDLY),
    lib.suspiciousAnswer(w.suspects),
    lib.crossProgramAnswer(w.byMonth, w.shutOffs),
    lib.graduatesAnswer(w.graduates, w.byPeriod, { jobMonths: 1, minPages: 1 }),
    lib.leastReadAnswer(w.leastRead),
    lib.anythingElseAnswer(elseOf(w)),
  ];
}

function elseOf(w: World): lib.AnythingElseEvidence {
  const { move, classes, breaks, layouts, split, quality } = w;
  return { move, classes, breaks, layouts, split, quality };
}

/** lib/report, each answer from the frames that it is made for. */
export const REPORT_CASES: readonly Case[] = [
  asks("consistentLessonsAnswer", "consistent inClass", {
    settings: {
      ...{ minCohorts: from(1, 4), first: from(1, 9), minStudents: from(1, 9), minCovered: share },
    },
    refuses: false,
  }),
  asks("unusualLessonsAnswer", "unusual topics", {
    settings: { alpha: share, minRatio: from(1, 4) },
    refuses: false,
  }),
  asks("hardlyActiveAnswer", "students", { base: HARDLY }),
  asks("hardlyActiveAnswer", "studentsSeen", { base: HARDLY }),
  asks("suspiciousAnswer", "suspects"),
  asks("crossProgramAnswer", "byMonth shutOffs", {
    settings: { year: anyOf(2019, 2020, 1), earlier: none, days: none },
    base: { earlier: new Frame("earlier"), days: new Frame("crossDays") },
  }),
  asks("graduatesAnswer", "graduates byPeriod", {
    settings: { minPages: from(1, 20) },
    refuses: false,
    base: { jobMonths: 1, minPages: 1 },
  }),
  asks("leastReadAnswer", "leastRead", { settings: { lowShare: share } }),
  {
    name: "anythingElseAnswer",
    ask: (w) => [
      lib.anythingElseAnswer(elseOf(w)),
      lib.anythingElseAnswer({ ...elseOf(w), addresses: w.shared }),
    ],
  },
  { name: "answerHeading", ask: (w) => answersOf(w).map(lib.answerHeading) },
  {
    name: "answerMethod",
    ask: (w) => answersOf(w).map((answer) => lib.answerMethod(answer, lib.prose`More below.`)),
  },
  { name: "letter", ask: (w) => lib.letter(answersOf(w), about) },
  { name: "singleSlide", ask: (w) => lib.singleSlide(answersOf(w)) },
];
