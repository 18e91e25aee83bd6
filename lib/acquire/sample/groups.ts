import { COHORT_ACTIVITY, COHORTLESS } from "./calibration/cohort-activity";
import { COHORTS } from "./calibration/cohorts";
import { isoDay } from "./log-days";

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

/** The 47 cohorts with rows and the three sets without a cohort, by first day. */
export const GROUPS: readonly Group[] = [...cohortlessGroups(), ...cohortGroups()].sort(
  (a, b) => a.firstDay - b.firstDay || a.cohortId - b.cohortId,
);

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
