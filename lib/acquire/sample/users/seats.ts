import { HARDLY_IN_CLASS, HARDLY_ON_FIRST_DAY } from "../calibration/users";
import { GROUPS } from "../groups";
import { randomStream } from "../random-stream";
import { planSeats } from "./seat-plan";
import { shareRows } from "./seat-rows";

/** A user in a group, with their rows there at full size. */
export interface Seat {
  userId: number;
  /** Place in `GROUPS`. */
  group: number;
  /** Rows before the end of class, and from it on. */
  classRows: number;
  afterRows: number;
  /** Day of the first row here; it has one at least. */
  firstDay: number;
  /**
   * Last day in class on which there may be rows: the day before the end of class, or the
   * log's last day, or earlier for those who leave. Means nothing without rows in class.
   */
  lastClassDay: number;
  /** Whether they left class early and stayed away from this group. */
  dropsOut: boolean;
  /** Whether the day of the end of class, which counts as class by date, must have no row. */
  noRowsOnEndDay: boolean;
  /** Rows on `firstDay`, where just so many must be there. */
  firstDayRows?: number;
}

/**
 * Who sits in which group at full size, and how many rows they have there.
 *
 * Published figures hold for every seed: users and rows of each group in class and after,
 * users with several cohorts or none, the order of ids, rows of known users, quartiles,
 * mean and standard deviation of rows per user, in all and in class, and who hardly reads
 * in class. The rest depends on the seed.
 *
 * @returns seats by group, then by user
 * @throws {Error} if a seed's users cannot be brought to the published figures
 */
export function wholeSeats(seed: number): Seat[] {
  const plan = planSeats(seed);
  const { classRows, afterRows } = shareRows(plan, seed);
  const random = randomStream(seed, "first rows of seats");
  const seats = plan.map(({ inClass, ...seat }, s): Seat => {
    const { userId, group, firstDay } = seat;
    const { cohortId, startDay, endDay } = GROUPS[group]!;
    const hardly = cohortId > 0 && inClass && HARDLY_IN_CLASS.has(userId);
    const few = hardly && firstDay === startDay;
    const firstDayRows = HARDLY_ON_FIRST_DAY.get(userId) ?? 1 + random.below(2);
    const graduate = cohortId > 0 && !inClass && firstDay > endDay;
    return {
      userId,
      group,
      classRows: classRows[s]!,
      afterRows: afterRows[s]!,
      firstDay,
      lastClassDay: seat.lastClassDay,
      dropsOut: seat.dropsOut,
      noRowsOnEndDay: hardly || graduate,
      ...(few ? { firstDayRows } : {}),
    };
  });
  return seats.sort((a, b) => a.group - b.group || a.userId - b.userId);
}
