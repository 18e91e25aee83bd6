import pl from "nodejs-polars";
import {
  BEGAN_WITH_LOG,
  COHORT,
  COHORT_ID,
  CURRICULUM,
  DATA_SCIENCE_PAGES,
  DATE,
  FIRST_ACCESS,
  FROM,
  ID,
  LAST_ACCESS,
  MONTHS,
  NAME,
  OTHER_PAGES,
  PATH,
  PROGRAM,
  PROGRAM_ID,
  ROWS,
  START_DATE,
  TIMESTAMP,
  USER_ID,
  USER_IDS,
  USERS,
  WEB_DEVELOPMENT_PAGES,
} from "../log/columns";
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
  requireColumns("unlabelledClasses", accessLog, {
    [TIMESTAMP]: "Datetime",
    [DATE]: "Date",
    [PATH]: "String",
    [USER_ID]: "integer",
    [COHORT_ID]: "integer",
  });
  requireColumns("unlabelledClasses (cohorts)", cohorts, {
    [ID]: "integer",
    [NAME]: "String",
    [START_DATE]: "Date",
    [PROGRAM_ID]: "integer",
  });
  requireColumns("unlabelledClasses (curricula)", curricula, {
    [PATH]: "String",
    [CURRICULUM]: "String",
  });
  const rows = rowsOfNobody(accessLog);
  const users = rows.groupBy(USER_ID).agg(pl.col(DATE).min()).sort([DATE, USER_ID]);
  const starts = int32(users, DATE);
  const ids = numbers(users, USER_ID);
  const groups: { from: number; ids: number[] }[] = [];
  ids.forEach((id, i) => {
    const isNext = i > 0 && starts[i]! - starts[i - 1]! < within;
    if (isNext) groups.at(-1)!.ids.push(id);
    else groups.push({ from: starts[i]!, ids: [id] });
  });
  const first = Number(
    accessLog.select(pl.col(DATE).cast(pl.Date).cast(pl.Int32).min()).toSeries().get(0),
  );
  const empty = cohortsWithoutRows(accessLog, cohorts);
  const found = groups
    .filter((group) => group.ids.length >= least)
    .map((group) => {
      const candidates = empty.filter(({ start }) => Math.abs(start - group.from) < within);
      const programs = new Set(candidates.map(({ program }) => program));
      return {
        ...reading(rows.filter(pl.col(USER_ID).isIn(group.ids)), curricula),
        [FROM]: group.from,
        [USERS]: group.ids.length,
        [COHORT]: listOf(candidates.map(({ name }) => name)),
        [PROGRAM]: programs.size === 1 ? [...programs][0] : null,
        [BEGAN_WITH_LOG]: group.from - first < within,
        [USER_IDS]: listOf([...group.ids].sort((a, b) => a - b)),
      };
    });
  return frameOf(found, {
    [FROM]: pl.Int32,
    [USERS]: pl.Int64,
    [ROWS]: pl.Int64,
    [FIRST_ACCESS]: pl.Int64,
    [LAST_ACCESS]: pl.Int64,
    [MONTHS]: pl.Int64,
    [WEB_DEVELOPMENT_PAGES]: pl.Int64,
    [DATA_SCIENCE_PAGES]: pl.Int64,
    [OTHER_PAGES]: pl.Int64,
    [CURRICULUM]: pl.String,
    [COHORT]: pl.String,
    [PROGRAM]: pl.String,
    [BEGAN_WITH_LOG]: pl.Bool,
    [USER_IDS]: pl.String,
  }).withColumns(
    pl.col(FROM).cast(pl.Date),
    pl.col(FIRST_ACCESS).cast(pl.Datetime("ms")),
    pl.col(LAST_ACCESS).cast(pl.Datetime("ms")),
  );
}

/** Share of the pages of either curriculum that makes it the group's: four times as many as the other's. */
const MOST = 0.8;

const listOf = (items: readonly unknown[]) => (items.length > 0 ? items.join(", ") : null);

/** Rows of users who never have a cohort, with what the rest needs. */
function rowsOfNobody(accessLog: pl.DataFrame): pl.DataFrame {
  const known = accessLog
    .select(pl.col(USER_ID).filter(pl.col(COHORT_ID).isNotNull()).cast(pl.Int64).unique())
    .dropNulls();
  return accessLog
    .select(TIMESTAMP, DATE, PATH, USER_ID, COHORT_ID)
    .filter(
      pl.col(COHORT_ID).isNull().and(pl.col(USER_ID).isNotNull()).and(pl.col(DATE).isNotNull()),
    )
    .select(
      pl.col(USER_ID).cast(pl.Int64),
      pl.col(TIMESTAMP).cast(pl.Datetime("ms")).cast(pl.Int64),
      pl.col(DATE).cast(pl.Date).cast(pl.Int32),
      pl.col(PATH).cast(pl.String),
    )
    .join(known, { on: USER_ID, how: "anti" });
}

function cohortsWithoutRows(accessLog: pl.DataFrame, cohorts: pl.DataFrame) {
  const seen = new Set(accessLog.getColumn(COHORT_ID).dropNulls().unique().toArray().map(Number));
  const table = cohorts
    .select(
      pl.col(ID).cast(pl.Int64),
      pl.col(NAME).cast(pl.String),
      pl.col(START_DATE).cast(pl.Date).cast(pl.Int32),
      pl.col(PROGRAM_ID).cast(pl.Int64).fillNull(pl.lit(0)),
    )
    .dropNulls()
    .sort(NAME);
  const of = (name: string) => table.getColumn(name).toArray() as unknown[];
  const [ids, names, starts, programs] = [ID, NAME, START_DATE, PROGRAM_ID].map(of);
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
    .filter(pl.col(PATH).isNotNull())
    .join(curricula.select(PATH, CURRICULUM), { on: PATH, how: "left" })
    .getColumn(CURRICULUM)
    .toArray() as (string | null)[];
  const web = judged.filter((curriculum) => curriculum === WEB_DEVELOPMENT).length;
  const data = judged.filter((curriculum) => curriculum === DATA_SCIENCE).length;
  const most = MOST * (web + data);
  const months = new Set(
    Array.from(int32(rows.select(DATE).unique(), DATE), (day) =>
      new Date(day * 86_400_000).toISOString().slice(0, 7),
    ),
  );
  return {
    [ROWS]: rows.height,
    [FIRST_ACCESS]: rows.getColumn(TIMESTAMP).min(),
    [LAST_ACCESS]: rows.getColumn(TIMESTAMP).max(),
    [MONTHS]: months.size,
    [WEB_DEVELOPMENT_PAGES]: web,
    [DATA_SCIENCE_PAGES]: data,
    [OTHER_PAGES]: judged.length - web - data,
    [CURRICULUM]:
      web + data === 0 ? null : web >= most ? WEB_DEVELOPMENT : data >= most ? DATA_SCIENCE : null,
  };
}
