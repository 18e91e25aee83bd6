import pl from "nodejs-polars";
import { frameOf } from "../../log/frame-of";
import { DATA, WEB } from "../../log/program-curriculum";
import {
  type DailyCounts,
  largestOf,
  type RateChange,
  rateChanges,
  weeklyCounts,
} from "../../log/rate-changes";
import { requireColumns } from "../../log/require-columns";
import { int32, numbers } from "../../log/typed-arrays";
import { not, where } from "../../log/where";
import { type ChangePoint, changePoint } from "../../stats/change-point";
import { requireInteger, requireNumber, requireOneOf } from "../../stats/require-option";
import { formatCount, formatDate, formatNumber } from "../../words/format-words";
import { DATA_ON_WEB, WEB_ON_DATA } from "./cross-program-by-month";
import { dayNumber } from "./day-number";
import { studentPages } from "./row-curricula";

export const EITHER_DIRECTION = "either direction";
const READERS: Record<string, number[]> = {
  [DATA_ON_WEB]: [DATA],
  [EITHER_DIRECTION]: [DATA, WEB],
  [WEB_ON_DATA]: [WEB],
};
const DIRECTIONS = Object.keys(READERS);

export interface CrossProgramShutOffOptions {
  /** The one direction that is asked for; all three where not given. */
  only?: typeof EITHER_DIRECTION | typeof DATA_ON_WEB | typeof WEB_ON_DATA;
  /** Day before which rows count: a Date or ISO text. */
  until?: Date | string;
  /** How many times as much was read before as after. */
  factor?: number;
  permutations?: number;
  seed?: number;
}

/**
 * From which day on students hardly read the other program's curriculum any more: weeks are cut
 * where the share of its pages changes (`rateSegments`), and the day is that of the largest fall to
 * a `factor` of what it was from which the share never came back to half of that. Rates are those of the stretches
 * next to that day. Why it fell is not in a log: `shutOffReaders` asks whether the same students
 * read less, `shutOffBreaks` whether a holiday is the reason. The p-value is that of the largest
 * fall of weeks (`changePoint`), and null where weeks are too alike or too few for one.
 * @returns one row per direction: `direction`, `shut_off`, `last_before`, `first_after`,
 *   `pages_before`, `pages_after` (of the other curriculum, in all of the log), `users_before`,
 *   `users_after`, `rate_before`, `rate_after`, `rate_from`, `rate_until` (first and last day of
 *   the two stretches), `log_likelihood_ratio`, `p_value`, `autocorrelation`, `dispersion`,
 *   `finding`. Without such a fall all up to the likelihood are null.
 * @throws {RangeError} if `only` is no direction, `until` not a day, or another option out of range
 * @throws {Error} if a column is missing or of another type, or `curricula` has a path twice
 * @example
 * crossProgramShutOff(accessLog, pageCurricula(accessLog), { only: "either direction" });
 */
export function crossProgramShutOff(
  accessLog: pl.DataFrame,
  curricula: pl.DataFrame,
  options: CrossProgramShutOffOptions = {},
): pl.DataFrame {
  return fallsIn("crossProgramShutOff", accessLog, curricula, true, options);
}

/** Day since 1970 from which reading in either direction has stopped; null where none is found. */
export function shutOffDay(accessLog: pl.DataFrame, curricula: pl.DataFrame): number | null {
  const found = crossProgramShutOff(accessLog, curricula, { only: EITHER_DIRECTION });
  return found.getColumn("shut_off").cast(pl.Int32).toArray()[0] as number | null;
}

export interface EarlierShutOffOptions extends Omit<CrossProgramShutOffOptions, "until"> {}

/**
 * Whether reading of the other program's curriculum had stopped once before the shut-off that
 * `crossProgramShutOff` found, and began again: the largest fall to a `factor` of what it was,
 * before that day, from which the share came back.
 * @returns a row as in `shutOffs` for the direction asked about (either, where not given) and the
 *   time before its `shut_off`; no row where there is no such day
 * @throws {RangeError} if `crossProgramShutOff` refuses an option
 * @throws {Error} if a column is missing or of another type, or `curricula` has a path twice
 * @example
 * earlierShutOff(accessLog, curricula, crossProgramShutOff(accessLog, curricula));
 */
export function earlierShutOff(
  accessLog: pl.DataFrame,
  curricula: pl.DataFrame,
  shutOffs: pl.DataFrame,
  { only = EITHER_DIRECTION, ...options }: EarlierShutOffOptions = {},
): pl.DataFrame {
  const day = dayOf("earlierShutOff", shutOffs, only);
  const all = { ...options, only, until: new Date((day ?? 0) * DAY) };
  const found = fallsIn("earlierShutOff", accessLog, curricula, false, all);
  return day === undefined ? found.head(0) : found;
}

const DAY = 86_400_000;

/** The day of a direction's shut-off, among those that `crossProgramShutOff` found. */
export function dayOf(caller: string, shutOffs: pl.DataFrame, direction: string) {
  requireColumns(caller, shutOffs, "direction", "shut_off");
  const directions = shutOffs.withColumns(pl.col("direction").cast(pl.String));
  return int32(where(directions, { direction, shut_off: not(null) }), "shut_off")[0];
}

function fallsIn(
  caller: string,
  accessLog: pl.DataFrame,
  curricula: pl.DataFrame,
  isLasting: boolean,
  { only, until, factor = 5, permutations = 999, seed = 1 }: CrossProgramShutOffOptions,
): pl.DataFrame {
  requireNumber(caller, { factor }, { above: 1 });
  requireInteger(caller, { permutations });
  requireInteger(caller, { seed }, {});
  if (only !== undefined) requireOneOf(caller, { only }, DIRECTIONS);
  const end = until === undefined ? Infinity : dayNumber(caller, "until", until);
  const columns = ["timestamp", "date", "user_id"] as const;
  const read = studentPages(caller, accessLog, curricula, columns)
    .withColumns(pl.col("date").cast(pl.Int32), pl.col("timestamp").cast(pl.Int64))
    .dropNulls([...columns])
    .filter(pl.col("date").lt(end));
  const daily = read
    .groupBy("reader", "date")
    .agg(pl.col("cross").sum(), pl.len().alias("pages"))
    .sort(["reader", "date"]);
  const crossed = where(read, { cross: 1 }).sort("timestamp");
  const rows = (only ? [only] : DIRECTIONS).map((direction) => {
    const reader = READERS[direction]!;
    const counts = dailyCounts(where(daily, { reader }));
    const weeks = weeklyCounts(counts);
    const settings = { change: "fall", permutations, seed } as const;
    const test = changePoint(weeks.counts, weeks.exposure, settings);
    const falls = rateChanges(counts, { factor, change: "fall" });
    const fall = largestOf(falls.filter((one) => one.isLasting === isLasting));
    const own = {
      ...{ direction, p_value: test?.pValue, dispersion: test?.dispersion },
      autocorrelation: test?.autocorrelation,
    };
    if (!fall) return { ...own, finding: `${direction}: no such fall was found.` };
    return { ...own, ...described(direction, fall, where(crossed, { reader }), test) };
  });
  return frameOf(
    rows,
    ...(["direction", "shut_off", "last_before", "first_after"] as const),
    ...(["pages_before", "pages_after", "users_before", "users_after"] as const),
    ...(["rate_before", "rate_after", "rate_from", "rate_until"] as const),
    ...(["log_likelihood_ratio", "p_value", "autocorrelation", "dispersion", "finding"] as const),
  );
}

function dailyCounts(daily: pl.DataFrame): DailyCounts {
  const days = int32(daily, "date");
  const [cross, pages] = [numbers(daily, "cross"), numbers(daily, "pages")];
  const first = days.reduce((least, day) => Math.min(least, day), days[0] ?? 0);
  const last = days.reduce((most, day) => Math.max(most, day), first - 1);
  const length = last - first + 1;
  const [counts, exposure] = [new Float64Array(length), new Float64Array(length)];
  days.forEach((day, i) => {
    counts[day - first]! += cross[i]!;
    exposure[day - first]! += pages[i]!;
  });
  return { first, counts, exposure };
}

function described(
  direction: string,
  { before, after, logLikelihoodRatio }: RateChange,
  crossed: pl.DataFrame,
  test: ChangePoint | undefined,
) {
  const day = after.from;
  const [days, times] = [int32(crossed, "date"), numbers(crossed, "timestamp")];
  const users = crossed.getColumn("user_id").toArray() as number[];
  // By time: those before come first.
  const early = days.filter((one) => one < day).length;
  const inWords = (rate: number | null) => `${formatNumber(1000 * (rate ?? 0))} in 1,000`;
  const dayText = (one: number) => formatDate(new Date(one * DAY));
  return {
    ...{ shut_off: day, last_before: times[early - 1], first_after: times[early] },
    ...{ pages_before: early, pages_after: days.length - early },
    users_before: new Set(users.slice(0, early)).size,
    users_after: new Set(users.slice(early)).size,
    ...{ rate_before: before.rate, rate_after: after.rate },
    ...{ rate_from: before.from, rate_until: after.until - 1 },
    log_likelihood_ratio: logLikelihoodRatio,
    finding:
      `${direction}: of the pages that students read, those of the other program's curriculum ` +
      `fell on ${dayText(day)} from ${inWords(before.rate)} (since ${dayText(before.from)}) to ` +
      `${inWords(after.rate)} (until ${dayText(after.until - 1)}); ${chance(test)}.`,
  };
}

/** What chance does to a fall of weeks, where that can be told. */
function chance(test: ChangePoint | undefined): string {
  if (!test || test.pValue === null) {
    const alike = test ? ` (lag-1 autocorrelation ${formatNumber(test.autocorrelation, 2)})` : "";
    return `a p-value cannot be computed: weeks are too few or too alike${alike}`;
  }
  return `p ${formatNumber(test.pValue, 4)} for a fall as large, in blocks of ${formatCount(test.block)} weeks`;
}
