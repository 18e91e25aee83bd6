import { IDS_ON_DAYS, NEW_CLASSES } from "../calibration/first-ids";
import { USER_COUNT } from "../calibration/users";
import { isoDay, weekday } from "../days/log-days";
import { GROUPS, groupOfCohort } from "../groups";
import { randomStream } from "../random-stream";

/** A class has all its members at most so many days after the first. */
const SETTLES = 9;
/** Ids this far apart no longer belong to the rush at the beginning of a class. */
const GAP = 4;

interface Anchor {
  userId: number;
  day: number;
  /** Between the one before and this, new users are members of a class that has begun. */
  classDays: boolean;
}

/**
 * Day of each user's first row, by id (place 0 is empty); it never falls as ids rise.
 *
 * Published days and the first days of classes are kept; most members come on the first
 * day, the others within days; the ids between are spread over the time that is left.
 */
export function firstDaysOfIds(seed: number): Int32Array {
  const random = randomStream(seed, "first days of ids");
  const anchors = anchorsOf((n) => random.below(n));
  const days = new Int32Array(USER_COUNT + 1);
  anchors.forEach(({ userId, day, classDays }, a) => {
    days[userId] = day;
    const before = anchors[a - 1];
    if (!before) return;
    const drawn: number[] = [];
    for (let id = before.userId + 1; id < userId; id++) {
      const between = day - before.day - 1;
      if (between <= 0) drawn.push(day);
      else drawn.push(before.day + 1 + random.below(between));
    }
    drawn.sort((x, y) => x - y);
    drawn.forEach((drawnDay, i) => {
      days[before.userId + 1 + i] = classDays ? Math.min(day, toMonday(drawnDay)) : drawnDay;
    });
  });
  return days;
}

function anchorsOf(below: (n: number) => number): Anchor[] {
  const known = IDS_ON_DAYS.map(({ userId, date }) => ({ userId, day: isoDay(date) }));
  const anchors: Anchor[] = known.map((anchor) => ({ ...anchor, classDays: false }));
  const starts = NEW_CLASSES.map(({ cohortId, ids }) => {
    return { userId: ids[0]!, day: GROUPS[groupOfCohort(cohortId)]!.firstDay };
  });
  const taken = new Set(known.map(({ userId }) => userId));
  const next = (userId: number) =>
    [...known, ...starts].reduce(
      (least, anchor) => (anchor.userId > userId ? Math.min(least, anchor.day) : least),
      Number.MAX_SAFE_INTEGER,
    );
  NEW_CLASSES.forEach(({ ids, dayOneThrough: [from, to] }, c) => {
    const through = from + below(to - from + 1);
    const { userId, day } = starts[c]!;
    let last = ids[0]!;
    for (const id of ids) if (id - last <= GAP) last = id;
    const settled = Math.min(day + 2 + below(SETTLES - 1), next(last) - 1);
    const own = [
      { userId, day, classDays: false },
      { userId: through, day, classDays: false },
      { userId: last, day: settled, classDays: true },
    ];
    own.forEach((anchor, i) => {
      const late = i === 2 && (last <= through || settled <= day);
      if (late || taken.has(anchor.userId)) return;
      taken.add(anchor.userId);
      anchors.push(anchor);
    });
  });
  anchors.sort((a, b) => a.userId - b.userId);
  anchors.forEach(({ userId, day }, a) => {
    if (a > 0 && anchors[a - 1]!.day > day) {
      throw new Error(`The first day of user ${userId} comes before that of an earlier one.`);
    }
  });
  return anchors;
}

/** A day itself, or the Monday after it. */
function toMonday(day: number): number {
  return weekday(day) < 5 ? day : day + 7 - weekday(day);
}
