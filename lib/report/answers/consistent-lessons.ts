import type pl from "nodejs-polars";
import { requireColumns } from "../../log/require-columns";
import { claimsFrom } from "../../words/claim";
import { counted, formatCount, formatPercent } from "../../words/format-words";
import { type Prose, prose } from "../../words/prose";
import { visibleText } from "../../words/visible-text";
import type { Answer } from "../answer";

export interface ConsistentLessonsAnswerOptions {
  /** Cohorts that a program needs before anything in it can be called consistent. */
  minCohorts?: number;
  /** As `consistentLessons` was given it. */
  first?: number;
  minStudents?: number;
  minCovered?: number;
}

const claim = claimsFrom("consistentLessons");
const claimCohorts = claimsFrom("cohortsInClass");

/**
 * The board's first question in words: which lesson attracts the most traffic consistently across
 * cohorts, per program?
 *
 * @param lessons as `consistentLessons` gives them, of single lessons
 * @param cohorts as `cohortsInClass` gives them: what cannot be told of a program is said too
 * @param options those that the lessons were found with
 * @throws {Error} if a column is missing or of another type
 */
export function consistentLessonsAnswer(
  lessons: pl.DataFrame,
  cohorts: pl.DataFrame,
  {
    minCohorts = 3,
    first = 10,
    minStudents = 5,
    minCovered = 0.9,
  }: ConsistentLessonsAnswerOptions = {},
): Answer {
  requireColumns(
    "consistentLessonsAnswer",
    lessons,
    "program",
    "rank",
    "lesson",
    "topic",
    "rank_by_sum",
    "lower_quartile_share",
    "median_share",
    "cohorts",
    "cohorts_reading",
    "cohorts_in_first",
  );
  requireColumns("consistentLessonsAnswer", cohorts, "program", "counts");
  const programs = programsOf(lessons, cohorts);
  const able = programs.filter((program) => program.cohorts >= minCohorts);
  const unable = programs.filter((program) => program.cohorts < minCohorts);
  return {
    number: 1,
    question: "Which lesson attracts the most traffic consistently across cohorts, per program?",
    headline: headline(able),
    details: details(able, unable, { minCohorts, first }),
    measure: prose`In each cohort, a lesson's share of all lesson pages that students opened in class, on days from the cohort's first to its last; lessons are ranked by the share that ${claim("part of cohorts that reach it", 0.75, { as: (part) => formatPercent(part, 0) })} of a program's cohorts reach or exceed. Cohorts count that have at least ${claim("fewest students of a cohort", minStudents, { as: (n) => counted(n, "student") })} in class and ${claim("part of the class within the log", minCovered, { as: (part) => formatPercent(part, 0) })} of it within the log; a topic's own page counts as a lesson.`,
    changes: prose`Counting page views over all cohorts together would put busy or large cohorts first, and leaving out topics' own pages, from which students only go on to a lesson, puts the lessons below them in their place.`,
    sure: sure(able),
  };
}

interface Lesson {
  name: string;
  isSection: boolean;
  rank: number;
  bySum: number;
  quartile: number;
  median: number;
  reading: number;
  inFirst: number;
}

interface Program {
  name: string;
  cohorts: number;
  leftOut: number;
  lessons: Lesson[];
}

function programsOf(lessons: pl.DataFrame, cohorts: pl.DataFrame): Program[] {
  const programs = new Map<string, Program>();
  const programOf = (name: string) => {
    const own = programs.get(name) ?? { name, cohorts: 0, leftOut: 0, lessons: [] };
    programs.set(name, own);
    return own;
  };
  for (const row of cohorts.select("program", "counts").toRecords()) {
    const own = programOf(String(row.program));
    if (row.counts) own.cohorts++;
    else own.leftOut++;
  }
  const rows = lessons.select(
    "program",
    "rank",
    "lesson",
    "topic",
    "rank_by_sum",
    "lower_quartile_share",
    "median_share",
    "cohorts_reading",
    "cohorts_in_first",
  );
  for (const row of rows.toRecords()) {
    programOf(String(row.program)).lessons.push({
      name: visibleText(String(row.lesson), { max: 60 }),
      isSection: row.lesson === row.topic,
      rank: Number(row.rank),
      bySum: Number(row.rank_by_sum),
      quartile: Number(row.lower_quartile_share),
      median: Number(row.median_share),
      reading: Number(row.cohorts_reading),
      inFirst: Number(row.cohorts_in_first),
    });
  }
  // Programs with the most cohorts come first: of them most is known.
  return [...programs.values()].sort((a, b) => b.cohorts - a.cohorts || (a.name < b.name ? -1 : 1));
}

const nameOf = ({ name }: Program) => visibleText(name, { max: 60 });

function headline(able: readonly Program[]): Prose {
  const known = able.filter(({ lessons }) => lessons.length > 0);
  if (known.length === 0) return prose`No program has cohorts enough to call a lesson consistent`;
  return known.reduce(
    (line, program, i) =>
      prose`${line}${i > 0 ? "; " : ""}${nameOf(program)}: ${program.lessons[0]!.name}`,
    prose``,
  );
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
      prose`Of ${names} nothing can be called consistent: fewer than ${claimCohorts("cohorts that a program needs", minCohorts, { as: (n) => counted(n, "cohort") })} of ${unable.length === 1 ? "it" : "each"} can be compared.`,
    );
  }
  if (parts.length === 0) parts.push(prose`No cohort with a program is in class in this log.`);
  return parts.reduce((all, part) => prose`${all} ${part}`, prose``);
}

function aboutProgram(program: Program, first: number): Prose[] {
  const { lessons, cohorts, leftOut } = program;
  const [top] = lessons;
  if (!top) return [];
  const name = nameOf(program);
  const share = (what: string, of: Lesson, value: number) =>
    claim(`${what}, ${of.name} in ${name}`, value, { as: (x) => formatPercent(x) });
  const parts = [
    prose`In ${name}, *${top.name}* has ${share("share that three of four cohorts reach", top, top.quartile)} or more of the lesson pages in three of four cohorts (median: ${share("share in the middle cohort", top, top.median)}) and is among the ${claim("most read lessons of a cohort", first, { as: formatCount })} most read in ${claim(`cohorts in which ${top.name} is among the most read, ${name}`, top.inFirst)} of ${claimCohorts(`cohorts compared in ${name}`, cohorts, { as: (n) => counted(n, "cohort") })}.`,
  ];
  const below = top.isSection ? lessons.find(({ isSection }) => !isSection) : undefined;
  if (below) {
    parts.push(
      prose`That is a topic's own page; the lesson most consistently read below a topic is *${below.name}*, with ${share("share below a topic that three of four cohorts reach", below, below.quartile)} or more.`,
    );
  }
  const misled = lessons
    .filter(({ bySum, rank }) => bySum <= first && rank > 2 * first)
    .sort((a, b) => a.bySum - b.bySum)[0];
  if (misled) {
    parts.push(
      prose`A sum misleads: *${misled.name}* is number ${claim(`place by sum, ${misled.name} in ${name}`, misled.bySum)} by page views of all cohorts, but number ${claim(`place by consistency, ${misled.name} in ${name}`, misled.rank)} by what three of four cohorts read.`,
    );
  }
  if (leftOut > 0) {
    parts.push(
      prose`${claimCohorts(`cohorts left out, ${name}`, leftOut, { as: (n) => counted(n, "cohort is", "cohorts are") })} left out, with too few students or too little of the class in the log.`,
    );
  }
  return parts;
}

function sure(able: readonly Program[]): Prose {
  const known = able.filter(({ lessons }) => lessons.length > 0);
  if (known.length === 0) return prose`Not at all: there is nothing to compare.`;
  const most = known[0]!;
  const least = known.at(-1)!;
  const words = (program: Program) =>
    claimCohorts(`cohorts compared in ${nameOf(program)}`, program.cohorts, {
      as: (n) => counted(n, "cohort"),
    });
  if (most === least) {
    return prose`As sure as ${words(most)} can make it: the order of lessons with nearly the same share may well be chance.`;
  }
  return prose`Surest where most cohorts agree, in ${nameOf(most)} with ${words(most)}; least in ${nameOf(least)} with ${words(least)}, where one more could change the order. That of lessons with nearly the same share may be chance everywhere.`;
}
