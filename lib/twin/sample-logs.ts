import pl from "nodejs-polars";
import { MOST_ANOMALIES } from "../keep/settings";
import { requireInteger } from "../stats/require-option";
import { sampleCohorts } from "./cohorts";
import { FIRST_EPOCH_DAY, FULL_SIZE, frozenLog } from "./frozen";
import type { LogRows } from "./log-rows";
import { sampleRows } from "./sample-rows";
import { truthFrame } from "./truth";

export interface SampleLogsOptions {
  seed?: number;
  rows?: number;
  /** How many further stories of each kind are planted, 0 to 20. */
  anomalies?: number;
}

/** All rows are in memory at once, at about 165 bytes each. */
const MOST_ROWS = 10_000_000;

/**
 * A synthetic twin of the real access log. No row is of a real person; every published total comes
 * out exactly, whatever the seed (see `publishedFigures`), and the published stories are planted in
 * it. A smaller sample takes rows at equal steps, so cohorts and days keep their shares but other
 * totals do not hold. A larger one is several logs side by side, each with users of its own.
 *
 * @returns `logs` in time order with `date`, `time`, `path`, `user_id`, `cohort_id`, `ip`;
 *   `cohorts`, the published table; and `truth`, one row per planted story: `kind`, `entity`,
 *   `user_id`, `ip` (null where it is not about one), `from`, `to`, `rows`. With `anomalies: n`, up
 *   to n more of each kind but `no_cohort`, `named_suspect` and `overused_lesson`, which change
 *   published totals
 * @throws {RangeError} if an option is not an integer in its range: `rows` at least 1, `anomalies`
 *   0 to 20
 */
export function sampleLogs({ seed = 1, rows = FULL_SIZE, anomalies = 0 }: SampleLogsOptions = {}): {
  logs: pl.DataFrame;
  cohorts: pl.DataFrame;
  truth: pl.DataFrame;
} {
  requireSample("sampleLogs", { seed, rows, anomalies });
  const log = frozenLog();
  const made = sampleRows(log, rows, seed, anomalies);
  return { logs: toFrame(made), cohorts: sampleCohorts(log), truth: truthFrame(made.truth) };
}

export function requireSample(caller: string, options: Required<SampleLogsOptions>): void {
  const { seed, rows, anomalies } = options;
  requireInteger(caller, { rows }, { atLeast: 1, atMost: MOST_ROWS });
  requireInteger(caller, { seed }, {});
  requireInteger(caller, { anomalies }, { atLeast: 0, atMost: MOST_ANOMALIES });
}

export function toFrame(rows: LogRows): pl.DataFrame {
  const cohort = pl.col("cohort_id");
  return pl
    .DataFrame([
      pl.Series("day", rows.day),
      pl.Series("second", rows.second),
      textColumn("path", rows.path, rows.paths),
      pl.Series("user_id", rows.userId),
      pl.Series("cohort_id", rows.cohortId),
      textColumn("ip", rows.address, rows.addresses),
    ])
    .select(
      pl.col("day").add(FIRST_EPOCH_DAY).cast(pl.Int32).cast(pl.Date).alias("date"),
      pl.col("second").cast(pl.Int64).mul(1_000_000_000).cast(pl.Time).alias("time"),
      pl.col("path"),
      pl.col("user_id").cast(pl.Int64),
      pl.when(cohort.gt(0)).then(cohort).otherwise(pl.lit(null)).cast(pl.Int64).alias("cohort_id"),
      pl.col("ip"),
    );
}

/** Texts by their places, null for -1: a join is three times as fast as each row's text. */
function textColumn(name: string, places: Int32Array, texts: string[]): pl.Series {
  const dictionary = [pl.Series("place", Int32Array.from(texts.keys())), pl.Series(name, texts)];
  return pl
    .DataFrame([pl.Series("place", places)])
    .join(pl.DataFrame(dictionary), { on: "place", how: "left" })
    .getColumn(name);
}
