import type pl from "nodejs-polars";
import { CURRENT, NEW, RETIRED } from "../../explore/lesson-facts";
import type { Row } from "../../log/first-row";
import { requireColumns } from "../../log/require-columns";
import { claimsFrom } from "../../words/claim";
import { counted, formatPercent } from "../../words/format-words";
import { type Prose, prose } from "../../words/prose";
import { visibleText } from "../../words/visible-text";
import type { Answer } from "../answer";

export interface LeastReadOptions {
  /** A lesson that a smaller share of students opened is called hardly read. */
  lowShare?: number;
}

/** Programs that the headline has room for. */
const IN_HEADLINE = 2;

/**
 * Which lessons are least accessed, in words: per program the least read of its current lessons,
 * how many are hardly read, and of which topic most of those are.
 *
 * @param least what `leastReadLessons` gives
 * @throws {RangeError} if `lowShare` does not lie between 0 and 1
 * @throws {Error} if a column is missing or of another type
 */
export function leastReadAnswer(
  least: pl.DataFrame,
  { lowShare = 0.1 }: LeastReadOptions = {},
): Answer {
  if (!(lowShare > 0 && lowShare < 1)) {
    throw new RangeError(`leastReadAnswer needs lowShare to lie between 0 and 1, got ${lowShare}`);
  }
  requireColumns(
    "leastReadAnswer",
    least,
    "program",
    "lesson",
    "topic",
    "status",
    "share",
    "users",
    "students",
  );
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
  /** Its current lessons, the least read first. */
  current: Row[];
}

function programsOf(rows: Row[]): ProgramLessons[] {
  const current = rows.filter((row) => row.status === CURRENT);
  const names = [...new Set(current.map((row) => String(row.program)))];
  return names
    .map((name) => ({
      name: visibleText(name, { max: 60 }),
      current: current
        .filter((row) => row.program === name)
        .sort((a, b) => a.share - b.share || (a.lesson < b.lesson ? -1 : 1)),
    }))
    .sort((a, b) => mostStudents(b) - mostStudents(a) || (a.name < b.name ? -1 : 1));
}

function mostStudents({ current }: ProgramLessons): number {
  return current.reduce((most, row) => Math.max(most, Number(row.students)), 0);
}

const claim = claimsFrom("leastReadLessons");
const percent = (what: string, share: number) =>
  claim(what, share, { as: (value) => formatPercent(value) });
const lessonOf = (row: Row) => visibleText(String(row.lesson), { max: 60 });

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
    if (count === 0) return [];
    const shown = claim(`lessons that are ${words}`, count, { as: (n) => counted(n, "lesson") });
    return [prose`${shown} ${words}`];
  });
  if (apart.length > 0) sentences.push(prose`Listed apart: ${apart}.`);
  if (sentences.length === 0) {
    return prose`No lesson was there for enough students whose class the log saw to the end.`;
  }
  return sentences.reduce((all, sentence) => prose`${all} ${sentence}`);
}

function leastSentence({ name, current }: ProgramLessons): Prose {
  const [first, ...others] = current as [Row, ...Row[]];
  const lesson = lessonOf(first);
  const users = claim(`students of ${name} who opened ${lesson}`, Number(first.users));
  const students = claim(
    `students of ${name} who could have opened ${lesson}`,
    Number(first.students),
    {
      as: (n) => counted(n, "student"),
    },
  );
  const share = claim(`share of students of ${name} who opened ${lesson}`, Number(first.share), {
    as: (value) => formatPercent(value),
    again: () => Number(first.users) / Number(first.students),
  });
  const all = claim(`current lessons of ${name}`, current.length, {
    as: (n) => counted(n, "current lesson"),
  });
  const next = others.slice(0, 2).map((row) => prose`*${lessonOf(row)}*`);
  const then = next.length === 0 ? prose`` : prose`, then ${next}`;
  return prose`**${name}**: of ${all}, *${lesson}* is opened least, by ${users} of ${students} (${share})${then}.`;
}

function lowSentence({ name, current }: ProgramLessons, lowShare: number): Prose {
  const limit = percent("share below which a lesson is hardly read", lowShare);
  const low = current.filter((row) => row.share < lowShare);
  if (low.length === 0) return prose`None is opened by fewer than ${limit} of the students.`;
  const count = claim(`current lessons of ${name} that are hardly read`, low.length, {
    as: (n) => (n === 1 ? "One lesson is" : `${counted(n, "lesson")} are`),
  });
  const topics = new Map<string, number>();
  for (const row of low) {
    const topic = visibleText(String(row.topic), { max: 60 });
    topics.set(topic, (topics.get(topic) ?? 0) + 1);
  }
  const [topic, own] = [...topics].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))[0]!;
  const of =
    low.length === 1 || 2 * own <= low.length
      ? prose``
      : prose`, ${claim(`of those of ${name} of the topic ${topic}`, own)} of them in *${topic}*`;
  return prose`${count} opened by fewer than ${limit}${of}.`;
}

function sureOf(programs: ProgramLessons[]): Prose {
  if (programs.length === 0) return prose`Not sure at all: there is too little to go by.`;
  const smallest = programs.reduce((a, b) => (mostStudents(b) < mostStudents(a) ? b : a));
  const students = claim(`students of ${smallest.name}`, mostStudents(smallest), {
    as: (n) => counted(n, "student"),
  });
  return prose`Fairly sure which lessons are opened least, but not of their order: ${smallest.name} has only ${students} to go by, and a lesson may be taught without its page being opened.`;
}
