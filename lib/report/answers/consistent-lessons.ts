import type pl from "nodejs-polars";
import type { Row } from "../../log/first-row";
import { requireColumns } from "../../log/require-columns";
import { claimsFrom } from "../../words/claim";
import { formatCount } from "../../words/format-words";
import { joinProse, type Prose, prose } from "../../words/prose";
import type { Answer } from "../answer";
import { byText, counting, inFullPercent, inOne, inPercent, shortName } from "./phrases";

export interface ConsistentLessonsAnswerOptions {
  /** Fewer cohorts of a program cannot be called consistent. */
  minCohorts?: number;
  /** As `consistentLessons` was given it. */
  first?: number;
  minStudents?: number;
  minCovered?: number;
}

const claim = claimsFrom("consistentLessons");
const claimCohorts = claimsFrom("cohortsInClass");

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
  requireColumns(caller, lessons, "program", "rank", "lesson", "topic", "rank_by_sum", "cohorts");
  requireColumns(caller, lessons, "lower_quartile_share", "median_share");
  requireColumns(caller, lessons, "cohorts_reading", "cohorts_in_first");
  requireColumns(caller, cohorts, "program", "counts");
  const programs = programsOf(lessons, cohorts);
  const able = programs.filter((program) => program.cohorts >= minCohorts);
  const unable = programs.filter((program) => program.cohorts < minCohorts);
  return {
    number: 1,
    question: "Which lesson attracts the most traffic consistently across cohorts, per program?",
    headline: headline(able),
    details: details(able, unable, { minCohorts, first }),
    measure: prose`In each cohort, a lesson's share of all lesson pages that students opened in class, on days from the cohort's first to its last; lessons are ranked by the share that ${claim("part of cohorts that reach it", 0.75, inFullPercent)} of a program's cohorts reach or exceed. Cohorts count that have at least ${claim("fewest students of a cohort", minStudents, counting("student"))} in class and ${claim("part of the class within the log", minCovered, inFullPercent)} of it within the log; a topic's own page counts as a lesson.`,
    changes: prose`Counting page views over all cohorts together would put busy or large cohorts first, and leaving out topics' own pages, from which students only go on to a lesson, puts the lessons below them in their place.`,
    sure: sure(able),
  };
}

interface Program {
  name: string;
  /** Cohorts that can be compared. */
  cohorts: number;
  leftOut: number;
  lessons: Row[];
}

/** Programs with the most cohorts come first. */
function programsOf(lessons: pl.DataFrame, cohorts: pl.DataFrame): Program[] {
  const [rows, classes] = [lessons.toRecords() as Row[], cohorts.toRecords() as Row[]];
  const names = [...new Set([...classes, ...rows].map(({ program }) => String(program)))];
  return names
    .map((name) => {
      const own = classes.filter(({ program }) => String(program) === name);
      const compared = own.filter(({ counts }) => counts).length;
      return {
        ...{ name, cohorts: compared, leftOut: own.length - compared },
        lessons: rows.filter(({ program }) => String(program) === name),
      };
    })
    .sort((a, b) => b.cohorts - a.cohorts || byText(a.name, b.name));
}

const nameOf = ({ name }: Program) => shortName(name);

function headline(able: readonly Program[]): Prose {
  const known = able.filter(({ lessons }) => lessons.length > 0);
  if (known.length === 0) return prose`No program has cohorts enough to call a lesson consistent`;
  const each = known.map((program) => {
    return prose`${nameOf(program)}: ${shortName(program.lessons[0]!.lesson)}`;
  });
  return joinProse(each, "; ");
}

function details(
  able: readonly Program[],
  unable: readonly Program[],
  { minCohorts, first }: { minCohorts: number; first: number },
): Prose {
  const parts = able.flatMap((program) => aboutProgram(program, first));
  if (unable.length > 0) {
    const names = unable.map((program) => prose`${nameOf(program)}`);
    parts.push(
      prose`Nothing can be called consistent in ${names}: fewer than ${claimCohorts("cohorts that a program needs", minCohorts, counting("cohort"))} of ${unable.length === 1 ? "it" : "each"} can be compared.`,
    );
  }
  if (parts.length === 0) return prose`No cohort with a program is in class in this log.`;
  return inOne(parts);
}

function aboutProgram(program: Program, first: number): Prose[] {
  const { lessons, cohorts, leftOut } = program;
  const [top] = lessons;
  if (!top) return [];
  const name = nameOf(program);
  const number = (what: string, { lesson }: Row, value: unknown, options = {}) =>
    claim(`${what}, ${shortName(lesson)} in ${name}`, Number(value), options);
  const share = (what: string, row: Row, value: unknown) => number(what, row, value, inPercent);
  const lesson = shortName(top.lesson);
  const parts = [
    prose`In ${name}, *${lesson}* has ${share("share that three of four cohorts reach", top, top.lower_quartile_share)} or more of the lesson pages in three of four cohorts (median: ${share("share in the middle cohort", top, top.median_share)}) and is among the ${claim("most read lessons of a cohort", first, { as: formatCount })} most read in ${claim(`cohorts in which ${lesson} is among the most read, ${name}`, Number(top.cohorts_in_first))} of ${claimCohorts(`cohorts compared in ${name}`, cohorts, counting("cohort"))}.`,
  ];
  const below = top.lesson === top.topic && lessons.find((row) => row.lesson !== row.topic);
  if (below) {
    parts.push(
      prose`That is a topic's own page; the lesson most consistently read below a topic is *${shortName(below.lesson)}*, with ${share("share below a topic that three of four cohorts reach", below, below.lower_quartile_share)} or more.`,
    );
  }
  const [misled] = lessons
    .filter(({ rank_by_sum, rank }) => rank_by_sum <= first && rank > 2 * first)
    .sort((a, b) => Number(a.rank_by_sum) - Number(b.rank_by_sum));
  if (misled) {
    parts.push(
      prose`A sum misleads: *${shortName(misled.lesson)}* is number ${number("place by sum", misled, misled.rank_by_sum)} by page views of all cohorts, but number ${number("place by consistency", misled, misled.rank)} by what three of four cohorts read.`,
    );
  }
  if (leftOut > 0) {
    parts.push(
      prose`${claimCohorts(`cohorts left out, ${name}`, leftOut, counting("cohort is", "cohorts are"))} left out, with too few students or too little of the class in the log.`,
    );
  }
  return parts;
}

function sure(able: readonly Program[]): Prose {
  const known = able.filter(({ lessons }) => lessons.length > 0);
  if (known.length === 0) return prose`Not at all: there is nothing to compare.`;
  const [most, least] = [known[0]!, known.at(-1)!];
  const words = (program: Program) =>
    claimCohorts(`cohorts compared in ${nameOf(program)}`, program.cohorts, counting("cohort"));
  if (most === least) {
    return prose`As sure as ${words(most)} can make it: the order of lessons with nearly the same share may well be chance.`;
  }
  return prose`Surest where most cohorts agree, in ${nameOf(most)} with ${words(most)}; least in ${nameOf(least)} with ${words(least)}, where one more could change the order. The order of lessons with nearly the same share may be chance everywhere.`;
}
