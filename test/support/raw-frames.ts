import pl from "nodejs-polars";
import { frameOf } from "../../lib/log/frame-of";
import { dayOf } from "./access-log";
import type { LogTables } from "./arbitrary-logs";

/** The rows as tables, as `acquireLogs` gives them. */
export function framesOf({ logs, cohorts }: LogTables) {
  const requests = logs.map(({ date, time, ...row }) => ({
    ...{ ...row, date: dayOf(date), time: Date.parse(`1970-01-01T${time}Z`) * 1e6 },
  }));
  const classes = cohorts.map(({ start_date, end_date, ...row }) => ({
    ...{ ...row, start_date: dayOf(start_date), end_date: dayOf(end_date) },
  }));
  const columns = [{ time: pl.Int64 }, "path", "user_id", "cohort_id", "ip"] as const;
  return {
    logs: frameOf(requests, "date", ...columns).withColumns(pl.col("time").cast(pl.Time)),
    cohorts: frameOf(classes, "id", "name", "slack", "start_date", "end_date", "program_id"),
  };
}
