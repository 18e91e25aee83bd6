import pl from "nodejs-polars";
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
  requireColumns(
    "curriculumReaders",
    accessLog,
    "timestamp",
    "path",
    "user_id",
    "cohort_id",
    "cohort",
    "program_id",
    "program",
  );
  const { page, reader } = rowCurricula("curriculumReaders", accessLog, curricula);
  const rows = accessLog
    .select("timestamp", "user_id")
    .withColumns(pl.Series(PAGE, new Int32Array(page)), pl.Series(READER, new Int32Array(reader)))
    .filter(pl.col(PAGE).neq(pl.lit(NEITHER)).and(pl.col("user_id").isNotNull()));
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
    .join(data, { on: "user_id" })
    .join(labels(accessLog, reader), { on: "user_id", how: "left" })
    .withColumns(pl.minHorizontal([pl.col(count(WEB)), pl.col(count(DATA))]).alias("smaller_pages"))
    .select(
      pl.col("user_id").cast(pl.Int64),
      pl.col("cohort"),
      pl.col("program"),
      pl.col(count(WEB)).alias("web_development_pages"),
      pl.col(count(DATA)).alias("data_science_pages"),
      pl.col("smaller_pages"),
      pl
        .col("smaller_pages")
        .cast(pl.Float64)
        .div(pl.col(count(WEB)).add(pl.col(count(DATA))))
        .alias("smaller_share"),
      pl
        .when(isOtherData)
        .then(pl.col(first(DATA)))
        .otherwise(pl.col(first(WEB)))
        .alias("first_access"),
      pl
        .when(isOtherData)
        .then(pl.col(last(DATA)))
        .otherwise(pl.col(last(WEB)))
        .alias("last_access"),
    )
    .sort("user_id");
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
    .groupBy("user_id")
    .agg(
      pl.len().cast(pl.Int64).alias(count(curriculum)),
      pl.col("timestamp").min().cast(pl.Datetime("ms")).alias(first(curriculum)),
      pl.col("timestamp").max().cast(pl.Datetime("ms")).alias(last(curriculum)),
    );
}

/** The last cohort and program that the log gives each user. */
function labels(accessLog: pl.DataFrame, reader: Uint8Array): pl.DataFrame {
  return accessLog
    .select("user_id", "timestamp", "cohort_id", "cohort", "program")
    .withColumns(pl.Series(READER, new Int32Array(reader)))
    .filter(pl.col("cohort_id").isNotNull())
    .groupBy("user_id", "cohort_id", "cohort", "program", READER)
    .agg(pl.col("timestamp").max())
    .sort(["user_id", "timestamp", "cohort_id", "program"])
    .groupBy("user_id")
    .agg(...["cohort", "program", READER].map((name) => pl.col(name).last()));
}
