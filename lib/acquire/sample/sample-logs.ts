import pl from "nodejs-polars";
import { COHORT_ID, DATE, IP, PATH, TIME, USER_ID } from "../../columns";
import { checkSeed } from "./check-seed";
import { FIRST_EPOCH_DAY } from "./log-days";
import type { SampleRows } from "./row-store";
import { sampleCohorts } from "./sample-cohorts";
import { sampleRows } from "./sample-rows";

export interface SampleLogsOptions {
  /** A whole number: the same one gives the same rows, on every platform. */
  seed?: number;
  /** How many rows; all published totals are scaled to it. */
  rows?: number;
}

/** Rows of the log that the sample stands for. */
export const FULL_SIZE = 900_223;

/**
 * A made-up access log with the real log's published margins: what there is to study
 * where the real one is not at hand. No row is of a real person.
 *
 * At full size these are exact, whatever the seed: rows, first and last row, the first
 * nine rows, rows per cohort and without one, pages per day, users, users per cohort,
 * the one row without a path; rows per program and path (the published ones, the others
 * in proportion to published counts), paths per cohort, each cohort's top path. Who reads
 * which page when, users' habits and addresses are plausible.
 * Another number of rows scales all margins, each to its exact share rounded up or down;
 * the first and the last time are kept (of a single row, the first).
 *
 * @returns `logs` in time order with `date`, `time`, `path`, `user_id`, `cohort_id` (null
 *   where none), `ip`; and `cohorts`, the published table of 53. Columns as in the database.
 * @throws {RangeError} if `rows` is no whole number of 1 or more, or `seed` no whole number
 */
export function sampleLogs({ seed = 1, rows = FULL_SIZE }: SampleLogsOptions = {}): {
  logs: pl.DataFrame;
  cohorts: pl.DataFrame;
} {
  checkSize(rows);
  checkSeed("sampleLogs", seed);
  return { logs: toFrame(sampleRows(rows, seed)), cohorts: sampleCohorts() };
}

/** The rows are made at once, at about 200 bytes each. */
const MOST_ROWS = 10_000_000;

function checkSize(rows: number): void {
  if (Number.isInteger(rows) && rows >= 1 && rows <= MOST_ROWS) return;
  throw new RangeError(
    `sampleLogs needs rows to be a whole number from 1 to ${MOST_ROWS}, got ${rows}`,
  );
}

function toFrame(rows: SampleRows): pl.DataFrame {
  const paths = dictionary(PATH, rows.paths);
  const addresses = dictionary(IP, rows.addresses);
  const nanoseconds = pl.col("second").cast(pl.Int64).mul(1_000_000_000);
  return pl
    .DataFrame([
      pl.Series("day", rows.day),
      pl.Series("second", rows.second),
      pl.Series(`${PATH}_index`, rows.path),
      pl.Series(USER_ID, rows.userId),
      pl.Series(COHORT_ID, rows.cohortId),
      pl.Series(`${IP}_index`, rows.address),
    ])
    .join(paths, { on: `${PATH}_index`, how: "left" })
    .join(addresses, { on: `${IP}_index`, how: "left" })
    .select(
      pl.col("day").add(FIRST_EPOCH_DAY).cast(pl.Int32).cast(pl.Date).alias(DATE),
      nanoseconds.cast(pl.Time).alias(TIME),
      pl.col(PATH),
      pl.col(USER_ID).cast(pl.Int64),
      pl
        .when(pl.col(COHORT_ID).gt(0))
        .then(pl.col(COHORT_ID))
        .otherwise(pl.lit(null))
        .cast(pl.Int64)
        .alias(COHORT_ID),
      pl.col(IP),
    );
}

/** Texts by index: joining them takes a third of the time of handing over each row's text. */
function dictionary(name: string, texts: string[]): pl.DataFrame {
  return pl.DataFrame([
    pl.Series(`${name}_index`, Int32Array.from(texts.keys())),
    pl.Series(name, texts),
  ]);
}
