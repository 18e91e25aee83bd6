import * as lib from "../../lib/index";
import { FEW, type LogWorld } from "../support/log-world";
import { type AnyCase, anyOf, asks, from, of, share, some } from "./case";

/** Answers whose floors are so low that small logs have something to say. */
function answersOf(w: LogWorld): lib.Answer[] {
  const known = answers.get(w);
  if (known) return known;
  const made = [
    lib.consistentLessonsAnswer(w.consistent, w.inClass, { ...{ minCohorts: 1, ...FEW } }),
    lib.unusualLessonsAnswer(w.unusual),
    lib.hardlyActiveAnswer(w.students, { peers: 1, share: 0.9, silence: 3 }),
    lib.suspiciousAnswer(w.suspects),
    lib.crossProgramAnswer(w.byMonth, w.shutOffs),
    lib.graduatesAnswer(w.graduates, w.byPeriod, { jobMonths: 1, minPages: 1 }),
    lib.leastReadAnswer(w.leastRead),
    lib.anythingElseAnswer(elseOf(w)),
  ];
  answers.set(w, made);
  return made;
}

const answers = new WeakMap<LogWorld, lib.Answer[]>();

function elseOf(w: LogWorld): lib.AnythingElseEvidence {
  const { move, classes, breaks, layouts, split, quality } = w;
  return { move, classes, breaks, layouts, split, quality };
}

/** lib/report, each answer from the frames that it is made for. */
export const REPORT_CASES: readonly AnyCase[] = [
  asks("consistentLessonsAnswer", "consistent inClass", {
    ...{ minCohorts: from(1, 4), first: from(1, 9), minStudents: from(1, 9), minCovered: share },
  }),
  of({
    name: "unusualLessonsAnswer",
    options: some({ topics: anyOf(true, false), alpha: share, minRatio: from(1, 4) }),
    ask: (w, { topics = true, ...options }) =>
      lib.unusualLessonsAnswer(
        w.unusual,
        topics
          ? lib.unusualLessonUse(w.lessons, {
              ...{ ...FEW, of: "topic", minStudentPages: 1, minExpected: 1 },
            })
          : undefined,
        options,
      ),
  }),
  of({
    name: "hardlyActiveAnswer",
    options: some({ addresses: anyOf(true, false) }),
    ask: (w, { addresses = false }) =>
      lib.hardlyActiveAnswer(
        lib.hardlyActiveStudents(w.log, {
          ...{ peers: 1, share: 0.9, silence: 3 },
          ...(addresses && { addresses: w.addresses }),
        }),
        { peers: 1, share: 0.9, silence: 3 },
      ),
  }),
  asks("suspiciousAnswer", "suspects"),
  of({
    name: "crossProgramAnswer",
    options: some({ year: anyOf(2019, 2020, 1), more: anyOf(true, false) }),
    ask: (w, { more = true, ...options }) =>
      lib.crossProgramAnswer(w.byMonth, w.shutOffs, {
        ...options,
        ...(more && {
          earlier: lib.earlierShutOff(w.log, w.curricula, w.shutOffs, { permutations: 9 }),
          days: lib.crossProgramDays(w.log, { curricula: w.curricula, from: "2020-01-20" }),
        }),
      }),
  }),
  of({
    name: "graduatesAnswer",
    options: some({ jobMonths: from(1, 9), minPages: from(1, 20) }),
    ask: (w, { jobMonths = 1, minPages = 1 }) =>
      lib.graduatesAnswer(lib.graduatesReading(w.lessons, { jobMonths }), w.byPeriod, {
        jobMonths,
        minPages,
      }),
  }),
  of({
    name: "leastReadAnswer",
    options: some({ lowShare: share }),
    ask: (w, options) =>
      lib.leastReadAnswer(
        lib.leastReadLessons(w.lessons, {
          ...{ minReaders: 1, minStudents: 1, newDays: 1, quietDays: 1 },
        }),
        options,
      ),
    outside: [{ lowShare: 2 }],
  }),
  of({
    name: "anythingElseAnswer",
    options: some({ addresses: anyOf(true, false) }),
    ask: (w, { addresses = false }) =>
      lib.anythingElseAnswer({
        ...elseOf(w),
        ...(addresses && {
          accounts: w.accounts,
          addresses: lib.sharedAddresses(w.log, { accounts: 0.5 }),
        }),
      }),
  }),
  of({ name: "answerHeading", ask: (w) => answersOf(w).map(lib.answerHeading) }),
  of({
    name: "answerMethod",
    ask: (w) => answersOf(w).map((answer) => lib.answerMethod(answer, lib.prose`More below.`)),
  }),
  of({
    name: "letter",
    ask: (w) =>
      lib.letter(answersOf(w), { about: lib.prose`A log.`, report: lib.prose`Elsewhere.` }),
  }),
  of({ name: "singleSlide", ask: (w) => lib.singleSlide(answersOf(w)) }),
];
