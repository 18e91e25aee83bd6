import type pl from "nodejs-polars";
import {
  LEAST_OTHERS,
  LESS_THAN_OTHERS,
  LIKE_OTHERS,
  MORE_THAN_OTHERS,
  NOT_TESTED,
} from "../../explore/left-out-tests";
import { strongestUse } from "../../explore/strongest-use";
import type { Row } from "../../log/first-row";
import { requireColumns } from "../../log/require-columns";
import { not, where } from "../../log/where";
import { formatNumber } from "../../words/format-words";
import { nameProse, type Prose, prose } from "../../words/prose";
import type { Answer } from "../answer";
import { claimsOf, frequencies, inOne, verb } from "./phrases";

export interface UnusualLessonsAnswerOptions {
  /** As `unusualLessonUse` was given them. */
  alpha?: number;
  minRatio?: number;
}

const { claim, count, digits, orNone, wholePercent } = claimsOf("unusualLessonUse");

/**
 * The answer to question 2, from `unusualLessonUse` by lesson: is there a cohort that referred to a
 * lesson significantly more than others?
 * @param topics the same with `of: "topic"`; not mentioned without
 */
export function unusualLessonsAnswer(
  lessons: pl.DataFrame,
  topics?: pl.DataFrame,
  { alpha = 0.05, minRatio = 1.5 }: UnusualLessonsAnswerOptions = {},
): Answer {
  const found = foundOf(lessons, "lesson");
  const topic = topics && foundOf(topics, "topic").more[0];
  return {
    number: 2,
    question: "Did a cohort refer to a lesson significantly more than others, who glossed over it?",
    headline: headline(found),
    details: details(found, topic),
    measure: prose`A lesson's share of the lesson pages that a cohort's students open in class: one value for each cohort, as students of a cohort share a teacher and a calendar. The program's other cohorts for which the lesson was there, ${claim("least other cohorts", LEAST_OTHERS)} or more, say how much cohorts differ anyway; a t test asks whether this one lies outside. A pair of cohort and lesson stands out if the difference is significant at ${wholePercent("share of chance findings put up with", alpha)} after correction for all pairs tested, and the cohort's share is at least ${claim("least ratio", minRatio)} times the others' mean, or the other way round.`,
    changes: prose`Counting students, or even page views, as if they were independent would call many more pairs significant: a class reads together. Not joining the layouts of a lesson would make each change of layout look like a cohort that glosses over it.`,
    sure: sureness(found, alpha),
  };
}

type Found = ReturnType<typeof foundOf>;

/** The strongest first; `name` is the lesson's or topic's. */
function foundOf(pairs: pl.DataFrame, of: "lesson" | "topic") {
  const caller = "unusualLessonsAnswer";
  requireColumns(caller, pairs, of, "program", "cohort", "use", "cohorts", "pages_per_student");
  requireColumns(caller, pairs, "ratio", "ratio_low", "ratio_high", "is_reference");
  const rowsOf = (use: string): Row[] =>
    strongestUse(pairs, use)
      .toRecords()
      .map((row) => ({ ...row, name: row[of] }));
  const [more, less, untested] = [MORE_THAN_OTHERS, LESS_THAN_OTHERS, NOT_TESTED].map(rowsOf);
  const odd = where(pairs, { is_reference: false, use: not(NOT_TESTED) }).toRecords() as Row[];
  const tested = pairs.height - untested!.length;
  return { pairs: pairs.height, tested, more: more!, less: less!, untested: untested!, odd };
}

const textOf = (value: unknown) => nameProse(value ?? "a cohort without a name", { max: 40 });

/** @param how sets the number apart from others, as names may be alike */
function times(how: string, { cohort, name, ratio }: Row): Prose {
  return claim(`ratio, ${how}: ${textOf(cohort)} on ${textOf(name)}`, Number(ratio), {
    as: (x) => (x === 0 ? "not once" : `${formatNumber(x, x < 1 ? 2 : 1)} times`),
  });
}

const MOST_CLEARLY = "most clearly more";

function headline({ pairs, tested, more: [most], less: [least] }: Found): Prose {
  const ifTested = tested < pairs ? ", where it can be tested" : "";
  if (pairs === 0) return prose`There are no cohorts to compare`;
  if (tested === 0) return prose`There are too few cohorts to tell`;
  if (most) {
    return prose`Yes: ${textOf(most.cohort)} read ${textOf(most.name)} ${times(MOST_CLEARLY, most)} as much as the other cohorts`;
  }
  return least
    ? prose`None more than others${ifTested}, but ${textOf(least.cohort)} glossed over ${textOf(least.name)}`
    : prose`No cohort read a lesson significantly more or less than others${ifTested}`;
}

function sureness({ pairs, tested }: Found, alpha: number): Prose {
  if (pairs === 0) return prose`Not at all: there are no cohorts to compare.`;
  if (tested === 0) {
    return prose`Not at all: how much cohorts differ anyway cannot be seen in so few of them.`;
  }
  return prose`Of pairs that stand out, ${wholePercent("share of chance findings expected", alpha)} at most are expected to be chance. That a cohort differs is all that the log shows, not why: another teacher, a change of the course, a lesson given on paper or under another name would look the same. A difference that is not found may still be there: a lesson must be read several times as much as by others to stand out.`;
}

function details(found: Found, topic?: Row): Prose {
  const { more, less, odd } = found;
  if (found.pairs === 0) {
    return prose`A program needs at least two cohorts with students in class, and lessons that both could read.`;
  }
  const [[most], [least]] = [more, less];
  return inOne([
    found.tested === 0 ? prose`` : howMany(found),
    most ? aboutMore(most) : prose``,
    least
      ? prose`Most clearly glossed over: *${textOf(least.name)}* by ${textOf(least.cohort)}, ${Number(least.ratio) === 0 ? prose`who did not open it in class` : prose`with ${times("glossed over", least)} the others' share`}.`
      : prose``,
    mostOften([...more, ...less]),
    ...frequencies(odd.map(({ cohort }) => cohort)).map(aboutOdd(odd)),
    topic
      ? prose`By whole topics, it is *${textOf(topic.name)}* in ${textOf(topic.cohort)}, with ${times("by whole topics", topic)} the share of the other cohorts of ${textOf(topic.program)}.`
      : prose``,
    aboutUntested(found.untested),
  ]);
}

function howMany({ tested, more, less }: Found): Prose {
  const [noun, nouns] = ["pair of cohort and lesson", "pairs of cohort and lesson"] as const;
  const all = count("pairs of cohort and lesson tested", tested, noun, nouns);
  return more.length + less.length === 0
    ? prose`No pair stands out among the ${all} that were tested.`
    : prose`Of ${all} that were tested, ${orNone("pairs with more than others", more.length)} ${verb(more.length, "stands", "stand")} out because the cohort read the lesson more than others, and ${orNone("pairs with less than others", less.length)} because it read it less.`;
}

function aboutMore(row: Row): Prose {
  const [cohort, name] = [textOf(row.cohort), textOf(row.name)];
  const about = `${cohort} on ${name}`;
  const pages = pagesPerStudent(row);
  return prose`Most clearly so: ${cohort} (${textOf(row.program)}) on *${name}*, ${pages} per student and ${times(MOST_CLEARLY, row)} the others' share (between ${digits(`lower end for ${about}`, row.ratio_low, 1)} and ${digits(`upper end for ${about}`, row.ratio_high, 1)} times, allowing for how much cohorts differ anyway and for the choice among all pairs).`;
}

function pagesPerStudent({ cohort, name, pages_per_student }: Row): Prose {
  const what = `pages per student of ${textOf(cohort)} on ${textOf(name)}`;
  return claim(what, Number(pages_per_student), {
    as: (x) => `${formatNumber(x, 1)} ${x === 1 ? "page" : "pages"}`,
  });
}

/** What was seen where nothing can be tested. */
function aboutUntested(rows: Row[]): Prose {
  if (rows.length === 0) return prose``;
  const pairs = count("pairs not tested", rows.length, "pair was", "pairs were");
  const why = prose`${pairs} not tested, as fewer than ${claim("least other cohorts", LEAST_OTHERS)} others do not show how much cohorts differ anyway.`;
  const widest = rows.find(({ ratio }) => ratio > 1);
  if (!widest) return why;
  const others = Number(widest.cohorts) - 1;
  return prose`${why} The widest gap there: ${textOf(widest.cohort)} (${textOf(widest.program)}) read *${textOf(widest.name)}* ${times("not tested", widest)} as much as the other ${others === 1 ? "cohort" : count("other cohorts of the widest gap", others, "cohort")} that had it, ${pagesPerStudent(widest)} per student. Whether that is more than chance cannot be known.`;
}

/** A cohort that others are not compared with. */
const aboutOdd =
  (rows: Row[]) =>
  ([cohort, pairs]: [string, number]): Prose => {
    const name = textOf(cohort);
    const out = rows.filter((row) => row.cohort === cohort && row.use !== LIKE_OTHERS);
    return prose`${name} stands out in ${orNone(`pairs of ${name} that stand out`, out.length)} of its ${orNone(`pairs of ${name} tested`, pairs)} pairs, so the others are not compared with it.`;
  };

/** The cohort with most pairs, where it has at least half of them. */
function mostOften(rows: Row[]): Prose {
  const [most] = frequencies(rows.map(({ cohort }) => cohort));
  if (!most || rows.length < 4 || 2 * most[1] < rows.length) return prose``;
  const name = textOf(most[0]);
  return prose`${orNone(`pairs of ${name}`, most[1])} of these pairs are of ${name}: its course may have been another one, or its pages were logged differently.`;
}
