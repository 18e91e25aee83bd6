import type pl from "nodejs-polars";
import { codedColumn } from "../log/coded-column";
import { STAFF_COHORT_ID } from "../log/programs";

/** A cohort of students with a program and a last day. */
export interface StudentClass {
  program: string;
  /** First and last day of class, since 1970; `NEVER` where no first day is known. */
  start: number;
  end: number;
}

/** Which class each row was logged under. */
export interface ClassesOfRows {
  /** Place of each row's class; -1 where the row has no cohort. */
  codes: Int32Array;
  /** The classes, in the order of their cohorts' ids; undefined for Staff and where program or last day is missing. */
  classes: readonly (StudentClass | undefined)[];
}

/** Later than any day. */
export const NEVER = 2_000_000_000;
const DAY = 86_400_000;

/** The classes in a log, for plain loops. A cohort has one program and two dates: they are read from one of its rows. */
export function classesOfRows(log: pl.DataFrame): ClassesOfRows {
  const { codes, values: ids } = codedColumn(log.getColumn("cohort_id"));
  const cohortIds = ids.toArray();
  const firstRows = new Array<number>(ids.length).fill(-1);
  for (let row = 0, left = ids.length; left > 0; row++) {
    const code = codes[row]!;
    if (code < 0 || firstRows[code]! >= 0) continue;
    firstRows[code] = row;
    left--;
  }
  const [programs, starts, ends] = ["program", "start_date", "end_date"].map((name) =>
    ids.length > 0 ? log.getColumn(name).gather(firstRows).toArray() : [],
  ) as unknown[][];
  const classes = firstRows.map((_, at) => {
    const [program, start, end] = [programs![at], starts![at], ends![at]];
    const isClass = typeof program === "string" && end instanceof Date;
    if (!isClass || Number(cohortIds[at]) === STAFF_COHORT_ID) return undefined;
    return {
      program,
      start: start instanceof Date ? start.getTime() / DAY : NEVER,
      end: end.getTime() / DAY,
    };
  });
  return { codes, classes };
}
