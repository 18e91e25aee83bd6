import { fitProportions } from "./fit-proportions";
import { fitTable } from "./fit-table";
import { GROUPS, type Group, STAFF } from "./groups";
import { isWeekend } from "./log-days";
import { DAY_ROWS, type Margins } from "./margins";
import { type RandomStream, randomStream } from "./random-stream";

/** A day on which a group stayed away, against one on which it came. */
const AWAY = 0.00002;

/**
 * Rows of each group on each day, groups by days: the margins exactly, and between them
 * groups in class, graduates who come back less and less, quiet weekends.
 *
 * The proportions come from fitting each group's class and its time after class as two
 * rows of their own, with the published rows of both; so the rows after graduation come
 * out nearly as published too.
 */
export function groupDays({ groupRows, dayRows }: Margins, seed: number): Int32Array {
  const days = dayRows.length;
  const random = randomStream(seed, "group-days");
  const parts = new Float64Array(2 * GROUPS.length * days);
  const partRows: number[] = [];
  GROUPS.forEach((group, g) => {
    const inClass = parts.subarray(2 * g * days, (2 * g + 1) * days);
    const after = parts.subarray((2 * g + 1) * days, (2 * g + 2) * days);
    fillHabits(group, inClass, after, random);
    partRows.push(group.rows - group.rowsAfterEnd, group.rowsAfterEnd);
  });
  const fitted = fitProportions(
    parts,
    { rowTotals: partRows, columnTotals: DAY_ROWS },
    { tolerance: 0.5 },
  );
  const weights = new Float64Array(GROUPS.length * days);
  GROUPS.forEach((group, g) => {
    for (let day = group.firstDay; day < days; day++) {
      const both = fitted[2 * g * days + day]! + fitted[(2 * g + 1) * days + day]!;
      // Never quite 0 from the first day on: that any table exists rests on it.
      weights[g * days + day] = both + 1e-9;
    }
  });
  return fitTable(weights, { rowTotals: groupRows, columnTotals: dayRows });
}

/** How likely a group is to read on each day, in class and after it; sizes do not matter. */
function fillHabits(
  group: Group,
  inClass: Float64Array,
  after: Float64Array,
  random: RandomStream,
): void {
  const { firstDay, startDay, endDay } = group;
  const days = inClass.length;
  const classDays = Math.max(1, Math.min(endDay, days) - Math.max(firstDay, 0));
  const daysAfter = Math.max(1, days - Math.max(endDay, firstDay));
  // What is left of the published days with rows for the time after class; the first counts.
  const inClassDays = endDay > firstDay ? classDays * 0.85 : 1;
  const cameAfter = Math.max(0, group.activeDays - inClassDays);
  const comesOn = Math.min(0.98, (group.cohortId === STAFF ? 1.1 : 1.15) * (cameAfter / daysAfter));
  let streak = 1;
  for (let day = firstDay; day < days; day++) {
    const mood = 0.6 + 0.8 * random.next();
    if (day < endDay) {
      const week = Math.floor((day - startDay) / 7);
      const progress = (day - startDay) / (endDay - startDay);
      const zeal = week < 3 ? 1.4 : progress > 0.8 ? 0.6 : 1;
      inClass[day] = zeal * mood * (isWeekend(day) ? 0.5 : 1);
      continue;
    }
    // Visits come in runs of some days: the state lasts for a while, then is drawn anew.
    if (random.next() < 0.35) streak = random.next();
    const came = day === firstDay || streak < comesOn;
    const since = Math.max(0, day - Math.max(endDay, 0));
    const memory = group.cohortId === STAFF ? 1 : 60 / (60 + since);
    const rest = isWeekend(day) ? (group.cohortId === STAFF ? 0.15 : 0.8) : 1;
    after[day] = memory * mood * rest * (came ? 1 : AWAY);
  }
}
