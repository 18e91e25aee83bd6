import pl from "nodejs-polars";
import { frameOf } from "../../log/frame-of";
import { DATA, WEB } from "../../log/program-curriculum";
import { requireColumns } from "../../log/require-columns";
import { int32, numbers } from "../../log/typed-arrays";
import { atLeast, below, not, where } from "../../log/where";
import { type ChangePoint, changePoint } from "../../stats/change-point";
import { poissonRateTest } from "../../stats/exact-tests";
import { requireNumber, requireOneOf } from "../../stats/require-option";
import { counted, formatCount, formatDate, formatNumber } from "../../words/format-words";
import { crossProgramByMonth, DATA_ON_WEB, WEB_ON_DATA } from "./cross-program-by-month";
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
  alpha?: number;
  permutations?: number;
  seed?: number;
}

/**
 * Whether, and from which day on, students stopped reading the other program's curriculum: the
 * first day with reading after its share of pages fell most (`changePoint` over daily counts, weeks
 * shuffled as wholes). Go by `p_value`: the exact one takes pages as independent.
 * @returns one row per direction: `direction`, `shut_off`, `last_before`, `first_after`,
 *   `pages_before`, `pages_after` (of the other curriculum), `rate_before`, `rate_after`,
 *   `users_before`, `users_after`, `log_likelihood_ratio`, `p_value`, `exact_p_value`, `finding`.
 *   Without a fall all but direction and finding are null; above `alpha` only `shut_off` is.
 * @throws {RangeError} if `only` is no direction, `until` not a day, or another option out of range
 * @throws {Error} if a column is missing or of another type, or `curricula` has a path twice
 * @example
 * crossProgramShutOff(accessLog, pageCurricula(accessLog), { only: "either direction" });
 */
export function crossProgramShutOff(
  accessLog: pl.DataFrame,
  curricula: pl.DataFrame,
  { only, until, alpha = 0.01, permutations = 999, seed = 1 }: CrossProgramShutOffOptions = {},
): pl.DataFrame {
  requireNumber("crossProgramShutOff", { alpha }, { above: 0, below: 1 });
  if (only !== undefined) requireOneOf("crossProgramShutOff", { only }, DIRECTIONS);
  const end = until === undefined ? Infinity : dayNumber("crossProgramShutOff", "until", until);
  const columns = ["timestamp", "date", "user_id"] as const;
  const read = studentPages("crossProgramShutOff", accessLog, curricula, columns)
    .withColumns(pl.col("date").cast(pl.Int32), pl.col("timestamp").cast(pl.Int64))
    .dropNulls([...columns])
    .filter(pl.col("date").lt(end));
  const rows = (only ? [only] : DIRECTIONS).map((direction) => {
    const own = where(read, { reader: READERS[direction]! });
    const { first, counts, exposure } = dailyCounts(own);
    const change = changePoint(counts, exposure, {
      change: "fall",
      permutations,
      block: WEEK,
      seed,
    });
    if (!change) return { direction, finding: `${direction}: no fall was found.` };
    const day = exposure.findIndex((pages, at) => at >= change.index && pages > 0);
    return { direction, ...describe(own, direction, first + day, change, alpha) };
  });
  return frameOf(
    rows,
    ...(["direction", "shut_off", "last_before", "first_after"] as const),
    ...(["pages_before", "pages_after", "rate_before", "rate_after"] as const),
    ...(["users_before", "users_after", "log_likelihood_ratio"] as const),
    ...(["p_value", "exact_p_value", "finding"] as const),
  );
}

/** Day since 1970 from which reading in either direction has stopped; null where none is found. */
export function shutOffDay(accessLog: pl.DataFrame, curricula: pl.DataFrame): number | null {
  const found = crossProgramShutOff(accessLog, curricula, { only: EITHER_DIRECTION });
  return found.getColumn("shut_off").cast(pl.Int32).toArray()[0] as number | null;
}

/** Days are shuffled by weeks: what is read on a day is read on the next. */
const WEEK = 7;

function dailyCounts(read: pl.DataFrame) {
  const daily = read
    .groupBy("date")
    .agg(pl.col("cross").sum(), pl.len().alias("pages"))
    .sort("date");
  const days = int32(daily, "date");
  const [cross, pages] = [numbers(daily, "cross"), numbers(daily, "pages")];
  const first = days[0] ?? 0;
  const length = days.length === 0 ? 0 : days.at(-1)! - first + 1;
  const [counts, exposure] = [new Float64Array(length), new Float64Array(length)];
  days.forEach((day, i) => {
    counts[day - first] = cross[i]!;
    exposure[day - first] = pages[i]!;
  });
  return { first, counts, exposure };
}

function describe(
  read: pl.DataFrame,
  direction: string,
  day: number,
  { before: rateBefore, after: rateAfter, logLikelihoodRatio, pValue }: ChangePoint,
  alpha: number,
) {
  const before = totals(where(read, { date: below(day) }));
  const after = totals(where(read, { date: atLeast(day) }));
  const isShutOff = pValue <= alpha;
  const chance = `p ${formatNumber(pValue, 4)}, the share of shuffled logs with a fall as large`;
  const on = formatDate(new Date(day * 86_400_000));
  return {
    shut_off: isShutOff ? day : null,
    last_before: before.last,
    first_after: after.first,
    pages_before: before.pages,
    pages_after: after.pages,
    rate_before: rateBefore,
    rate_after: rateAfter,
    users_before: before.users,
    users_after: after.users,
    log_likelihood_ratio: logLikelihoodRatio,
    p_value: pValue,
    exact_p_value: poissonRateTest(before.pages, before.all, after.pages, after.all).pValue,
    finding: isShutOff
      ? `${direction}: reading of the other program's curriculum fell on ${on}, from ${inWords(before)} before it, the last at ${clock(before.last)}, to ${inWords(after)} since (${chance}).`
      : `${direction}: no shut-off; the largest fall, on ${on}, from ${inWords(before)} to ${inWords(after)}, may be chance (${chance}).`,
  };
}

type Totals = ReturnType<typeof totals>;

function totals(read: pl.DataFrame) {
  const cross = where(read, { cross: 1 });
  const times = cross.getColumn("timestamp");
  return {
    all: read.height,
    pages: cross.height,
    users: cross.getColumn("user_id").nUnique(),
    first: times.min() as number | null,
    last: times.max() as number,
  };
}

const inWords = ({ pages, all, users }: Totals) =>
  `${formatCount(pages)} of ${formatCount(all)} pages (${formatNumber((1000 * pages) / all)} in 1,000), ${counted(users, "user")}`;

const clock = (time: number) => new Date(time).toISOString().slice(0, 19).replace("T", " ");

export interface EarlierShutOffOptions extends Omit<CrossProgramShutOffOptions, "until"> {}

/**
 * Whether reading of the other program's curriculum had stopped once before the shut-off that
 * `crossProgramShutOff` found: in the time until then or, without a fall in it, until its largest
 * rise. These are two tests at `alpha`.
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
  requireColumns("earlierShutOff", shutOffs, "direction", "shut_off");
  const directions = shutOffs.withColumns(pl.col("direction").cast(pl.String));
  const known = where(directions, { direction: only, shut_off: not(null) });
  if (known.height === 0)
    return crossProgramShutOff(accessLog.head(0), curricula, { only }).head(0);
  const [until] = int32(known, "shut_off") as unknown as [number];
  const before = (day: number) =>
    crossProgramShutOff(accessLog, curricula, { only, until: new Date(day * DAY), ...options });
  const whole = before(until);
  if (whole.getColumn("shut_off").nullCount() === 0) return whole;
  const rise = riseBefore(crossProgramByMonth(accessLog, curricula, { every: "day" }), only, until);
  return rise === undefined ? whole : before(rise);
}

const DAY = 86_400_000;

/** The day until then on which the share of pages of the other curriculum rose most. */
function riseBefore(byDay: pl.DataFrame, only: string, until: number): number | undefined {
  const asked = only === EITHER_DIRECTION ? byDay : where(byDay, { direction: only });
  const days = where(asked, { period: below(new Date(until * DAY)) })
    .groupBy("period")
    .agg(pl.col("pages").sum(), pl.col("all_pages").sum())
    .sort("period");
  const rise = changePoint(numbers(days, "pages"), numbers(days, "all_pages"), {
    change: "rise",
    permutations: 1, // whether it is chance does not matter: it only says where to look
  });
  return rise && int32(days, "period")[rise.index];
}
