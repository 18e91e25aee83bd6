import pl from "nodejs-polars";
import { frameOf } from "../../lib/log/frame-of";
import { ACCESS_LOG_COLUMNS } from "../../lib/prepare/data-dictionary";

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

/** An ISO day in days since 1970. */
export const dayOf = (iso: string | null | undefined) =>
  iso ? Date.parse(iso) / 86_400_000 : null;

/** A tiny access log with the columns and types of the real one. */
export function accessLog(requests: Request[]): pl.DataFrame {
  const rows = requests.map(({ at, start_date, end_date, ...rest }) => ({
    ...{ path: "/", user_id: 1, ip: "198.18.0.1", ...rest },
    timestamp: Date.parse(`${at.replace(" ", "T")}Z`),
    date: dayOf(at.slice(0, 10)),
    start_date: dayOf(start_date),
    end_date: dayOf(end_date),
  }));
  return frameOf(rows, ...ACCESS_LOG_COLUMNS.map(([column]) => column));
}

/** A Date column from ISO days. */
export function days(name: string, isoDays: (string | null)[]): pl.Series {
  return pl.Series(name, isoDays.map(dayOf), pl.Int32).cast(pl.Date);
}

/** Raw `logs` rows: `["2018-01-26", "09:55:03", path, user_id, cohort_id, ip]`. */
export type RawRequest = [string, string, string | null, number, number | null, string];

/** A tiny raw `logs` table. */
export function rawLogs(requests: RawRequest[]): pl.DataFrame {
  const rows = requests.map(([date, time, path, user_id, cohort_id, ip]) => ({
    ...{ date: dayOf(date), time: Date.parse(`1970-01-01T${time}Z`) * 1e6 },
    ...{ path, user_id, cohort_id, ip },
  }));
  const types = [{ time: pl.Int64 }, "path", "user_id", "cohort_id", "ip"] as const;
  return frameOf(rows, "date", ...types).withColumns(pl.col("time").cast(pl.Time));
}

/** A tiny raw `cohorts` table: `[id, name, start_date, end_date, program_id]`. */
export function rawCohorts(cohorts: [number, string, string, string, number][]): pl.DataFrame {
  const rows = cohorts.map(([id, name, start, end, program_id]) => ({
    ...{ id, name, program_id, slack: `#${name.toLowerCase()}` },
    ...{ start_date: dayOf(start), end_date: dayOf(end) },
  }));
  return frameOf(rows, "id", "name", "slack", "start_date", "end_date", "program_id");
}

/** Daily page views of user 1 on consecutive days from 1 January 2020. */
export function daily(...pages: number[]): pl.DataFrame {
  const rows = pages.map((count, i) => ({ user_id: 1, date: 18_262 + i, pages: count }));
  return frameOf(rows, "user_id", "date", "pages");
}

/** A frame's rows as plain lists, days and times as ISO text: short to write down, easy to compare. */
export function rowsOf(frame: pl.DataFrame): unknown[][] {
  const columns = frame.columns.map((name) => {
    const column = frame.getColumn(name);
    const length = column.dtype.equals(pl.Date) ? 10 : 19;
    const text = (value: unknown) =>
      value instanceof Date ? value.toISOString().slice(0, length).replace("T", " ") : value;
    return column.toArray().map(text);
  });
  return Array.from({ length: frame.height }, (_, row) => columns.map((column) => column[row]));
}

/** Column names with their types, as text. */
export function typesOf(frame: pl.DataFrame): string[] {
  return frame.columns.map((name) => `${name} ${frame.getColumn(name).dtype}`);
}
