import pl from "nodejs-polars";
import { frameOf } from "../log/frame-of";
import { DATA_SCIENCE, WEB_DEVELOPMENT } from "../log/program-curriculum";
import { PROGRAMS } from "../log/programs";
import { requireColumns } from "../log/require-columns";
import { int32, numbers } from "../log/typed-arrays";

export interface UnlabelledClassesOptions {
  /** Days within which the next one must have begun to belong to the same class. */
  within?: number;
  /** Fewest users that make a class. */
  least?: number;
}

/**
 * Classes that were never entered: users who never have a cohort and who began together.
 *
 * A class begins on a day; an outsider comes alone. Users without any row that names a cohort are
 * put in the order of their first days, and who began less than `within` days after the one
 * before belongs to the same group. Who was there in the log's first days may have been there
 * for years: such a group is marked with `began_with_log`, and shows nothing.
 *
 * The cohorts table may know the class: named are cohorts that have no row in the log and
 * start less than `within` days before or after the group's first day.
 *
 * @param accessLog access log in any order: `timestamp`, `date`, `path`, `user_id`, `cohort_id`
 * @param cohorts the raw cohorts table: `id`, `name`, `start_date`, `program_id`
 * @param curricula curricula of pages, as `pageCurricula` gives them
 * @returns one row per group of `least` users or more, by first day: `from` (Date, the first
 *   one's first day), `users`, `rows` (Int64), `first_access`, `last_access` (Datetime ms),
 *   `months` (Int64, calendar months with requests), `web_development_pages`,
 *   `data_science_pages`, `other_pages` (Int64: shared, of unknown curriculum), `curriculum`
 *   (String: the one of four fifths of the pages of either; null where neither has as many), `cohort`
 *   (String: cohorts that it may be, by name, joined with commas; null where there is none),
 *   `program` (String: theirs, where they have the same; else null),
 *   `began_with_log` (Boolean), `user_ids` (String)
 * @throws {RangeError} if `within` is not an integer from 1 or `least` not one from 2
 * @throws {Error} if a column is missing or of another type
 */
export function unlabelledClasses(
  accessLog: pl.DataFrame,
  cohorts: pl.DataFrame,
  curricula: pl.DataFrame,
  { within = 7, least = 5 }: UnlabelledClassesOptions = {},
): pl.DataFrame {
  if (!(Number.isInteger(within) && within >= 1)) {
    throw new RangeError(`unlabelledClasses needs within to be 1 day or more, got ${within}`);
  }
  if (!(Number.isInteger(least) && least >= 2)) {
    throw new RangeError(`unlabelledClasses needs least to be 2 users or more, got ${least}`);
  }
  requireColumns(
    "unlabelledClasses",
    accessLog,
    "timestamp",
    "date",
    "path",
    "user_id",
    "cohort_id",
  );
  requireColumns("unlabelledClasses (cohorts)", cohorts, "id", "name", "start_date", "program_id");
  requireColumns("unlabelledClasses (curricula)", curricula, "path", "curriculum");
  const rows = rowsOfNobody(accessLog);
  const users = rows.groupBy("user_id").agg(pl.col("date").min()).sort(["date", "user_id"]);
  const starts = int32(users, "date");
  const ids = numbers(users, "user_id");
  const groups: { from: number; ids: number[] }[] = [];
  ids.forEach((id, i) => {
    const isNext = i > 0 && starts[i]! - starts[i - 1]! < within;
    if (isNext) groups.at(-1)!.ids.push(id);
    else groups.push({ from: starts[i]!, ids: [id] });
  });
  const first = Number(
    accessLog.select(pl.col("date").cast(pl.Date).cast(pl.Int32).min()).toSeries().get(0),
  );
  const empty = cohortsWithoutRows(accessLog, cohorts);
  const found = groups
    .filter((group) => group.ids.length >= least)
    .map((group) => {
      const candidates = empty.filter(({ start }) => Math.abs(start - group.from) < within);
      const programs = new Set(candidates.map(({ program }) => program));
      return {
        ...reading(rows.filter(pl.col("user_id").isIn(group.ids)), curricula),
        from: group.from,
        users: group.ids.length,
        cohort: listOf(candidates.map(({ name }) => name)),
        program: programs.size === 1 ? [...programs][0] : null,
        began_with_log: group.from - first < within,
        user_ids: listOf([...group.ids].sort((a, b) => a - b)),
      };
    });
  return frameOf(
    found,
    { from: pl.Int32 },
    "users",
    "rows",
    { first_access: pl.Int64, last_access: pl.Int64 },
    "months",
    "web_development_pages",
    "data_science_pages",
    "other_pages",
    "curriculum",
    "cohort",
    "program",
    "began_with_log",
    "user_ids",
  ).withColumns(
    pl.col("from").cast(pl.Date),
    pl.col("first_access").cast(pl.Datetime("ms")),
    pl.col("last_access").cast(pl.Datetime("ms")),
  );
}

/** Share of the pages of either curriculum that makes it the group's: four times as many as the other's. */
const MOST = 0.8;

const listOf = (items: readonly unknown[]) => (items.length > 0 ? items.join(", ") : null);

/** Rows of users who never have a cohort, with what the rest needs. */
function rowsOfNobody(accessLog: pl.DataFrame): pl.DataFrame {
  const known = accessLog
    .select(pl.col("user_id").filter(pl.col("cohort_id").isNotNull()).cast(pl.Int64).unique())
    .dropNulls();
  return accessLog
    .select("timestamp", "date", "path", "user_id", "cohort_id")
    .filter(
      pl
        .col("cohort_id")
        .isNull()
        .and(pl.col("user_id").isNotNull())
        .and(pl.col("date").isNotNull()),
    )
    .select(
      pl.col("user_id").cast(pl.Int64),
      pl.col("timestamp").cast(pl.Datetime("ms")).cast(pl.Int64),
      pl.col("date").cast(pl.Date).cast(pl.Int32),
      pl.col("path").cast(pl.String),
    )
    .join(known, { on: "user_id", how: "anti" });
}

function cohortsWithoutRows(accessLog: pl.DataFrame, cohorts: pl.DataFrame) {
  const seen = new Set(accessLog.getColumn("cohort_id").dropNulls().unique().toArray().map(Number));
  const table = cohorts
    .select(
      pl.col("id").cast(pl.Int64),
      pl.col("name").cast(pl.String),
      pl.col("start_date").cast(pl.Date).cast(pl.Int32),
      pl.col("program_id").cast(pl.Int64).fillNull(pl.lit(0)),
    )
    .dropNulls()
    .sort("name");
  const of = (name: string) => table.getColumn(name).toArray() as unknown[];
  const [ids, names, starts, programs] = ["id", "name", "start_date", "program_id"].map(of);
  return ids!.flatMap((id, i) =>
    seen.has(Number(id))
      ? []
      : [
          {
            name: String(names![i]),
            start: Number(starts![i]),
            program: PROGRAMS.get(Number(programs![i])) ?? null,
          },
        ],
  );
}

/** What a group read, and when. */
function reading(rows: pl.DataFrame, curricula: pl.DataFrame): Record<string, unknown> {
  const judged = rows
    .filter(pl.col("path").isNotNull())
    .join(curricula.select("path", "curriculum"), { on: "path", how: "left" })
    .getColumn("curriculum")
    .toArray() as (string | null)[];
  const web = judged.filter((curriculum) => curriculum === WEB_DEVELOPMENT).length;
  const data = judged.filter((curriculum) => curriculum === DATA_SCIENCE).length;
  const most = MOST * (web + data);
  const months = new Set(
    Array.from(int32(rows.select("date").unique(), "date"), (day) =>
      new Date(day * 86_400_000).toISOString().slice(0, 7),
    ),
  );
  return {
    rows: rows.height,
    first_access: rows.getColumn("timestamp").min(),
    last_access: rows.getColumn("timestamp").max(),
    months: months.size,
    web_development_pages: web,
    data_science_pages: data,
    other_pages: judged.length - web - data,
    curriculum:
      web + data === 0 ? null : web >= most ? WEB_DEVELOPMENT : data >= most ? DATA_SCIENCE : null,
  };
}
