import pl from "nodejs-polars";
import { codedColumn } from "../log/coded-column";
import { frameOf } from "../log/frame-of";
import { monthsBetween } from "../log/months-between";
import { requireColumns } from "../log/require-columns";
import { int32Or0 } from "../log/typed-arrays";
import { classesOfRows, NEVER, type StudentClass } from "./classes-of-rows";

/** What pages are counted by. */
export type LessonOrTopic = "topic" | "lesson";

/** What students of cohorts that have ended read, in class and after it. */
export interface PagesOfGraduates {
  /** Program, `by`, `user_id`, `days_after_end` and `months_after_end`: a row per page after the end. */
  after: pl.DataFrame;
  /** Program, `by` and `pages`: what the same cohorts read in class, a row for each with any. */
  inClass: pl.DataFrame;
  /** The cohorts that ended before the log did. */
  cohorts: readonly StudentClass[];
  /** First and last day of the log, as days since 1970; 0 where it is empty. */
  firstDay: number;
  lastDay: number;
}

export const DAYS_AFTER_END = "days_after_end";

/**
 * The pages of students whose cohort ended before the log did, each judged by the dates of the
 * cohort it was logged under: after its last day, or in class from the first to the last.
 *
 * @throws {RangeError} if `by` is neither `topic` nor `lesson`
 * @throws {Error} if a column is missing or of another type
 */
export function pagesOfGraduates(
  caller: string,
  lessons: pl.DataFrame,
  by: LessonOrTopic,
): PagesOfGraduates {
  if (by !== "topic" && by !== "lesson") {
    throw new RangeError(`${caller} needs by to be topic or lesson, got ${by}`);
  }
  requireColumns(
    caller,
    lessons,
    "date",
    "user_id",
    "cohort_id",
    "start_date",
    "end_date",
    "program",
    { [by]: "String" },
  );
  const days = int32Or0(lessons, "date"); // of rows without a day 0: in no class of this century
  const dated = lessons.getColumn("date").dropNulls().cast(pl.Int32);
  const [firstDay, lastDay] = [Number(dated.min() ?? 0), Number(dated.max() ?? 0)];
  const { codes: name, values: names } = codedColumn(lessons.getColumn(by).cast(pl.String));
  const { codes: cohort, classes } = classesOfRows(lessons);
  const ended = classes.map((of) => (of && of.end < lastDay ? of : undefined));
  const cohorts = ended.filter((of) => of !== undefined) as StudentClass[];
  const programs = [...new Set(cohorts.map(({ program }) => program))].sort();
  // Tables of numbers are faster than objects, row by row.
  const starts = Int32Array.from(ended, (of) => of?.start ?? NEVER);
  const ends = Int32Array.from(ended, (of) => of?.end ?? NEVER);
  const programOf = Int32Array.from(ended, (of) => (of ? programs.indexOf(of.program) : -1));

  const inClass = new Int32Array(programs.length * names.length);
  const isAfter = new Uint8Array(days.length);
  let count = 0;
  for (let row = 0; row < days.length; row++) {
    const at = cohort[row]!;
    if (at < 0 || name[row]! < 0) continue;
    if (days[row]! > ends[at]!) {
      isAfter[row] = 1;
      count++;
    } else if (days[row]! >= starts[at]!) {
      inClass[programOf[at]! * names.length + name[row]!]!++;
    }
  }
  const rows = new Array<number>(count);
  for (let row = 0, next = 0; next < count; row++) if (isAfter[row] === 1) rows[next++] = row;
  const daysAfter = new Int32Array(count);
  const monthsAfter = new Int32Array(count);
  const months = monthsCounter();
  rows.forEach((row, i) => {
    const end = ends[cohort[row]!]!;
    daysAfter[i] = days[row]! - end;
    monthsAfter[i] = months(end, days[row]!);
  });
  const read = Array.from(inClass.keys()).filter((at) => inClass[at]! > 0);
  const programNames = pl.Series("program", programs, pl.String);
  const after = pl.DataFrame([
    gathered(
      programNames,
      rows.map((row) => programOf[cohort[row]!]!),
    ),
    gathered(
      names,
      rows.map((row) => name[row]!),
    ),
    gathered(lessons.getColumn("user_id"), rows).cast(pl.Int64),
    pl.Series(DAYS_AFTER_END, daysAfter),
    pl.Series("months_after_end", monthsAfter),
  ]);
  return {
    after: after.filter(pl.col("user_id").isNotNull()),
    inClass: frameOf(
      read.map((at) => ({
        program: programs[Math.floor(at / names.length)],
        [by]: names.get(at % names.length),
        pages: inClass[at],
      })),
      "program",
      { [by]: pl.String },
      "pages",
    ),
    cohorts,
    firstDay,
    lastDay,
  };
}

/** `monthsBetween` that looks each pair of days up once: a class has many pages on a day. */
function monthsCounter(): (from: number, to: number) => number {
  const known = new Map<number, number>();
  return (from, to) => {
    const pair = from * 1e6 + to;
    const months = known.get(pair) ?? monthsBetween(from, to);
    known.set(pair, months);
    return months;
  };
}

function gathered(column: pl.Series, rows: number[]): pl.Series {
  return rows.length > 0 ? column.gather(rows) : column.head(0);
}
