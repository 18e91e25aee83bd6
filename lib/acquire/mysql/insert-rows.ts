import pl from "nodejs-polars";
import { isoDay } from "../../log/iso-day";
import { COHORT_FIELDS } from "../cohort-rows";
import { ACCESS_FIELDS } from "../read-access-fields";

/** Longest statement that is sent, where no single row is longer, in characters. */
const LONGEST = 1 << 20;

/** Rows of one table as INSERT statements of about a megabyte, and how many rows each has. */
export function* logInserts(into: string, logs: pl.DataFrame): Generator<[string, number]> {
  const plain = logs.select(
    pl.col("date").cast(pl.Int32),
    pl.col("time").cast(pl.Int64).cast(pl.Float64),
    pl.col("path"),
    pl.col("user_id").cast(pl.Float64),
    pl.col("cohort_id").cast(pl.Float64),
    pl.col("ip"),
  );
  const [days, times, paths, users, cohorts, addresses] = ACCESS_FIELDS.map((field) =>
    plain.getColumn(field).toArray(),
  ) as (string | number | null)[][];
  const text = remembered(textLiteral);
  const day = remembered(dayLiteral);
  const clock = remembered(clockLiteral);
  yield* statements(into, logs.height, (row) =>
    [
      day((days?.[row] ?? null) as number | null),
      clock((times?.[row] ?? null) as number | null),
      text((paths?.[row] ?? null) as string | null),
      numberLiteral(users?.[row]),
      numberLiteral(cohorts?.[row]),
      text((addresses?.[row] ?? null) as string | null),
    ].join(),
  );
}

/** The same of table `cohorts`. */
export function* cohortInserts(into: string, cohorts: pl.DataFrame): Generator<[string, number]> {
  const records = cohorts.select(...COHORT_FIELDS).toRecords();
  yield* statements(into, records.length, (row) =>
    COHORT_FIELDS.map((field) => literal(records[row]?.[field])).join(),
  );
}

function* statements(
  into: string,
  rows: number,
  values: (row: number) => string,
): Generator<[string, number]> {
  const start = `INSERT INTO ${into} VALUES `;
  let tuples: string[] = [];
  let length = 0;
  for (let row = 0; row < rows; row++) {
    const tuple = `(${values(row)})`;
    if (length + tuple.length > LONGEST && tuples.length > 0) {
      yield [start + tuples.join(), tuples.length];
      tuples = [];
      length = 0;
    }
    tuples.push(tuple);
    length += tuple.length + 1;
  }
  if (tuples.length > 0) yield [start + tuples.join(), tuples.length];
}

function literal(value: unknown): string {
  if (value instanceof Date) return `'${value.toISOString().slice(0, 23).replace("T", " ")}'`;
  return typeof value === "string" || value == null
    ? textLiteral((value ?? null) as string | null)
    : numberLiteral(value as number);
}

/** Text by the digits of its bytes: there is nothing in it that could end it. */
function textLiteral(text: string | null): string {
  return text === null ? "NULL" : `_utf8mb4 X'${Buffer.from(text).toString("hex")}'`;
}

function numberLiteral(value: unknown): string {
  return value == null || Number.isNaN(value) ? "NULL" : String(Number(value));
}

function dayLiteral(day: number | null): string {
  return day === null ? "NULL" : `'${isoDay(day)}'`;
}

function clockLiteral(nanosecond: number | null): string {
  if (nanosecond === null) return "NULL";
  return `'${new Date(nanosecond / 1_000_000).toISOString().slice(11, 19)}'`;
}

function remembered<T>(write: (value: T) => string): (value: T) => string {
  const known = new Map<T, string>();
  return (value) => {
    let text = known.get(value);
    if (text === undefined) {
      text = write(value);
      known.set(value, text);
    }
    return text;
  };
}
