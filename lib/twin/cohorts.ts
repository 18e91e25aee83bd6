import type pl from "nodejs-polars";
import { COHORT_FIELDS, type CohortRow, cohortsFrame, parseCohort } from "../acquire/cohort-rows";
import { FIRST_EPOCH_DAY, type FrozenLog } from "./frozen";

/** Cohort that teachers and staff are in; its dates mean nothing. */
export const STAFF = 28;
export const DATA_SCIENCE = 3;

/** What further stories and other seeds look at. */
export interface Cohort {
  name: string;
  program: number;
  /** Days of the log: class is from `start` up to, not including, `end`. */
  start: number;
  end: number;
}

const rowsOf = ({ cohorts }: FrozenLog) =>
  cohorts.map((line) => parseCohort(line.split(",")) as CohortRow);

/** The published `cohorts` table, 53 rows by `id`. */
export const sampleCohorts = (log: FrozenLog): pl.DataFrame => cohortsFrame(rowsOf(log));

export function cohortsById(log: FrozenLog): Map<number, Cohort> {
  return new Map(
    rowsOf(log).map(([id, name, , start, end, , , , program]) => [
      id as number,
      {
        name: name as string,
        program: program as number,
        start: (start as number) - FIRST_EPOCH_DAY,
        end: (end as number) - FIRST_EPOCH_DAY,
      },
    ]),
  );
}

/** The table as the CSV in which it was published. */
export const cohortsCsv = ({ cohorts }: FrozenLog): string =>
  `${[COHORT_FIELDS.join(","), ...cohorts].join("\n")}\n`;
