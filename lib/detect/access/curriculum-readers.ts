import pl from "nodejs-polars";
import {
  COHORT,
  COHORT_ID,
  DATA_SCIENCE_PAGES,
  FIRST_ACCESS,
  LAST_ACCESS,
  PATH,
  PROGRAM,
  PROGRAM_ID,
  SMALLER_PAGES,
  SMALLER_SHARE,
  TIMESTAMP,
  USER_ID,
  WEB_DEVELOPMENT_PAGES,
} from "../../log/columns";
import { DATA, NEITHER, WEB } from "../../log/program-curriculum";
import { requireColumns } from "../../log/require-columns";
import { rowCurricula } from "./row-curricula";

/**
 * Users who read pages of both curricula: students of one program who look into the other,
 * students who changed their program, and Staff, who teach both (their cohort tells them).
 *
 * A page that someone opens by mistake makes them a reader of both, so rank by
 * `smaller_pages`: how many pages they read of the curriculum that they read less.
 *
 * @param accessLog access log in any order, as `prepareLogs` gives it
 * @param curricula curricula of pages, as `pageCurricula` gives them
 * @returns one row per user, by user: `user_id`, `cohort`, `program` (the last ones that the
 *   log gives the user; null where it gives none), `web_development_pages`,
 *   `data_science_pages`, `smaller_pages` (Int64), `smaller_share` (Float64, of both; 0.5 where
 *   someone reads as much of either), `first_access`, `last_access` (Datetime ms, of the pages
 *   of the other curriculum: not the program's own; of whichever they read less for Staff and
 *   those without a program, of data science where both are equal)
 * @throws {Error} if a column is missing or of another type, or `curricula` has a path twice
 */
export function curriculumReaders(accessLog: pl.DataFrame, curricula: pl.DataFrame): pl.DataFrame {
  requireColumns("curriculumReaders", accessLog, {
    [TIMESTAMP]: "Datetime",
    [PATH]: "String",
    [USER_ID]: "integer",
    [COHORT_ID]: "integer",
    [COHORT]: "String",
    [PROGRAM_ID]: "integer",
    [PROGRAM]: "String",
  });
  const { page, reader } = rowCurricula("curriculumReaders", accessLog, curricula);
  const rows = accessLog
    .select(TIMESTAMP, USER_ID)
    .withColumns(pl.Series(PAGE, new Int32Array(page)), pl.Series(READER, new Int32Array(reader)))
    .filter(pl.col(PAGE).neq(pl.lit(NEITHER)).and(pl.col(USER_ID).isNotNull()));
  const [web, data] = [WEB, DATA].map((curriculum) => readersOf(rows, curriculum)) as [
    pl.DataFrame,
    pl.DataFrame,
  ];
  const isOtherData = pl
    .col(READER)
    .eq(pl.lit(WEB))
    .or(
      pl
        .col(READER)
        .neq(pl.lit(DATA))
        .and(pl.col(count(DATA)).ltEq(pl.col(count(WEB)))),
    );
  return web
    .join(data, { on: USER_ID })
    .join(labels(accessLog, reader), { on: USER_ID, how: "left" })
    .withColumns(pl.minHorizontal([pl.col(count(WEB)), pl.col(count(DATA))]).alias(SMALLER_PAGES))
    .select(
      pl.col(USER_ID).cast(pl.Int64),
      pl.col(COHORT),
      pl.col(PROGRAM),
      pl.col(count(WEB)).alias(WEB_DEVELOPMENT_PAGES),
      pl.col(count(DATA)).alias(DATA_SCIENCE_PAGES),
      pl.col(SMALLER_PAGES),
      pl
        .col(SMALLER_PAGES)
        .cast(pl.Float64)
        .div(pl.col(count(WEB)).add(pl.col(count(DATA))))
        .alias(SMALLER_SHARE),
      pl
        .when(isOtherData)
        .then(pl.col(first(DATA)))
        .otherwise(pl.col(first(WEB)))
        .alias(FIRST_ACCESS),
      pl
        .when(isOtherData)
        .then(pl.col(last(DATA)))
        .otherwise(pl.col(last(WEB)))
        .alias(LAST_ACCESS),
    )
    .sort(USER_ID);
}

// Names for columns on the way that no log has.
const PAGE = "\0page";
const READER = "\0reader";
const count = (curriculum: number) => `\0pages${curriculum}`;
const first = (curriculum: number) => `\0first${curriculum}`;
const last = (curriculum: number) => `\0last${curriculum}`;

/** Each user's pages of one curriculum. */
function readersOf(rows: pl.DataFrame, curriculum: number): pl.DataFrame {
  return rows
    .filter(pl.col(PAGE).eq(pl.lit(curriculum)))
    .groupBy(USER_ID)
    .agg(
      pl.len().cast(pl.Int64).alias(count(curriculum)),
      pl.col(TIMESTAMP).min().cast(pl.Datetime("ms")).alias(first(curriculum)),
      pl.col(TIMESTAMP).max().cast(pl.Datetime("ms")).alias(last(curriculum)),
    );
}

/** The last cohort and program that the log gives each user. */
function labels(accessLog: pl.DataFrame, reader: Uint8Array): pl.DataFrame {
  return accessLog
    .select(USER_ID, TIMESTAMP, COHORT_ID, COHORT, PROGRAM)
    .withColumns(pl.Series(READER, new Int32Array(reader)))
    .filter(pl.col(COHORT_ID).isNotNull())
    .groupBy(USER_ID, COHORT_ID, COHORT, PROGRAM, READER)
    .agg(pl.col(TIMESTAMP).max())
    .sort([USER_ID, TIMESTAMP, COHORT_ID, PROGRAM])
    .groupBy(USER_ID)
    .agg(...[COHORT, PROGRAM, READER].map((name) => pl.col(name).last()));
}
