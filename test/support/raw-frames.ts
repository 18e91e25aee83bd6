import pl, { type DataType } from "nodejs-polars";
import { days } from "./access-log";
import type { LogTables } from "./arbitrary-logs";

/** The rows as tables, as `acquireLogs` gives them. */
export function framesOf({ logs, cohorts }: LogTables): {
  logs: pl.DataFrame;
  cohorts: pl.DataFrame;
} {
  const of = <Row>(rows: readonly Row[], name: keyof Row & string, type: DataType) =>
    pl.Series(
      name,
      rows.map((row) => row[name] as unknown),
      type,
    );
  const day = <Row>(rows: readonly Row[], name: keyof Row & string) =>
    days(
      name,
      rows.map((row) => row[name] as string | null),
    );
  const nanoseconds = logs.map(({ time }) => Date.parse(`1970-01-01T${time}Z`) * 1e6);
  return {
    logs: pl.DataFrame([
      day(logs, "date"),
      pl.Series("time", nanoseconds, pl.Int64).cast(pl.Time),
      of(logs, "path", pl.String),
      of(logs, "user_id", pl.Int64),
      of(logs, "cohort_id", pl.Int64),
      of(logs, "ip", pl.String),
    ]),
    cohorts: pl.DataFrame([
      of(cohorts, "id", pl.Int64),
      of(cohorts, "name", pl.String),
      of(cohorts, "slack", pl.String),
      day(cohorts, "start_date"),
      day(cohorts, "end_date"),
      of(cohorts, "program_id", pl.Int64),
    ]),
  };
}
