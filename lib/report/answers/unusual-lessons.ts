import type pl from "nodejs-polars";
import { strongestUse } from "../../explore/strongest-use";
import { LESS_THAN_OTHERS, MORE_THAN_OTHERS } from "../../explore/unusual-lesson-use";
import type { Row } from "../../log/first-row";
import { requireColumns } from "../../log/require-columns";
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
    measure: prose`A lesson's share of each student's lesson pages in class; a rank test compares the students of a cohort with those of the program's other cohorts for which the lesson was there. A pair of cohort and lesson stands out if the difference is significant at ${wholePercent("share of chance findings put up with", alpha)} after correction for all pairs looked at, and the cohort's share is at least ${claim("least ratio", minRatio)} times the others', or the other way round.`,
    changes: prose`Counting page views instead of students would call nearly every pair significant, and not joining the layouts of a lesson would make each change of layout look like a cohort that glosses over it.`,
    sure:
      found.pairs === 0
        ? prose`Not at all: there are no cohorts to compare.`
        : prose`That the cohorts differ is sure within the stated share of chance findings; why is not in the log. Students of a cohort share a teacher and a calendar, and where a program has few cohorts one that reads more makes the others look as if they read less.`,
  };
}

type Found = ReturnType<typeof foundOf>;

/** The strongest first; `name` is the lesson's or topic's. */
function foundOf(pairs: pl.DataFrame, of: "lesson" | "topic") {
  const caller = "unusualLessonsAnswer";
  requireColumns(caller, pairs, of, "program", "cohort", "use", "cohorts", "pages_per_student");
  requireColumns(caller, pairs, "ratio", "ratio_low", "ratio_high", "adjusted_p_value");
  const rowsOf = (use: string): Row[] =>
    strongestUse(pairs, use)
      .toRecords()
      .map((row) => ({ ...row, name: row[of] }));
  return { pairs: pairs.height, more: rowsOf(MORE_THAN_OTHERS), less: rowsOf(LESS_THAN_OTHERS) };
}

const textOf = (value: unknown) => nameProse(value ?? "a cohort without a name", { max: 40 });

/** @param how sets the number apart from others, as names may be alike */
function times(how: string, { cohort, name, ratio }: Row): Prose {
  return claim(`ratio, ${how}: ${textOf(cohort)} on ${textOf(name)}`, Number(ratio), {
    as: (x) => (x === 0 ? "not once" : `${formatNumber(x, x < 1 ? 2 : 1)} times`),
  });
}

const MOST_CLEARLY = "most clearly more";

function headline({ pairs, more: [most], less: [least] }: Found): Prose {
  if (pairs === 0) return prose`There are no cohorts to compare`;
  if (most) {
    return prose`Yes: ${textOf(most.cohort)} read ${textOf(most.name)} ${times(MOST_CLEARLY, most)} as much as ${Number(most.cohorts) === 2 ? "the other cohort" : "the other cohorts"}`;
  }
  return least
    ? prose`None more than others, but ${textOf(least.cohort)} glossed over ${textOf(least.name)}`
    : prose`No cohort read a lesson significantly more or less than others`;
}

function details(found: Found, topic?: Row): Prose {
  const { more, less } = found;
  if (found.pairs === 0) {
    return prose`A program needs at least two cohorts with students in class, and lessons that both could read.`;
  }
  const [[most], [least]] = [more, less];
  return inOne([
    howMany(found),
    most ? aboutMore(most) : prose``,
    least
      ? prose`Most clearly glossed over: *${textOf(least.name)}* by ${textOf(least.cohort)}, ${Number(least.ratio) === 0 ? prose`who did not open it in class` : prose`with ${times("glossed over", least)} the others' share`}.`
      : prose``,
    mostOften([...more, ...less]),
    topic
      ? prose`By whole topics, it is *${textOf(topic.name)}* in ${textOf(topic.cohort)}, with ${times("by whole topics", topic)} the share of the other cohorts of ${textOf(topic.program)}.`
      : prose``,
  ]);
}

function howMany({ pairs, more, less }: Found): Prose {
  const [noun, nouns] = ["pair of cohort and lesson", "pairs of cohort and lesson"] as const;
  const all = count("pairs of cohort and lesson looked at", pairs, noun, nouns);
  return more.length + less.length === 0
    ? prose`No pair stands out among the ${all} that were looked at.`
    : prose`Of ${all} that were looked at, ${orNone("pairs with more than others", more.length)} ${verb(more.length, "stands", "stand")} out because the cohort read the lesson more than others, and ${orNone("pairs with less than others", less.length)} because it read it less.`;
}

function aboutMore(row: Row): Prose {
  const [cohort, name] = [textOf(row.cohort), textOf(row.name)];
  const about = `${cohort} on ${name}`;
  const pages = claim(`pages per student of ${about}`, Number(row.pages_per_student), {
    as: (x) => `${formatNumber(x, 1)} ${x === 1 ? "page" : "pages"}`,
  });
  return prose`Most clearly so: ${cohort} (${textOf(row.program)}) on *${name}*, ${pages} per student and ${times(MOST_CLEARLY, row)} the others' share (between ${digits(`lower end for ${about}`, row.ratio_low, 1)} and ${digits(`upper end for ${about}`, row.ratio_high, 1)} times, allowing for differences between students).`;
}

/** The cohort with most pairs, where it has at least half of them. */
function mostOften(rows: Row[]): Prose {
  const [most] = frequencies(rows.map(({ cohort }) => cohort));
  if (!most || rows.length < 4 || 2 * most[1] < rows.length) return prose``;
  const name = textOf(most[0]);
  return prose`${orNone(`pairs of ${name}`, most[1])} of these pairs are of ${name}: that cohort read differently altogether, or its pages were logged differently.`;
}
