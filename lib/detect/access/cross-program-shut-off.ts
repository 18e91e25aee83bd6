import pl from "nodejs-polars";
import { codesOf } from "../../log/coded-column";
import { frameOf } from "../../log/frame-of";
import { daysOf, NO_DAY, timesOf } from "../../log/log-arrays";
import { DATA, WEB } from "../../log/program-curriculum";
import { requireColumns } from "../../log/require-columns";
import { type ChangePoint, changePoint } from "../../stats/change-point";
import { poissonRateTest } from "../../stats/poisson-rate-test";
import { formatCount, formatDate, formatNumber } from "../../words/format-words";
import { DATA_ON_WEB, WEB_ON_DATA } from "./cross-program-by-month";
import { dayNumber } from "./day-number";
import { CROSS, type RowCurricula, readingKinds, rowCurricula } from "./row-curricula";

/** Students of either program on the other's curriculum. */
export const EITHER_DIRECTION = "either direction";
const DIRECTIONS: readonly string[] = [DATA_ON_WEB, EITHER_DIRECTION, WEB_ON_DATA];

export interface CrossProgramShutOffOptions {
  /** The one direction that is asked for; all three where not given. */
  only?: typeof EITHER_DIRECTION | typeof DATA_ON_WEB | typeof WEB_ON_DATA;
  /** Day before which rows count: a Date or ISO text; all rows where not given. */
  until?: Date | string;
  /** Highest p-value at which a fall counts as a shut-off. */
  alpha?: number;
  /** How many times days are shuffled for the p-value. */
  permutations?: number;
  /** Begins the random numbers. */
  seed?: number;
}

/**
 * Whether, and from which day on, students stopped reading the other program's curriculum: the
 * day at which the share of such pages fell most, by `changePoint` over daily counts, the
 * exposure being all their pages of either curriculum that day. Weeks are shuffled as wholes
 * for the p-value, because what is read on a day is read on the next.
 *
 * The day found is the first after the change on which students read at all; what was shut off
 * in a holiday may have been so since the last page before it. A fall is evidence of reading
 * that stopped, not of why.
 *
 * Only the largest fall is found; `earlierShutOff` tells whether there was one before it as well.
 *
 * `exact_p_value` is of the exact test of both rates at that day (`poissonRateTest`). It takes
 * every page as independent and the day as known beforehand, and so says too much: go by
 * `p_value`.
 *
 * @param accessLog access log in any order: `timestamp`, `date`, `path`, `user_id`,
 *   `cohort_id`, `program_id`
 * @param curricula curricula of pages, as `pageCurricula` gives them
 * @returns three rows (or the one asked for), by direction (students of data science on web development, either, and
 *   the reverse): `direction` (String), `shut_off` (Date), `last_before`, `first_after`
 *   (Datetime ms), `pages_before`, `pages_after` (Int64, of the other curriculum),
 *   `rate_before`, `rate_after` (Float64, by all pages of either), `users_before`,
 *   `users_after` (Int64), `log_likelihood_ratio`, `p_value`, `exact_p_value` (Float64),
 *   `finding` (String). Where there is no fall all but direction and finding are null; where
 *   there is one whose p-value is above `alpha`, only `shut_off` is.
 * @throws {RangeError} if `only` is no direction, `until` is not a day, `alpha` does not lie above
 *   0 and below 1, or an option is none that `changePoint` takes
 * @throws {Error} if a column is missing or of another type, or `curricula` has a path twice
 */
export function crossProgramShutOff(
  accessLog: pl.DataFrame,
  curricula: pl.DataFrame,
  { only, until, alpha = 0.01, permutations = 999, seed = 1 }: CrossProgramShutOffOptions = {},
): pl.DataFrame {
  if (!(alpha > 0 && alpha < 1)) {
    throw new RangeError(
      `crossProgramShutOff needs alpha above 0 and below 1, got ${alpha}: it is the highest p-value of a shut-off`,
    );
  }
  if (only !== undefined && !DIRECTIONS.includes(only)) {
    throw new RangeError(
      `crossProgramShutOff needs only to be one of ${DIRECTIONS.join(", ")}, got ${only}`,
    );
  }
  requireColumns(
    "crossProgramShutOff",
    accessLog,
    "timestamp",
    "date",
    "path",
    "user_id",
    "cohort_id",
    "program_id",
  );
  if (until !== undefined) dayNumber("crossProgramShutOff", "until", until);
  const row = rowCurricula("crossProgramShutOff", accessLog, curricula);
  return shutOffOf(accessLog, row, { only, until, alpha, permutations, seed });
}

/** The same for a log whose rows have been looked up already. */
export function shutOffOf(
  accessLog: pl.DataFrame,
  row: RowCurricula,
  { only, until, alpha = 0.01, permutations = 999, seed = 1 }: CrossProgramShutOffOptions,
): pl.DataFrame {
  const end = until === undefined ? Infinity : dayNumber("crossProgramShutOff", "until", until);
  const reading = studentReading(accessLog, row, end);
  const rows = (only ? DIRECTIONS.filter((direction) => direction === only) : DIRECTIONS).map(
    (direction) => {
      const { first, counts, exposure } = dailyCounts(reading, direction);
      const change = changePoint(counts, exposure, {
        change: "fall",
        permutations,
        block: WEEK,
        seed,
      });
      if (!change) {
        return { direction: direction, finding: `${direction}: no fall was found.` };
      }
      const from = first + firstRead(exposure, change.index);
      return describe(reading, direction, from, change, alpha);
    },
  );
  return frameOf(
    rows,
    "direction",
    { shut_off: pl.Int32, last_before: pl.Int64, first_after: pl.Int64 },
    "pages_before",
    "pages_after",
    "rate_before",
    "rate_after",
    "users_before",
    "users_after",
    "log_likelihood_ratio",
    "p_value",
    "exact_p_value",
    "finding",
  ).withColumns(
    pl.col("shut_off").cast(pl.Date),
    pl.col("last_before").cast(pl.Datetime("ms")),
    pl.col("first_after").cast(pl.Datetime("ms")),
  );
}

/** Students' rows with a page of either curriculum, a day, a time and a user, column by column. */
interface Reading {
  /** Since 1970. */
  day: Int32Array;
  /** Milliseconds since 1970. */
  time: Float64Array;
  /** Number of the user. */
  user: Int32Array;
  /** Curriculum in which the student is enrolled. */
  reader: Uint8Array;
  /** `OWN` or `CROSS`. */
  kind: Uint8Array;
}

function studentReading(accessLog: pl.DataFrame, row: RowCurricula, until: number): Reading {
  const [day, time] = [daysOf(accessLog), timesOf(accessLog)];
  const user = codesOf(accessLog, "user_id").codes;
  const kinds = readingKinds(row);
  let count = 0;
  for (let i = 0; i < kinds.length; i++) {
    if (day[i] === NO_DAY || day[i]! >= until || Number.isNaN(time[i]!) || user[i]! < 0)
      kinds[i] = 0;
    if (kinds[i]) count++;
  }
  const reading: Reading = {
    day: new Int32Array(count),
    time: new Float64Array(count),
    user: new Int32Array(count),
    reader: new Uint8Array(count),
    kind: new Uint8Array(count),
  };
  for (let i = 0, at = 0; i < kinds.length; i++) {
    if (!kinds[i]) continue;
    reading.day[at] = day[i]!;
    reading.time[at] = time[i]!;
    reading.user[at] = user[i]!;
    reading.reader[at] = row.reader[i]!;
    reading.kind[at++] = kinds[i]!;
  }
  return reading;
}

/** Days are shuffled by weeks: what is read on a day is read on the next, and weekends are quiet. */
const WEEK = 7;

/** Curriculum of the students whose direction it is; undefined for either. */
const READER_OF = new Map([
  [DATA_ON_WEB, DATA],
  [WEB_ON_DATA, WEB],
]);

/** Per day from the first: pages of the other curriculum, and of either. */
function dailyCounts({ day, reader, kind }: Reading, direction: string) {
  const only = READER_OF.get(direction);
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < day.length; i++) {
    if (only && reader[i] !== only) continue;
    first = Math.min(first, day[i]!);
    last = Math.max(last, day[i]!);
  }
  const length = last < first ? 0 : last - first + 1;
  const [counts, exposure] = [new Float64Array(length), new Float64Array(length)];
  for (let i = 0; i < day.length; i++) {
    if (only && reader[i] !== only) continue;
    exposure[day[i]! - first]!++;
    if (kind[i] === CROSS) counts[day[i]! - first]!++;
  }
  return { first, counts, exposure };
}

/** The first day from `index` on on which anyone read. */
function firstRead(exposure: Float64Array, index: number): number {
  let at = index;
  while (exposure[at] === 0) at++;
  return at;
}

function describe(
  { day, time, user, reader, kind }: Reading,
  direction: string,
  from: number,
  { before, after, logLikelihoodRatio, pValue }: ChangePoint,
  alpha: number,
) {
  const only = READER_OF.get(direction);
  // Before, and from the day on.
  const [pages, all] = [
    [0, 0],
    [0, 0],
  ] as [[number, number], [number, number]];
  const users = [new Set<number>(), new Set<number>()] as const;
  let [lastBefore, firstAfter] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let i = 0; i < day.length; i++) {
    if (only && reader[i] !== only) continue;
    const side = day[i]! < from ? 0 : 1;
    all[side]++;
    if (kind[i] !== CROSS) continue;
    pages[side]++;
    users[side].add(user[i]!);
    if (side === 0) lastBefore = Math.max(lastBefore, time[i]!);
    else firstAfter = Math.min(firstAfter, time[i]!);
  }
  const exact = poissonRateTest(pages[0], all[0], pages[1], all[1]).pValue;
  const isShutOff = pValue <= alpha;
  const rate = (side: 0 | 1) =>
    `${formatCount(pages[side])} of ${formatCount(all[side])} pages (${formatNumber((1000 * pages[side]) / all[side])} in 1,000), ${formatCount(users[side].size)} ${users[side].size === 1 ? "user" : "users"}`;
  const chance = `p ${formatNumber(pValue, 4)}, the share of shuffled logs with a fall as large`;
  const on = formatDate(new Date(from * 86_400_000));
  return {
    direction: direction,
    shut_off: isShutOff ? from : null,
    last_before: lastBefore,
    first_after: Number.isFinite(firstAfter) ? firstAfter : null,
    pages_before: pages[0],
    pages_after: pages[1],
    rate_before: before,
    rate_after: after,
    users_before: users[0].size,
    users_after: users[1].size,
    log_likelihood_ratio: logLikelihoodRatio,
    p_value: pValue,
    exact_p_value: exact,
    finding: isShutOff
      ? `${direction}: reading of the other program's curriculum fell on ${on}, from ${rate(0)} before it, the last at ${clock(lastBefore)}, to ${rate(1)} since (${chance}).`
      : `${direction}: no shut-off; the largest fall, on ${on}, from ${rate(0)} to ${rate(1)}, may be chance (${chance}).`,
  };
}

const clock = (time: number) => new Date(time).toISOString().slice(0, 19).replace("T", " ");
