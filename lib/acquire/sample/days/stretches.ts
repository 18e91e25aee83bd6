import { PERIODS } from "../calibration/periods";
import { GROUPS, type Group } from "../groups";
import { DAY_ROWS } from "./margins";

/** Days of one group whose rows are known together. */
export interface Stretch {
  group: number;
  when: "class" | "after";
  /** Days that belong to it, in order. */
  days: readonly number[];
  rows: number;
}

/** Whether a day is in class or after it, by timestamp: the last day counts as after. */
export function phaseOf({ endDay }: Group, day: number): "class" | "after" {
  return day < endDay ? "class" : "after";
}

/**
 * Every group's days, in stretches of which the rows are published or follow: first those
 * published singly, then the rest of class and the rest of the time after it.
 */
export function stretches(): Stretch[] {
  return GROUPS.flatMap((group, g) => {
    const free = { class: new Set<number>(), after: new Set<number>() };
    const endOfDays = group.activeDays === 1 ? group.firstDay + 1 : DAY_ROWS.length;
    for (let day = group.firstDay; day < endOfDays; day++) {
      free[phaseOf(group, day)].add(day);
    }
    const left = { class: group.rows - group.rowsAfterEnd, after: group.rowsAfterEnd };
    const known = PERIODS.filter(({ cohortId }) => isMeant(group, cohortId)).map((period) => {
      const when = phaseOf(group, period.fromDay);
      const days = [...free[when]].filter((day) => day >= period.fromDay && day < period.toDay);
      for (const day of days) free[when].delete(day);
      left[when] -= period.rows;
      return { group: g, when, days, rows: period.rows };
    });
    const rest = (["class", "after"] as const).map((when) => {
      return { group: g, when, days: [...free[when]], rows: left[when] };
    });
    return [...known, ...rest].filter(({ days }) => days.length > 0);
  });
}

/** Cohort 0 of the published periods is the users without a cohort who came first. */
function isMeant({ cohortId, firstDay }: Group, id: number): boolean {
  return cohortId === id && (id > 0 || firstDay === 0);
}
