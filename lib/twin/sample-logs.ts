import pl from "nodejs-polars";
import { MOST_ANOMALIES } from "../keep/settings";
import { checkSeed } from "../stats/random";
import { largeSampleRows } from "./blocks";
import { sampleCohorts } from "./cohorts";
import { FIRST_EPOCH_DAY, FULL_SIZE, frozenLog } from "./frozen";
import type { SampleRows } from "./sample-rows";
import { truthFrame } from "./truth";

export interface SampleLogsOptions {
  /** An integer: the same one gives the same rows, on every platform. */
  seed?: number;
  /** How many rows; rows per cohort and day are scaled to it. */
  rows?: number;
  /** How many further stories of each kind are planted, 0 to 20. */
  anomalies?: number;
}

/**
 * A synthetic twin of the real access log, which is lost: what there is to study where no
 * log is at hand. No row is of a real person, but every total that has been published of
 * the real one comes out exactly, whatever the seed (`publishedFigures` lists them): rows
 * by cohort, program, day and path, users, addresses, who was in class and after it, the
 * earlier version of the log, rows printed in the documents. Between them it is alike:
 * class hours, weeks, layouts of the site, homes and the campus, people who come back.
 * The stories that the documents tell are planted in it, to be found.
 *
 * Seed 1 is read from a file. Other seeds exchange visits in it that no published figure tells
 * apart (`exchanged`): they have its daily totals, addresses and published stories, and
 * everyone reads as much, but two of three rows differ.
 *
 * A smaller sample takes rows at equal steps through the log (`thinned`): each cohort and each of
 * its days has its share. Only the whole log has the other published totals. A larger sample is
 * several logs side by side, each with users of its own; `npm run sample` writes more rows than
 * fit in memory as files.
 *
 * @returns `logs` in time order with `date`, `time`, `path`, `user_id`, `cohort_id` (null
 *   where none), `ip`; `cohorts`, the published table of 53, both with columns as in the
 *   database; and `truth`, one row for each planted story: `kind`, `entity` (whom or what
 *   it is about), `user_id`, `ip` (null where it is not about one), `from` and `to`
 *   (Datetime ms, of its first and last row), `rows`. Kinds: `scraping`, `one_day_peak`,
 *   `no_cohort`, `named_suspect`, `hardly_reading`, `drop_out`, `cross_program`,
 *   `overused_lesson`, `many_addresses`, `probing`. With `anomalies: n`, up to n more of
 *   each kind but `no_cohort`, `named_suspect` and `overused_lesson`, at places that depend on
 *   the seed; they change the published totals (see `plantAnomalies`).
 * @throws {RangeError} if `rows` is not an integer of at least 1, `seed` is not an integer, or
 *   `anomalies` is not an integer from 0 to 20
 */
export function sampleLogs({ seed = 1, rows = FULL_SIZE, anomalies = 0 }: SampleLogsOptions = {}): {
  logs: pl.DataFrame;
  cohorts: pl.DataFrame;
  truth: pl.DataFrame;
} {
  checkSize(rows);
  checkSeed("sampleLogs", seed);
  checkAnomalies(anomalies);
  const log = frozenLog();
  const made = largeSampleRows(log, rows, seed, anomalies);
  return { logs: toFrame(made), cohorts: sampleCohorts(log), truth: truthFrame(made.truth) };
}

function checkAnomalies(anomalies: number): void {
  if (Number.isInteger(anomalies) && anomalies >= 0 && anomalies <= MOST_ANOMALIES) return;
  throw new RangeError(
    `sampleLogs needs anomalies to be an integer from 0 to ${MOST_ANOMALIES}, got ${anomalies}`,
  );
}

/** All rows are in memory at once, at about 165 bytes each: 1.5 GB for 9 million. */
const MOST_ROWS = 10_000_000;

function checkSize(rows: number): void {
  if (Number.isInteger(rows) && rows >= 1 && rows <= MOST_ROWS) return;
  throw new RangeError(
    `sampleLogs needs rows to be an integer from 1 to ${MOST_ROWS}, got ${rows}`,
  );
}

function toFrame(rows: SampleRows): pl.DataFrame {
  const paths = dictionary("path", rows.paths);
  const addresses = dictionary("ip", rows.addresses);
  const nanoseconds = pl.col("second").cast(pl.Int64).mul(1_000_000_000);
  return pl
    .DataFrame([
      pl.Series("day", rows.day),
      pl.Series("second", rows.second),
      pl.Series(`path_index`, rows.path),
      pl.Series("user_id", rows.userId),
      pl.Series("cohort_id", rows.cohortId),
      pl.Series(`ip_index`, rows.address),
    ])
    .join(paths, { on: `path_index`, how: "left" })
    .join(addresses, { on: `ip_index`, how: "left" })
    .select(
      pl.col("day").add(FIRST_EPOCH_DAY).cast(pl.Int32).cast(pl.Date).alias("date"),
      nanoseconds.cast(pl.Time).alias("time"),
      pl.col("path"),
      pl.col("user_id").cast(pl.Int64),
      pl
        .when(pl.col("cohort_id").gt(0))
        .then(pl.col("cohort_id"))
        .otherwise(pl.lit(null))
        .cast(pl.Int64)
        .alias("cohort_id"),
      pl.col("ip"),
    );
}

/** Texts by index: joining them takes a third of the time of handing over each row's text. */
function dictionary(name: string, texts: string[]): pl.DataFrame {
  return pl.DataFrame([
    pl.Series(`${name}_index`, Int32Array.from(texts.keys())),
    pl.Series(name, texts),
  ]);
}
