import pl from "nodejs-polars";
import { codedColumn } from "../log/coded-column";
import { frameOf } from "../log/frame-of";
import { STAFF_COHORT_ID } from "../log/programs";
import { requireColumns } from "../log/require-columns";
import { numbers } from "../log/typed-arrays";
import { visibleText } from "../words/visible-text";

export interface DataQualityOptions {
  /** Longest class that there is, in days: a cohort that lasts longer is no class. */
  longest?: number;
  /** Rows below which a cohort is too small to compare. */
  few?: number;
}

/**
 * What in the log and its cohorts table is not what it seems: a line per check, with how much
 * is concerned and what that means for whoever counts. Nothing is corrected, here or elsewhere.
 *
 * @param accessLog access log in any order: `timestamp`, `date`, `path`, `user_id`,
 *   `cohort_id`, `ip`, `cohort`, `start_date`, `end_date`
 * @param cohorts the raw cohorts table: `id`, `name`, `start_date`, `end_date` and, where it is
 *   there, `slack`
 * @returns one row per check, rows before users before cohorts: `check` (String), `count`
 *   (Int64), `unit` (String: `rows`, `users` or `cohorts`), `share` (Float64, of all of that
 *   unit; null where there are none), `which` (String: the first of them by name; null without
 *   names), `meaning` (String)
 * @throws {RangeError} if `longest` or `few` is not above 0
 * @throws {Error} if a column is missing or of another type
 */
export function dataQuality(
  accessLog: pl.DataFrame,
  cohorts: pl.DataFrame,
  { longest = 365, few = 100 }: DataQualityOptions = {},
): pl.DataFrame {
  for (const [option, value] of Object.entries({ longest, few })) {
    if (!(value > 0 && value < Infinity)) {
      throw new RangeError(`dataQuality needs ${option} to be above 0, got ${value}`);
    }
  }
  requireColumns(
    "dataQuality",
    accessLog,
    "timestamp",
    "date",
    "path",
    "user_id",
    "cohort_id",
    "ip",
    "cohort",
    "start_date",
    "end_date",
  );
  requireColumns("dataQuality (cohorts)", cohorts, "id", "name", "start_date", "end_date");
  const checks = [
    ...rowChecks(accessLog),
    ...userChecks(accessLog),
    ...cohortChecks(accessLog, cohorts, { longest, few }),
  ];
  const totals: Record<string, number> = {
    rows: accessLog.height,
    users: accessLog.getColumn("user_id").dropNulls().nUnique(),
    cohorts: cohorts.height,
  };
  return frameOf(
    checks.map((row) => {
      const total = totals[row.unit]!;
      return { ...row, share: total > 0 ? row.count / total : null };
    }),
    "check",
    "count",
    "unit",
    "share",
    "which",
    "meaning",
  );
}

/** A line of the answer, before its share is known. */
interface Check {
  check: string;
  count: number;
  unit: "rows" | "users" | "cohorts";
  which?: string | null;
  meaning: string;
}

/** Names of checks that others look up. */
export const REPEATED_ROWS = "exact repetitions of a row";
export const ROWS_WITHOUT_COHORT = "rows without a cohort";
export const COHORTS_WITHOUT_ROWS = "cohorts without rows";

function rowChecks(accessLog: pl.DataFrame): Check[] {
  const isStudent = pl.col("cohort_id").cast(pl.Int64).neq(pl.lit(STAFF_COHORT_ID));
  const day = (name: string) => pl.col(name).cast(pl.Date);
  const count = (condition: pl.Expr) => condition.cast(pl.Int64).sum();
  const counts = accessLog
    .select(
      count(pl.col("path").isNull()).alias("path"),
      count(pl.col("cohort_id").isNull()).alias("cohort"),
      count(pl.col("cohort_id").isNotNull().and(pl.col("cohort").isNull())).alias("name"),
      count(pl.col("cohort_id").cast(pl.Int64).eq(pl.lit(STAFF_COHORT_ID))).alias("staff"),
      count(isStudent.and(day("date").lt(day("start_date")))).alias("before"),
      count(isStudent.and(day("date").gt(day("end_date")))).alias("after"),
    )
    .toRecords()[0] as Record<string, unknown>;
  const of = (name: string) => Number(counts[name] ?? 0);
  const repeated = repetitions(accessLog);
  const rows = (check: string, found: number, meaning: string): Check => ({
    check,
    count: found,
    unit: "rows",
    meaning,
  });
  return [
    rows("rows without a path", of("path"), "no page view: left out wherever pages are counted"),
    rows(
      ROWS_WITHOUT_COHORT,
      of("cohort"),
      "nobody's class: an inner join with the cohorts table drops them without a word",
    ),
    rows(
      "rows of a cohort that is not in the table",
      of("name"),
      "an id without name, dates and program",
    ),
    rows(
      REPEATED_ROWS,
      repeated.all,
      "second and further copies of a row, to the second: a double click, or a row logged twice",
    ),
    rows(
      "the same, with a cohort",
      repeated.withCohort,
      "as above, in the part that an inner join keeps",
    ),
    rows("rows labelled Staff", of("staff"), "not students: teachers read everything, every year"),
    rows(
      "students' rows before their class began",
      of("before"),
      "preparation, an earlier class, or a cohort that was given later",
    ),
    rows(
      "students' rows after their class ended",
      of("after"),
      "graduates: to be left out wherever reading in class is compared",
    ),
  ];
}

/** Copies of rows beyond the first. Only rows of one second can be the same, and few share theirs. */
function repetitions(accessLog: pl.DataFrame): { all: number; withCohort: number } {
  const known =
    accessLog.getColumn("timestamp").nullCount() > 0
      ? accessLog.filter(pl.col("timestamp").isNotNull())
      : accessLog;
  const times = (frame: pl.DataFrame) =>
    numbers(frame.select(pl.col("timestamp").cast(pl.Datetime("ms")).cast(pl.Int64)), "timestamp");
  // The log comes in order of time as a rule.
  const asTheyCome = times(known);
  const isInOrder = asTheyCome.every((time, i) => i === 0 || asTheyCome[i - 1]! <= time);
  const sorted = isInOrder ? known : known.sort("timestamp");
  const inOrder = isInOrder ? asTheyCome : times(sorted);
  const rows: number[] = [];
  inOrder.forEach((time, i) => {
    if (time === inOrder[i - 1] || time === inOrder[i + 1]) rows.push(i);
  });
  const columns = ["path", "user_id", "cohort_id", "ip", "timestamp"];
  const together = pl.DataFrame(columns.map((name) => sorted.getColumn(name).gather(rows)));
  const different = together.unique();
  const without = (frame: pl.DataFrame) => frame.getColumn("cohort_id").nullCount();
  const all = together.height - different.height;
  return { all, withCohort: all - (without(together) - without(different)) };
}

function userChecks(accessLog: pl.DataFrame): Check[] {
  const { codes: user, values: users } = codedColumn(accessLog.getColumn("user_id"));
  const { codes: cohort } = codedColumn(accessLog.getColumn("cohort_id"));
  // The one cohort met so far, -1 for none yet and -2 for several.
  const met = new Int32Array(users.length).fill(-1);
  for (let row = 0; row < user.length; row++) {
    const [who, own] = [user[row]!, cohort[row]!];
    if (who < 0 || own < 0 || met[who] === own) continue;
    met[who] = met[who] === -1 ? own : -2;
  }
  return [
    {
      check: "users who never have a cohort",
      count: met.filter((own) => own === -1).length,
      unit: "users",
      meaning: "outsiders, or students whose class was never entered",
    },
    {
      check: "users of several cohorts",
      count: met.filter((own) => own === -2).length,
      unit: "users",
      meaning: "who moved to another class: each row has the class of its day; count them once",
    },
  ];
}

function cohortChecks(
  accessLog: pl.DataFrame,
  cohorts: pl.DataFrame,
  { longest, few }: Required<DataQualityOptions>,
): Check[] {
  const sizes = accessLog
    .select(pl.col("cohort_id").cast(pl.Int64))
    .filter(pl.col("cohort_id").isNotNull())
    .groupBy("cohort_id")
    .agg(pl.len().alias("count"));
  const counts = sizes.getColumn("count").toArray();
  const perCohort = new Map(
    sizes
      .getColumn("cohort_id")
      .toArray()
      .map((id: unknown, i: number): [number, number] => [Number(id), Number(counts[i])]),
  );
  const logged = accessLog
    .select(pl.col("date").cast(pl.Date).cast(pl.Int32).max())
    .toSeries()
    .get(0);
  const last = logged === null ? Number.POSITIVE_INFINITY : Number(logged);
  const table = tableOf(cohorts);
  const slacks = new Map<string, number>();
  for (const { slack } of table) if (slack) slacks.set(slack, (slacks.get(slack) ?? 0) + 1);

  const those = (check: string, isOne: (row: CohortRow) => boolean, meaning: string): Check => {
    const found = table.filter(isOne);
    return { check, count: found.length, unit: "cohorts", which: namesOf(found), meaning };
  };
  const rowsOf = ({ id }: CohortRow) => perCohort.get(id) ?? 0;
  const length = ({ start, end }: CohortRow) =>
    start === null || end === null ? null : end - start;
  return [
    those(
      COHORTS_WITHOUT_ROWS,
      (row) => rowsOf(row) === 0,
      "classes before the log, placeholders, or classes whose students were never given their cohort",
    ),
    those(
      `cohorts with fewer rows than ${few}`,
      (row) => rowsOf(row) > 0 && rowsOf(row) < few,
      "too few to compare: a share of them is chance",
    ),
    those(
      "cohorts that end on the day they start, or before",
      (row) => (length(row) ?? 1) <= 0,
      "dates that mean nothing: by them all their reading comes after the end",
    ),
    those(
      `cohorts that last longer than ${longest} days`,
      (row) => (length(row) ?? 0) > longest,
      "no class but a placeholder: nobody in it can ever be found after the end",
    ),
    those(
      "cohorts that end after the log",
      ({ end }) => end !== null && end > last,
      "still in class, or no class: their totals are not final",
    ),
    those(
      "cohorts that share their Slack channel",
      ({ slack }) => slack !== null && (slacks.get(slack) ?? 0) > 1,
      "the channel does not tell cohorts apart: join on the id",
    ),
  ];
}

interface CohortRow {
  id: number;
  name: string;
  slack: string | null;
  /** Days since 1970. */
  start: number | null;
  end: number | null;
}

function tableOf(cohorts: pl.DataFrame): CohortRow[] {
  const day = (name: string) => pl.col(name).cast(pl.Date).cast(pl.Int32);
  const table = cohorts.select(
    pl.col("id").cast(pl.Int64),
    pl.col("name").cast(pl.String),
    day("start_date"),
    day("end_date"),
  );
  const slack = cohorts.columns.includes("slack") ? cohorts.getColumn("slack").toArray() : [];
  const of = (name: string) => table.getColumn(name).toArray() as unknown[];
  const [ids, names, starts, ends] = ["id", "name", "start_date", "end_date"].map(of);
  return ids!.map((id, i) => ({
    id: Number(id),
    name: String(names![i] ?? "no name"),
    slack: typeof slack[i] === "string" ? (slack[i] as string) : null,
    start: starts![i] as number | null,
    end: ends![i] as number | null,
  }));
}

const NAMED = 6;

function namesOf(found: CohortRow[]): string | null {
  if (found.length === 0) return null;
  const names = found
    .slice()
    .sort((a, b) => a.id - b.id)
    .slice(0, NAMED)
    .map(({ name }) => visibleText(name, { max: 40 }));
  return `${names.join(", ")}${found.length > NAMED ? ", ..." : ""}`;
}
