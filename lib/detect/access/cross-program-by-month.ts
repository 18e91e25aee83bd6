import pl from "nodejs-polars";
import { codesOf } from "../../log/coded-column";
import { frameOf } from "../../log/frame-of";
import { daysOf, NO_DAY } from "../../log/log-arrays";
import { DATA } from "../../log/program-curriculum";
import { requireColumns } from "../../log/require-columns";
import { CROSS, readingKinds, rowCurricula } from "./row-curricula";
import { rowReaders } from "./row-readers";

/** Students of web development on the data-science curriculum. */
export const WEB_ON_DATA = "web development students on data science";
/** Students of data science on the web-development curriculum. */
export const DATA_ON_WEB = "data science students on web development";

export interface CrossProgramByMonthOptions {
  /** Length of a period; weeks begin on Monday. */
  every?: "month" | "week" | "day";
}

/**
 * How much each program's students read of the other's curriculum, month by month: of all the
 * pages of either curriculum that they open, how many are the other's.
 *
 * Staff and users of no known program are left out. Pages that are shared or of unknown
 * curriculum do not count, in either number.
 *
 * @param accessLog access log in any order: `path`, `date`, `user_id`, `cohort_id`, `program_id`
 * @param curricula curricula of pages, as `pageCurricula` gives them
 * @returns two rows per period, by period and direction, from the first to the last period with
 *   a student's page of either curriculum, quiet ones with 0: `period` (Date, its first day),
 *   `direction` (String), `pages` (Int64, of the other curriculum), `all_pages` (Int64, of
 *   either), `users` (Int64, students with pages of the other), `rate` (Float64, `pages` by
 *   `all_pages`; null where that is 0)
 * @throws {RangeError} if `every` is no period
 * @throws {Error} if a column is missing or of another type, or `curricula` has a path twice
 */
export function crossProgramByMonth(
  accessLog: pl.DataFrame,
  curricula: pl.DataFrame,
  { every = "month" }: CrossProgramByMonthOptions = {},
): pl.DataFrame {
  const begin = BEGINS[every];
  if (!begin) {
    throw new RangeError(`crossProgramByMonth needs every to be month, week or day, got ${every}`);
  }
  requireColumns(
    "crossProgramByMonth",
    accessLog,
    "path",
    "date",
    "user_id",
    "cohort_id",
    "program_id",
  );
  const kinds = readingKinds(rowCurricula("crossProgramByMonth", accessLog, curricula));
  const readers = rowReaders(accessLog);
  const days = daysOf(accessLog);
  const { codes: users } = codesOf(accessLog, "user_id");
  const periods = new Map<number, Tally[]>();
  let [day, tallies] = [NO_DAY, [newTally(), newTally()]];
  for (let row = 0; row < kinds.length; row++) {
    if (!kinds[row] || days[row] === NO_DAY || users[row]! < 0) continue;
    if (days[row] !== day) {
      // Rows of one day follow each other as a rule.
      day = days[row]!;
      const at = begin(day);
      tallies = periods.get(at) ?? [newTally(), newTally()];
      periods.set(at, tallies);
    }
    const tally = tallies[readers[row] === DATA ? 0 : 1]!;
    tally.all++;
    if (kinds[row] !== CROSS) continue;
    tally.cross++;
    tally.users.add(users[row]!);
  }
  const rows = everyPeriod([...periods.keys()], begin).flatMap((at) =>
    [DATA_ON_WEB, WEB_ON_DATA].map((direction, i) => {
      const { cross, all, users } = periods.get(at)?.[i] ?? newTally();
      return {
        period: at,
        direction: direction,
        pages: cross,
        all_pages: all,
        users: users.size,
        rate: all > 0 ? cross / all : null,
      };
    }),
  );
  return frameOf(
    rows,
    { period: pl.Int32 },
    "direction",
    "pages",
    "all_pages",
    "users",
    "rate",
  ).withColumns(pl.col("period").cast(pl.Date));
}

/** Pages of one direction in one period. */
interface Tally {
  cross: number;
  all: number;
  users: Set<number>;
}

const newTally = (): Tally => ({ cross: 0, all: 0, users: new Set() });

const DAY = 86_400_000;

/** First day of the period that a day since 1970 lies in. */
const BEGINS: Record<"month" | "week" | "day", (day: number) => number> = {
  month: (day) => day + 1 - new Date(day * DAY).getUTCDate(),
  // Day 0 was a Thursday.
  week: (day) => day - ((((day + 3) % 7) + 7) % 7),
  day: (day) => day,
};

/** All periods from the first to the last. */
function everyPeriod(some: number[], begin: (day: number) => number): number[] {
  if (some.length === 0) return [];
  const last = some.reduce((a, b) => Math.max(a, b));
  const all = [some.reduce((a, b) => Math.min(a, b))];
  for (let day = all[0]! + 1; day <= last; day++) if (begin(day) === day) all.push(day);
  return all;
}
