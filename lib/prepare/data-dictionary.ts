import pl from "nodejs-polars";
import { type Column, typeOf } from "../log/columns";
import { frameOf } from "../log/frame-of";
import { typeName } from "../log/require-columns";

/** In the order of the access log. */
export const ACCESS_LOG_COLUMNS: readonly (readonly [
  column: Column,
  unit: string,
  meaning: string,
])[] = [
  ["timestamp", "school's local time, to the second", "when the page was requested"],
  ["date", "school's local day", "day of the request"],
  [
    "path",
    "path without the leading slash, / for the home page",
    "requested page, as sent by the visitor; null where the log has none",
  ],
  ["user_id", "identifier", "account that made the request: student, graduate or staff"],
  ["cohort_id", "identifier", "cohort that the log gives the user; null where it gives none"],
  ["ip", "IP address", "address that the request came from"],
  ["cohort", "name", "cohort's name; null without a cohort, or where the cohorts table lacks it"],
  ["start_date", "day", "cohort's first day of class; Staff's is not a real one"],
  [
    "end_date",
    "day",
    "cohort's last day of class; neither Staff's nor the placeholder's is a real one",
  ],
  ["program_id", "identifier, 1 to 4", "program that the cohort attends"],
  [
    "program",
    "name",
    "program's name; null where the cohort is, or where the id is not a known program",
  ],
];

/** The data dictionary of the access log: `column`, `type`, `unit`, `meaning`, in its order. */
export function dataDictionary(): pl.DataFrame {
  const rows = ACCESS_LOG_COLUMNS.map(([column, unit, meaning]) => ({
    ...{ column, type: typeName(typeOf(column)), unit, meaning },
  }));
  return frameOf(rows, { column: pl.String }, "type", "unit", "meaning");
}
