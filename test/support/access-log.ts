import pl from "nodejs-polars";
import { ACCESS_LOG_COLUMNS } from "../../lib/prepare/access-log-columns";

/** An access-log row in short: what is not given is null, or follows from `at`. */
export interface Request {
  /** Day and clock time, `"2020-01-31 09:55:03"`. */
  at: string;
  path?: string | null;
  user_id?: number;
  cohort_id?: number | null;
  ip?: string;
  cohort?: string | null;
  start_date?: string | null;
  end_date?: string | null;
  program_id?: number | null;
  program?: string | null;
}

/** A tiny access log with the columns and types of the real one. */
export function accessLog(requests: Request[]): pl.DataFrame {
  const rows = requests.map(({ at, ...rest }) => ({
    path: "/",
    user_id: 1,
    ip: "198.18.0.1",
    ...rest,
    timestamp: Date.parse(`${at.replace(" ", "T")}Z`),
    date: at.slice(0, 10),
  }));
  return pl.DataFrame(
    ACCESS_LOG_COLUMNS.map(({ column, type }) => {
      const values = rows.map((row) => (row as Record<string, unknown>)[column] ?? null);
      if (type.equals(pl.Date)) return days(column, values as (string | null)[]);
      if (column === "timestamp") return pl.Series(column, values, pl.Int64).cast(type);
      return pl.Series(column, values, type);
    }),
  );
}

/** A Date column from ISO days. */
export function days(name: string, isoDays: (string | null)[]): pl.Series {
  const numbers = isoDays.map((day) => (day === null ? null : Date.parse(day) / 86_400_000));
  return pl.Series(name, numbers, pl.Int32).cast(pl.Date);
}

/** Raw `logs` rows: `["2018-01-26", "09:55:03", path, user_id, cohort_id, ip]`. */
export type RawRequest = [string, string, string | null, number, number | null, string];

/** A tiny raw `logs` table. */
export function rawLogs(rows: RawRequest[]): pl.DataFrame {
  const nanoseconds = (time: string) => Date.parse(`1970-01-01T${time}Z`) * 1e6;
  return pl.DataFrame([
    days(
      "date",
      rows.map((row) => row[0]),
    ),
    pl
      .Series(
        "time",
        rows.map((row) => nanoseconds(row[1])),
        pl.Int64,
      )
      .cast(pl.Time),
    pl.Series(
      "path",
      rows.map((row) => row[2]),
      pl.String,
    ),
    pl.Series(
      "user_id",
      rows.map((row) => row[3]),
      pl.Int64,
    ),
    pl.Series(
      "cohort_id",
      rows.map((row) => row[4]),
      pl.Int64,
    ),
    pl.Series(
      "ip",
      rows.map((row) => row[5]),
      pl.String,
    ),
  ]);
}

/** A tiny raw `cohorts` table: `[id, name, start_date, end_date, program_id]`. */
export function rawCohorts(rows: [number, string, string, string, number][]): pl.DataFrame {
  return pl.DataFrame([
    pl.Series(
      "id",
      rows.map((row) => row[0]),
      pl.Int64,
    ),
    pl.Series(
      "name",
      rows.map((row) => row[1]),
      pl.String,
    ),
    pl.Series(
      "slack",
      rows.map((row) => `#${row[1].toLowerCase()}`),
      pl.String,
    ),
    days(
      "start_date",
      rows.map((row) => row[2]),
    ),
    days(
      "end_date",
      rows.map((row) => row[3]),
    ),
    pl.Series(
      "program_id",
      rows.map((row) => row[4]),
      pl.Int64,
    ),
  ]);
}

/** Daily page views of user 1 on consecutive days from 1 January 2020. */
export function daily(...pages: number[]): pl.DataFrame {
  const first = Date.parse("2020-01-01") / 86_400_000;
  return pl.DataFrame([
    pl.Series(
      "user_id",
      pages.map(() => 1),
      pl.Int64,
    ),
    pl
      .Series(
        "date",
        pages.map((_, i) => first + i),
        pl.Int32,
      )
      .cast(pl.Date),
    pl.Series("pages", pages, pl.Int64),
  ]);
}

/** A frame's rows as plain lists, days and times as ISO text: short to write down, easy to compare. */
export function rowsOf(frame: pl.DataFrame): unknown[][] {
  const columns = frame.columns.map((name) => {
    const column = frame.getColumn(name);
    const isDay = column.dtype.equals(pl.Date);
    return column.toArray().map((value: unknown) =>
      value instanceof Date
        ? value
            .toISOString()
            .slice(0, isDay ? 10 : 19)
            .replace("T", " ")
        : value,
    );
  });
  return Array.from({ length: frame.height }, (_, row) => columns.map((column) => column[row]));
}

/** Column names with their types, as text. */
export function typesOf(frame: pl.DataFrame): string[] {
  return frame.columns.map((name) => `${name} ${frame.getColumn(name).dtype}`);
}
