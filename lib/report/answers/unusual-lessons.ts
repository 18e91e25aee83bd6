import type pl from "nodejs-polars";
import { strongestUse } from "../../explore/strongest-use";
import { LESS_THAN_OTHERS, MORE_THAN_OTHERS } from "../../explore/unusual-lesson-use";
import { firstRow, type Row } from "../../log/first-row";
import { requireColumns } from "../../log/require-columns";
import { claimsFrom } from "../../words/claim";
import { formatNumber } from "../../words/format-words";
import { nameProse, type Prose, prose } from "../../words/prose";
import type { Answer } from "../answer";
import { counting, inFullPercent, inOne } from "./phrases";

export interface UnusualLessonsAnswerOptions {
  /** As `unusualLessonUse` was given them. */
  alpha?: number;
  minRatio?: number;
}

const claim = claimsFrom("unusualLessonUse");

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
  return {
    number: 2,
    question: "Did a cohort refer to a lesson significantly more than others, who glossed over it?",
    headline: headline(found),
    details: details(found, topics && foundOf(topics, "topic")),
    measure: prose`A lesson's share of each student's lesson pages in class; a rank test compares the students of a cohort with those of the program's other cohorts for which the lesson was there. A pair of cohort and lesson stands out if the difference is significant at ${claim("share of chance findings put up with", alpha, inFullPercent)} after correction for all pairs looked at, and the cohort's share is at least ${claim("least ratio", minRatio)} times the others', or the other way round.`,
    changes: prose`Counting page views instead of students would call nearly every pair significant, and not joining the layouts of a lesson would make each change of layout look like a cohort that glosses over it.`,
    sure:
      found.pairs === 0
        ? prose`Not at all: there are no cohorts to compare.`
        : prose`That the cohorts differ is sure within the stated share of chance findings; why is not in the log. Students of a cohort share a teacher and a calendar, and where a program has few cohorts one that reads more makes the others look as if they read less.`,
  };
}

interface Found {
  of: "lesson" | "topic";
  pairs: number;
  more: pl.DataFrame;
  less: pl.DataFrame;
}

function foundOf(pairs: pl.DataFrame, of: "lesson" | "topic"): Found {
  const caller = "unusualLessonsAnswer";
  requireColumns(caller, pairs, of, "program", "cohort", "use", "cohorts", "pages_per_student");
  requireColumns(caller, pairs, "ratio", "ratio_low", "ratio_high", "adjusted_p_value");
  const [more, less] = [MORE_THAN_OTHERS, LESS_THAN_OTHERS].map((use) => strongestUse(pairs, use));
  return { of, pairs: pairs.height, more: more!, less: less! };
}

const textOf = (value: unknown) => nameProse(value ?? "a cohort without a name", { max: 40 });
const numberOf = (n: number) => (n === 0 ? "none" : n.toLocaleString("en-US"));

/** @param how sets the number apart from others, as names may be alike */
function times(how: string, row: Row, of: string): Prose {
  const what = `ratio, ${how}: ${textOf(row.cohort)} on ${textOf(row[of])}`;
  return claim(what, Number(row.ratio), {
    as: (x) => (x === 0 ? "not once" : `${formatNumber(x, x < 1 ? 2 : 1)} times`),
  });
}

const MOST_CLEARLY = "most clearly more";

function headline({ pairs, of, more, less }: Found): Prose {
  if (pairs === 0) return prose`There are no cohorts to compare`;
  const [most, least] = [firstRow(more), firstRow(less)];
  if (most) {
    return prose`Yes: ${textOf(most.cohort)} read ${textOf(most[of])} ${times(MOST_CLEARLY, most, of)} as much as ${Number(most.cohorts) === 2 ? "the other cohort" : "the other cohorts"}`;
  }
  return least
    ? prose`None more than others, but ${textOf(least.cohort)} glossed over ${textOf(least[of])}`
    : prose`No cohort read a lesson significantly more or less than others`;
}

function details(found: Found, topics?: Found): Prose {
  const { pairs, of, more, less } = found;
  if (pairs === 0) {
    return prose`A program needs at least two cohorts with students in class, and lessons that both could read.`;
  }
  const [most, least, topic] = [more, less, topics?.more].map((frame) => frame && firstRow(frame));
  return inOne([
    howMany(found),
    most ? aboutMore(most, of) : prose``,
    least
      ? prose`Most clearly glossed over: *${textOf(least[of])}* by ${textOf(least.cohort)}, ${Number(least.ratio) === 0 ? prose`who did not open it in class` : prose`with ${times("glossed over", least, of)} the others' share`}.`
      : prose``,
    mostOften(more, less),
    topic
      ? prose`By whole topics, it is *${textOf(topic.topic)}* in ${textOf(topic.cohort)}, with ${times("by whole topics", topic, "topic")} the share of the other cohorts of ${textOf(topic.program)}.`
      : prose``,
  ]);
}

function howMany({ pairs, more, less }: Found): Prose {
  const [noun, nouns] = ["pair of cohort and lesson", "pairs of cohort and lesson"] as const;
  const all = claim("pairs of cohort and lesson looked at", pairs, counting(noun, nouns));
  return more.height + less.height === 0
    ? prose`No pair stands out among the ${all} that were looked at.`
    : prose`Of ${all} that were looked at, ${claim("pairs with more than others", more.height, { as: numberOf })} ${more.height === 1 ? "stands" : "stand"} out because the cohort read the lesson more than others, and ${claim("pairs with less than others", less.height, { as: numberOf })} because it read it less.`;
}

function aboutMore(row: Row, of: string): Prose {
  const about = `${textOf(row.cohort)} on ${textOf(row[of])}`;
  const end = (which: string, value: unknown) =>
    claim(`${which} end for ${about}`, Number(value), { as: (x) => formatNumber(x, 1) });
  const pages = claim(`pages per student of ${about}`, Number(row.pages_per_student), {
    as: (x) => `${formatNumber(x, 1)} ${x === 1 ? "page" : "pages"}`,
  });
  return prose`Most clearly so: ${textOf(row.cohort)} (${textOf(row.program)}) on *${textOf(row[of])}*, ${pages} per student and ${times(MOST_CLEARLY, row, of)} the others' share (between ${end("lower", row.ratio_low)} and ${end("upper", row.ratio_high)} times, allowing for differences between students).`;
}

/** The cohort with most pairs, where it has at least half of them. */
function mostOften(more: pl.DataFrame, less: pl.DataFrame): Prose {
  const names = [more, less].flatMap((frame) => frame.getColumn("cohort").toArray() as unknown[]);
  const counts = new Map<unknown, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  const [most] = [...counts].sort(([a, m], [b, n]) => n - m || (String(a) < String(b) ? -1 : 1));
  if (!most || names.length < 4 || 2 * most[1] < names.length) return prose``;
  return prose`${claim(`pairs of ${textOf(most[0])}`, most[1], { as: numberOf })} of these pairs are of ${textOf(most[0])}: that cohort read differently altogether, or its pages were logged differently.`;
}
