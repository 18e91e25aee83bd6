import type pl from "nodejs-polars";
import { CURRENT, NEW, RETIRED } from "../../explore/lesson-facts";
import type { Row } from "../../log/first-row";
import { requireColumns } from "../../log/require-columns";
import { requireNumber } from "../../stats/require-option";
import { claimsFrom } from "../../words/claim";
import { counted } from "../../words/format-words";
import { type Prose, prose } from "../../words/prose";
import type { Answer } from "../answer";
import { byText, counting, inOne, inPercent, shortName } from "./phrases";

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
  requireColumns("leastReadAnswer", least, "program", "lesson", "topic", "status");
  requireColumns("leastReadAnswer", least, "share", "users", "students");
  const rows = least.toRecords() as Row[]; // a few hundred lessons
  const programs = programsOf(rows);
  return {
    number: 7,
    question: "Which lessons are least accessed?",
    headline: headlineOf(programs),
    details: detailsOf(programs, rows, lowShare),
    measure: prose`Of the students in class while a lesson was there to be read, the share who ever opened it; lessons that were taken away or have just come are listed apart, and only cohorts that have finished class count.`,
    changes: prose`Counting rows instead would put slips of the keyboard and pages of old layouts first; a list of the lessons that are taught would add those that nobody opens, which no log can show.`,
    sure: sureOf(programs),
  };
}

interface ProgramLessons {
  name: string;
  /** The least read first. */
  current: Row[];
  /** Students who could have read a lesson, at most. */
  students: number;
}

function programsOf(rows: Row[]): ProgramLessons[] {
  const current = rows.filter((row) => row.status === CURRENT);
  return [...new Set(current.map((row) => String(row.program)))]
    .map((name) => {
      const own = current
        .filter((row) => row.program === name)
        .sort((a, b) => a.share - b.share || byText(a.lesson, b.lesson));
      const students = Math.max(...own.map((row) => Number(row.students)));
      return { name: shortName(name), current: own, students };
    })
    .sort((a, b) => b.students - a.students || byText(a.name, b.name));
}

const claim = claimsFrom("leastReadLessons");
const lessonOf = (row: Row) => shortName(row.lesson);

function headlineOf(programs: ProgramLessons[]): Prose {
  if (programs.length === 0)
    return prose`Too little is read in class to tell the least read lesson`;
  const named = programs
    .slice(0, IN_HEADLINE)
    .map(({ name, current }) => prose`${lessonOf(current[0]!)} (${name})`);
  return prose`Least opened in class: ${named}`;
}

function detailsOf(programs: ProgramLessons[], rows: Row[], lowShare: number): Prose {
  const sentences = programs.flatMap((program) => [
    leastSentence(program),
    lowSentence(program, lowShare),
  ]);
  const apart = [
    { status: RETIRED, words: "no longer read" },
    { status: NEW, words: "new" },
  ].flatMap(({ status, words }) => {
    const count = rows.filter((row) => row.status === status).length;
    const shown = claim(`lessons that are ${words}`, count, counting("lesson"));
    return count === 0 ? [] : [prose`${shown} ${words}`];
  });
  if (apart.length > 0) sentences.push(prose`Listed apart: ${apart}.`);
  if (sentences.length === 0) {
    return prose`No lesson was there for enough students whose class the log saw to the end.`;
  }
  return inOne(sentences);
}

function leastSentence({ name, current }: ProgramLessons): Prose {
  const [first, ...others] = current as [Row, ...Row[]];
  const lesson = lessonOf(first);
  const [opened, could] = [Number(first.users), Number(first.students)];
  const users = claim(`students of ${name} who opened ${lesson}`, opened);
  const students = claim(
    `students of ${name} who could have opened ${lesson}`,
    could,
    counting("student"),
  );
  const share = claim(`share of students of ${name} who opened ${lesson}`, Number(first.share), {
    ...inPercent,
    again: () => opened / could,
  });
  const all = claim(`current lessons of ${name}`, current.length, counting("current lesson"));
  const next = others.slice(0, 2).map((row) => prose`*${lessonOf(row)}*`);
  const then = next.length === 0 ? prose`` : prose`, then ${next}`;
  return prose`**${name}**: of ${all}, *${lesson}* is opened least, by ${users} of ${students} (${share})${then}.`;
}

function lowSentence({ name, current }: ProgramLessons, lowShare: number): Prose {
  const limit = claim("share below which a lesson is hardly read", lowShare, inPercent);
  const low = current.filter((row) => row.share < lowShare);
  if (low.length === 0) return prose`Each is opened by at least ${limit} of the students.`;
  const count = claim(`current lessons of ${name} that are hardly read`, low.length, {
    as: (n) => (n === 1 ? "One lesson is" : `${counted(n, "lesson")} are`),
  });
  const topics = new Map<string, number>();
  for (const row of low) {
    const topic = shortName(row.topic);
    topics.set(topic, (topics.get(topic) ?? 0) + 1);
  }
  const [topic, own] = [...topics].sort(([a, m], [b, n]) => n - m || byText(a, b))[0]!;
  const most =
    low.length === 1 || 2 * own <= low.length
      ? prose``
      : prose`, ${claim(`of those of ${name} of the topic ${topic}`, own)} of them in *${topic}*`;
  return prose`${count} opened by fewer than ${limit}${most}.`;
}

function sureOf(programs: ProgramLessons[]): Prose {
  if (programs.length === 0) return prose`Not sure at all: there is too little to go by.`;
  const smallest = programs.reduce((a, b) => (b.students < a.students ? b : a));
  const what = `students of ${smallest.name}`;
  return prose`Fairly sure which lessons are opened least, but not of their order: ${smallest.name} has only ${claim(what, smallest.students, counting("student"))} to go by, and a lesson may be taught without its page being opened.`;
}
