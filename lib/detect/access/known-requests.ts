import pl from "nodejs-polars";
import { codedColumn, codesOf } from "../../log/coded-column";
import { daysOf, timesOf } from "../../log/log-arrays";
import { int32, numbers } from "../../log/typed-arrays";

/** A column's different values in order, and for each row which one it has. */
export interface Coded<T> {
  values: T[];
  /** Place of each row's value in `values`. */
  codes: Int32Array;
}

/** Numbers the values of a column without null. */
export function coded<T>(column: pl.Series): Coded<T> {
  const { codes, values } = codedColumn(column);
  return { codes, values: values.toArray() as T[] };
}

/** Who asked, when and from where: requests that have a user, a time, a day and an address. */
export interface KnownRequests {
  user: Coded<number>;
  address: Coded<string>;
  /** Milliseconds since 1970. */
  time: Float64Array;
  /** Days since 1970. */
  day: Int32Array;
  /** Id of the cohort; Infinity where there is none. */
  cohort: Float64Array;
}

/** What `columnsOf` needs of an access log, as columns to select. */
export const KNOWN_COLUMNS: readonly pl.Expr[] = [
  pl.col("user_id").cast(pl.Float64),
  pl.col("timestamp").cast(pl.Datetime("ms")).cast(pl.Int64).cast(pl.Float64),
  pl.col("date").cast(pl.Date).cast(pl.Int32),
  pl.col("cohort_id").cast(pl.Float64).fillNull(pl.lit(Number.POSITIVE_INFINITY)),
];

/**
 * The requests of which all of that is known, in the order of rows, for plain loops. Arrays are
 * shared among those who ask for the same log's: write into none of them.
 */
export function knownRequests(accessLog: pl.DataFrame): KnownRequests {
  const isWhole = ["user_id", "timestamp", "date", "ip"].every(
    (name) => accessLog.getColumn(name).nullCount() === 0,
  );
  if (isWhole) {
    const user = codesOf(accessLog, "user_id");
    const address = codesOf(accessLog, "ip", pl.String);
    return {
      user: { codes: user.codes, values: user.values.cast(pl.Float64).toArray() as number[] },
      address: { codes: address.codes, values: address.values.toArray() as string[] },
      time: timesOf(accessLog),
      day: daysOf(accessLog),
      cohort: cohortsOf(accessLog),
    };
  }
  return columnsOf(withoutNulls(accessLog.select(...KNOWN_COLUMNS, pl.col("ip").cast(pl.String))));
}

function cohortsOf(accessLog: pl.DataFrame): Float64Array {
  const { codes, values } = codesOf(accessLog, "cohort_id");
  const ids = values.cast(pl.Float64).toArray() as number[];
  const cohorts = new Float64Array(codes.length);
  for (let row = 0; row < cohorts.length; row++) {
    cohorts[row] = codes[row]! < 0 ? Number.POSITIVE_INFINITY : ids[codes[row]!]!;
  }
  return cohorts;
}

/** The same of a frame of such columns that has no nulls. */
export function columnsOf(known: pl.DataFrame): KnownRequests {
  return {
    user: coded(known.getColumn("user_id")),
    address: coded(known.getColumn("ip")),
    time: numbers(known, "timestamp"),
    day: int32(known, "date"),
    cohort: numbers(known, "cohort_id"),
  };
}

/** Rows that have a value in every column; the frame itself, uncopied, where all have. */
export function withoutNulls(frame: pl.DataFrame): pl.DataFrame {
  const isWhole = frame.columns.every((name) => frame.getColumn(name).nullCount() === 0);
  return isWhole ? frame : frame.dropNulls();
}
