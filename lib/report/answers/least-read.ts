import type pl from "nodejs-polars";
import { CURRENT, NEW, RETIRED } from "../../explore/lesson-facts";
import type { Row } from "../../log/first-row";
import { requireNumber } from "../../stats/require-option";
import { counted } from "../../words/format-words";
import { type Prose, prose } from "../../words/prose";
import type { Answer } from "../answer";
import { byProgram, byText, claimsOf, frequencies, inOne, rowsOf, shortName } from "./phrases";

export interface LeastReadOptions {
  /** A lesson that a smaller share of students opened is called hardly read. */
  lowShare?: number;
}

const IN_HEADLINE = 2;

/**
 * The answer to question 7, from `leastReadLessons`: per program the least read of its current
 * lessons, how many are hardly read, and the topic of most of those.
 * @throws {RangeError} if `lowShare` does not lie between 0 and 1
 */
export function leastReadAnswer(
  least: pl.DataFrame,
  { lowShare = 0.1 }: LeastReadOptions = {},
): Answer {
  requireNumber("leastReadAnswer", { lowShare }, { above: 0, below: 1 });
  const counts = ["users", "students", "cohorts"] as const;
  const columns = ["program", "lesson", "topic", "status", "share", ...counts] as const;
  const rows = rowsOf("leastReadAnswer", least, ...columns); // a few hundred lessons
  const programs = programsOf(rows);
  return {
    number: 7,
    question: "Which lessons are least accessed?",
    headline: headlineOf(programs),
    details: detailsOf(programs, rows, lowShare),
    measure: prose`Of the students of cohorts in which anybody opened a lesson in class, the share who did; a lesson with a cohort's name in its path is that cohort's alone, lessons that were taken away or have just come are listed apart, and only cohorts that have finished class count.`,
    changes: prose`Counting rows instead would put slips of the keyboard and pages of old layouts first; a list of the lessons that are taught would add those that nobody opens, which no log can show. Counting cohorts without any reader too would put first what was perhaps never shown to them.`,
    sure: sureOf(programs),
  };
}

interface Program {
  name: string;
  /** The least read first. */
  current: [Row, ...Row[]];
  /** Students who could have read a lesson, at most. */
  students: number;
}

function programsOf(rows: Row[]): Program[] {
  const programs = byProgram(rows.filter((row) => row.status === CURRENT));
  const all = programs.map(([program, own]): Program => {
    const current = own.sort((a, b) => a.share - b.share || byText(a.lesson, b.lesson));
    const students = Math.max(...own.map((row) => Number(row.students)));
    return { name: shortName(program), current: current as [Row], students };
  });
  return all.sort((a, b) => b.students - a.students || byText(a.name, b.name));
}

const { claim, count, percent } = claimsOf("leastReadLessons");
const lessonOf = (row: Row) => shortName(row.lesson);

function headlineOf(programs: Program[]): Prose {
  if (programs.length === 0)
    return prose`Too little is read in class to tell the least read lesson`;
  const named = programs
    .slice(0, IN_HEADLINE)
    .map(({ name, current }) => prose`${lessonOf(current[0])} (${name})`);
  return prose`Least opened in class: ${named}`;
}

function detailsOf(programs: Program[], rows: Row[], lowShare: number): Prose {
  const sentences = programs.flatMap((program) => [
    leastSentence(program),
    lowSentence(program, lowShare),
  ]);
  const apart = [
    { status: RETIRED, words: "no longer read" },
    { status: NEW, words: "new" },
  ].flatMap(({ status, words }) => {
    const n = rows.filter((row) => row.status === status).length;
    return n === 0 ? [] : [prose`${count(`lessons that are ${words}`, n, "lesson")} ${words}`];
  });
  if (apart.length > 0) sentences.push(prose`Listed apart: ${apart}.`);
  return sentences.length === 0
    ? prose`No lesson was there for enough students whose class the log saw to the end.`
    : inOne(sentences);
}

function leastSentence({ name, current: [first, ...others] }: Program): Prose {
  const lesson = lessonOf(first);
  const [opened, could] = [Number(first.users), Number(first.students)];
  const users = claim(`students of ${name} who opened ${lesson}`, opened);
  const whoCould = `students of cohorts of ${name} with a reader of ${lesson}`;
  const again = () => opened / could;
  const share = percent(`share of students of ${name} who opened ${lesson}`, first.share, {
    again,
  });
  const all = count(`current lessons of ${name}`, others.length + 1, "current lesson");
  const next = others.slice(0, 2).map((row) => prose`*${lessonOf(row)}*`);
  const then = next.length === 0 ? prose`` : prose`, then ${next}`;
  return prose`**${name}**: of ${all}, *${lesson}* is opened least, by ${users} of ${count(whoCould, could, "student")} of ${count(`cohorts of ${name} with a reader of ${lesson}`, first.cohorts, "cohort")} (${share})${then}.`;
}

function lowSentence({ name, current }: Program, lowShare: number): Prose {
  const limit = percent("share below which a lesson is hardly read", lowShare);
  const low = current.filter((row) => row.share < lowShare);
  if (low.length === 0) return prose`Each is opened by at least ${limit} of them.`;
  const lessons = claim(`current lessons of ${name} that are hardly read`, low.length, {
    as: (n) => (n === 1 ? "One lesson is" : `${counted(n, "lesson")} are`),
  });
  const [topic, own] = frequencies(low.map((row) => shortName(row.topic)))[0]!;
  const what = `of those of ${name} of the topic ${topic}`;
  const most =
    low.length === 1 || 2 * own <= low.length
      ? prose``
      : prose`, ${claim(what, own)} of them in *${topic}*`;
  return prose`${lessons} opened by fewer than ${limit}${most}.`;
}

function sureOf(programs: Program[]): Prose {
  if (programs.length === 0) return prose`Not sure at all: there is too little to go by.`;
  const { name, students } = programs.reduce((a, b) => (b.students < a.students ? b : a));
  return prose`Fairly sure which lessons are opened least, but not of their order: ${name} has only ${count(`students of ${name}`, students, "student")} to go by, and a lesson may be taught without its page being opened.`;
}
