import type pl from "nodejs-polars";
import type { Row } from "../../log/first-row";
import { joinProse, type Prose, prose } from "../../words/prose";
import type { Answer } from "../answer";
import { byProgram, byText, claimsOf, inOne, rowsOf, shortName, verb } from "./phrases";

export interface ConsistentLessonsAnswerOptions {
  /** Fewer cohorts of a program cannot be called consistent. */
  minCohorts?: number;
  /** As `consistentLessons` was given it. */
  first?: number;
  minStudents?: number;
  minCovered?: number;
}

const { claim, count, whole, percent, wholePercent } = claimsOf("consistentLessons");
const ofCohorts = claimsOf("cohortsInClass");
const cohortsOf = (what: string, cohorts: number) => ofCohorts.count(what, cohorts, "cohort");

/**
 * The answer to question 1, from `consistentLessons` of single lessons and `cohortsInClass`: which
 * lesson attracts the most traffic consistently across cohorts?
 */
export function consistentLessonsAnswer(
  lessons: pl.DataFrame,
  cohorts: pl.DataFrame,
  options: ConsistentLessonsAnswerOptions = {},
): Answer {
  const { minCohorts = 3, first = 10, minStudents = 5, minCovered = 0.9 } = options;
  const caller = "consistentLessonsAnswer";
  const shares = ["lower_quartile_share", "median_share", "cohorts_reading"] as const;
  const places = ["rank", "rank_by_sum", "cohorts", "cohorts_in_first"] as const;
  const rows = rowsOf(caller, lessons, "program", "lesson", "topic", ...places, ...shares);
  const programs = programsOf(rows, rowsOf(caller, cohorts, "program", "counts"));
  const able = programs.filter((program) => program.cohorts >= minCohorts);
  const known = able.filter((program) => program.lessons.length > 0);
  const unable = programs.filter((program) => program.cohorts < minCohorts);
  const leaders = known.map(({ name, lessons }) => prose`${name}: ${lessonOf(lessons[0])}`);
  const needed = cohortsOf("cohorts that a program needs", minCohorts);
  const none = prose`Nothing can be called consistent in ${unable.map(({ name }) => prose`${name}`)}: fewer than ${needed} of ${verb(unable.length, "it", "each")} can be compared.`;
  const details = able.flatMap((program) => aboutProgram(program, first));
  if (unable.length > 0) details.push(none);
  return {
    number: 1,
    question: "Which lesson attracts the most traffic consistently across cohorts, per program?",
    headline:
      known.length === 0
        ? prose`No program has cohorts enough to call a lesson consistent`
        : joinProse(leaders, "; "),
    details:
      details.length === 0
        ? prose`No cohort with a program is in class in this log.`
        : inOne(details),
    measure: prose`In each cohort, a lesson's share of all lesson pages that students opened in class, on days from the cohort's first to its last; lessons are ranked by the largest share that at least ${wholePercent("part of cohorts that reach it", 0.75)} of a program's cohorts reach. Cohorts count that have at least ${count("fewest students of a cohort", minStudents, "student")} in class and ${wholePercent("part of the class within the log", minCovered)} of it within the log; a topic's own page counts as a lesson.`,
    changes: prose`Counting page views over all cohorts together would put busy or large cohorts first, and leaving out topics' own pages, from which students only go on to a lesson, puts the lessons below them in their place.`,
    sure: sure(known),
  };
}

const lessonOf = (row: Row | undefined) => shortName(row?.lesson);

type Program = ReturnType<typeof programsOf>[number];

/** Programs with the most cohorts that can be compared come first. */
function programsOf(rows: Row[], classes: Row[]) {
  const all = byProgram([...classes, ...rows]).map(([program]) => {
    const isOwn = (row: Row) => String(row.program) === program;
    const own = classes.filter(isOwn);
    const compared = own.filter(({ counts }) => counts).length;
    const cohorts = { cohorts: compared, leftOut: own.length - compared };
    return { program, name: shortName(program), ...cohorts, lessons: rows.filter(isOwn) };
  });
  return all.sort((a, b) => b.cohorts - a.cohorts || byText(a.program, b.program));
}

function aboutProgram({ name, lessons, cohorts, leftOut }: Program, first: number): Prose[] {
  const [top] = lessons;
  if (!top) return [];
  const share = (what: string, row: Row, value: unknown) =>
    percent(`${what}, ${lessonOf(row)} in ${name}`, value);
  const place = (what: string, row: Row, value: unknown) =>
    claim(`${what}, ${lessonOf(row)} in ${name}`, Number(value));
  const lesson = lessonOf(top);
  const among = `cohorts in which ${lesson} is among the most read, ${name}`;
  const parts = [
    prose`In ${name}, *${lesson}* has ${share("share that three of four cohorts reach", top, top.lower_quartile_share)} or more of the lesson pages in at least three of four cohorts (median: ${share("share in the middle cohort", top, top.median_share)}) and is among the ${whole("most read lessons of a cohort", first)} most read in ${claim(among, Number(top.cohorts_in_first))} of ${cohortsOf(`cohorts compared in ${name}`, cohorts)}.`,
  ];
  const below = top.lesson === top.topic && lessons.find((row) => row.lesson !== row.topic);
  if (below) {
    parts.push(
      prose`That is a topic's own page; the lesson most consistently read below a topic is *${lessonOf(below)}*, with ${share("share below a topic that three of four cohorts reach", below, below.lower_quartile_share)} or more.`,
    );
  }
  const [misled] = lessons
    .filter(({ rank_by_sum, rank }) => rank_by_sum <= first && rank > 2 * first)
    .sort((a, b) => Number(a.rank_by_sum) - Number(b.rank_by_sum));
  if (misled) {
    parts.push(
      prose`A sum misleads: *${lessonOf(misled)}* is number ${place("place by sum", misled, misled.rank_by_sum)} by page views of all cohorts, but number ${place("place by consistency", misled, misled.rank)} by what three of four cohorts read.`,
    );
  }
  if (leftOut > 0) {
    parts.push(
      prose`${ofCohorts.count(`cohorts left out, ${name}`, leftOut, "cohort is", "cohorts are")} left out, with too few students or too little of the class in the log.`,
    );
  }
  return parts;
}

function sure(known: readonly Program[]): Prose {
  const [most, least] = [known[0], known.at(-1)];
  if (!most || !least) return prose`Not at all: there is nothing to compare.`;
  const words = ({ name, cohorts }: Program) => cohortsOf(`cohorts compared in ${name}`, cohorts);
  if (most === least) {
    return prose`As sure as ${words(most)} can make it: the order of lessons with nearly the same share may well be chance.`;
  }
  return prose`Surest where most cohorts agree, in ${most.name} with ${words(most)}; least in ${least.name} with ${words(least)}, where one more could change the order. The order of lessons with nearly the same share may be chance everywhere.`;
}
