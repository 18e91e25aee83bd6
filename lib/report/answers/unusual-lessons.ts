import type pl from "nodejs-polars";
import { strongestUse } from "../../explore/strongest-use";
import { LESS_THAN_OTHERS, MORE_THAN_OTHERS } from "../../explore/unusual-lesson-use";
import { firstRow, type Row } from "../../log/first-row";
import { requireColumns } from "../../log/require-columns";
import { claimsFrom } from "../../words/claim";
import { counted, formatNumber, formatPercent } from "../../words/format-words";
import { nameProse, type Prose, prose } from "../../words/prose";
import type { Answer } from "../answer";

export interface UnusualLessonsAnswerOptions {
  /** As `unusualLessonUse` was given them. */
  alpha?: number;
  minRatio?: number;
}

const claim = claimsFrom("unusualLessonUse");

/**
 * The board's second question in words: is there a cohort that referred to a lesson significantly
 * more than others, who seemed to gloss over it?
 *
 * @param lessons as `unusualLessonUse` gives them, of single lessons
 * @param topics the same with `of: "topic"`; not spoken of where not given
 * @param options those that both were found with
 * @throws {Error} if a column is missing or of another type
 */
export function unusualLessonsAnswer(
  lessons: pl.DataFrame,
  topics?: pl.DataFrame,
  { alpha = 0.05, minRatio = 1.5 }: UnusualLessonsAnswerOptions = {},
): Answer {
  const columns = {
    program: "String",
    cohort: "String",
    use: "String",
    pages_per_student: "number",
    cohorts: "integer",
    ratio: "number",
    ratio_low: "number",
    ratio_high: "number",
    adjusted_p_value: "number",
  } as const;
  requireColumns("unusualLessonsAnswer", lessons, { ...columns }, "lesson");
  if (topics) requireColumns("unusualLessonsAnswer", topics, { ...columns }, "topic");
  const found = foundOf(lessons, "lesson");
  return {
    number: 2,
    question: "Did a cohort refer to a lesson significantly more than others, who glossed over it?",
    headline: headline(found),
    details: details(found, topics && foundOf(topics, "topic")),
    measure: prose`A lesson's share of each student's lesson pages in class; a rank test compares the students of a cohort with those of the program's other cohorts for which the lesson was there. A pair of cohort and lesson stands out if the difference is significant at ${claim("share of chance findings put up with", alpha, { as: (x) => formatPercent(x, 0) })} after correction for all pairs looked at, and the cohort's share is at least ${claim("least ratio", minRatio)} times that of the others, or at most that part of it.`,
    changes: prose`Counting page views instead of students would call nearly every pair significant, and not joining the layouts of a lesson would make each change of layout look like a cohort that glosses over it.`,
    sure:
      found.pairs === 0
        ? prose`Not at all: there are no cohorts to compare.`
        : prose`That the cohorts differ is sure within the stated share of chance findings; why is not in the log. Students of a cohort share a teacher and a calendar, and where a program has few cohorts one that reads more makes the others look as if they read less.`,
  };
}

interface Found {
  of: string;
  /** Pairs that were looked at. */
  pairs: number;
  more: pl.DataFrame;
  less: pl.DataFrame;
}

function foundOf(pairs: pl.DataFrame, of: string): Found {
  return {
    of,
    pairs: pairs.height,
    more: strongestUse(pairs, MORE_THAN_OTHERS),
    less: strongestUse(pairs, LESS_THAN_OTHERS),
  };
}

const textOf = (value: unknown) => nameProse(value ?? "a cohort without a name", { max: 40 });

/**
 * How many times the others' share, in words.
 *
 * @param how what sets the number apart from others: names may be alike, also when they are cut
 */
function times(how: string, row: Row, of: string): Prose {
  const what = `ratio, ${how}: ${textOf(row.cohort)} on ${textOf(row[of])}`;
  return claim(what, Number(row.ratio), {
    as: (x) => (x === 0 ? "not once" : `${formatNumber(x, x < 1 ? 2 : 1)} times`),
  });
}

const MOST_CLEARLY = "most clearly more";

function headline(found: Found): Prose {
  if (found.pairs === 0) return prose`There are no cohorts to compare`;
  const more = firstRow(found.more);
  const less = firstRow(found.less);
  if (more) {
    return prose`Yes: ${textOf(more.cohort)} read ${textOf(more[found.of])} ${times(MOST_CLEARLY, more, found.of)} as much as ${Number(more.cohorts) === 2 ? "the other cohort" : "the other cohorts"}`;
  }
  if (less)
    return prose`None more than others, but ${textOf(less.cohort)} glossed over ${textOf(less[found.of])}`;
  return prose`No cohort read a lesson significantly more or less than others`;
}

function details(found: Found, topics?: Found): Prose {
  if (found.pairs === 0) {
    return prose`A program needs at least two cohorts with students in class, and lessons that both could read.`;
  }
  const { pairs, more, less } = found;
  const all = claim("pairs of cohort and lesson looked at", pairs, {
    as: (n) => counted(n, "pair of cohort and lesson", "pairs of cohort and lesson"),
  });
  const parts = [
    more.height + less.height === 0
      ? prose`Of ${all} that were looked at none stands out.`
      : prose`Of ${all} that were looked at, ${claim("pairs with more than others", more.height, { as: numberOf })} ${more.height === 1 ? "stands" : "stand"} out because the cohort read the lesson more than others, and ${claim("pairs with less than others", less.height, { as: numberOf })} because it read it less.`,
  ];
  const [firstMore, firstLess] = [firstRow(more), firstRow(less)];
  if (firstMore) parts.push(aboutMore(firstMore, found.of));
  if (firstLess) {
    parts.push(
      prose`Most clearly glossed over: *${textOf(firstLess[found.of])}* by ${textOf(firstLess.cohort)}, ${Number(firstLess.ratio) === 0 ? prose`who did not open it in class` : prose`with ${times("glossed over", firstLess, found.of)} the others' share`}.`,
    );
  }
  parts.push(...mostOften(more, less));
  const topic = topics && firstRow(topics.more);
  if (topic) {
    parts.push(
      prose`By whole topics, it is *${textOf(topic[topics.of])}* in ${textOf(topic.cohort)}, with ${times("by whole topics", topic, topics.of)} the share of the other cohorts of ${textOf(topic.program)}.`,
    );
  }
  return parts.reduce((text, part) => prose`${text} ${part}`, prose``);
}

const numberOf = (n: number) => (n === 0 ? "none" : n.toLocaleString("en-US"));

function aboutMore(row: Row, of: string): Prose {
  const about = `${textOf(row.cohort)} on ${textOf(row[of])}`;
  return prose`Most clearly so: ${textOf(row.cohort)} (${textOf(row.program)}) on *${textOf(row[of])}*, ${claim(`pages per student of ${about}`, Number(row.pages_per_student), { as: (x) => `${formatNumber(x, 1)} ${x === 1 ? "page" : "pages"}` })} per student and ${times(MOST_CLEARLY, row, of)} the others' share (between ${claim(`lower end for ${about}`, Number(row.ratio_low), { as: (x) => formatNumber(x, 1) })} and ${claim(`upper end for ${about}`, Number(row.ratio_high), { as: (x) => formatNumber(x, 1) })} times, allowing for differences between students).`;
}

/** The cohort with the most pairs, where it has many: then it is the cohort that is unusual, not a lesson. */
function mostOften(more: pl.DataFrame, less: pl.DataFrame): Prose[] {
  const names = [more, less].flatMap(
    (frame) => frame.getColumn("cohort").toArray() as (string | null)[],
  );
  const counts = new Map<string | null, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  const [most] = [...counts].sort(([a, m], [b, n]) => n - m || (String(a) < String(b) ? -1 : 1));
  if (!most || names.length < 4 || 2 * most[1] < names.length) return [];
  return [
    prose`${claim(`pairs of ${textOf(most[0])}`, most[1], { as: numberOf })} of these pairs are of ${textOf(most[0])}: that cohort read differently altogether, or its pages were logged differently.`,
  ];
}
