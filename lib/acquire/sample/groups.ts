import { COHORT_ACTIVITY, COHORTLESS } from "./calibration/cohort-activity";
import { COHORTS } from "./calibration/cohorts";
import { isoDay } from "./days/log-days";

/** Users who came together: a cohort, or a set of users without one. */
export interface Group {
  /** 0 for none. */
  cohortId: number;
  name: string;
  /** 0 for none. */
  programId: number;
  rows: number;
  rowsAfterEnd: number;
  /** Users of the cohort; 0 where the group has none. */
  users: number;
  activeDays: number;
  /** First day with rows; every later day may have some. */
  firstDay: number;
  /** Days of class: from `startDay` up to, not including, `endDay`. */
  startDay: number;
  endDay: number;
}

/** Cohort that teachers and staff are in; its dates mean nothing. */
export const STAFF = 28;

/** Cohorts whose rows are mostly of graduates who taught: most of them are from the campus. */
export const TEACHERS: ReadonlySet<number> = new Set([1, 8, 14, 16, 17]);

/** The 47 cohorts with rows and the three sets without a cohort, by first day. */
export const GROUPS: readonly Group[] = [...cohortlessGroups(), ...cohortGroups()].sort(
  (a, b) => a.firstDay - b.firstDay || a.cohortId - b.cohortId,
);

/** Place in `GROUPS` of a cohort; of users without one (0), of those who came first. */
export function groupOfCohort(cohortId: number): number {
  return GROUPS.findIndex((group) => group.cohortId === cohortId);
}

/** Place in `GROUPS` of a row's group; users without a cohort came in three sets, by id. */
export function groupOfRow({ cohortId, userId }: { cohortId: number; userId: number }): number {
  if (cohortId > 0) return groupOfCohort(cohortId);
  const set = userId < 318 ? 0 : userId < 500 ? 1 : 2;
  return GROUPS.findIndex((group) => group.name === COHORTLESS[set]!.name);
}

function cohortlessGroups(): Group[] {
  return COHORTLESS.map(({ name, rows, rowsAfterEnd, activeDays, from, to }) => ({
    cohortId: 0,
    name,
    programId: 0,
    rows,
    rowsAfterEnd,
    users: 0,
    activeDays,
    firstDay: isoDay(from),
    startDay: isoDay(from),
    endDay: isoDay(to),
  }));
}

function cohortGroups(): Group[] {
  const cohorts = new Map(COHORTS.map((cohort) => [cohort.id, cohort]));
  return COHORT_ACTIVITY.map(({ cohortId, ...activity }) => {
    const { name, programId, startDate, endDate } = cohorts.get(cohortId)!;
    const days = { startDay: isoDay(startDate), endDay: isoDay(endDate) };
    return { cohortId, name, programId, ...activity, ...days };
  });
}
