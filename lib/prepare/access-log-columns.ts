import pl, { type DataType } from "nodejs-polars";

/** One column of the access log, described. */
export interface ColumnDescription {
  column: string;
  type: DataType;
  /** What a value counts or is written in. */
  unit: string;
  meaning: string;
}

/** The access log's columns in their order: what `prepareLogs` gives and `dataDictionary` prints. */
export const ACCESS_LOG_COLUMNS: readonly ColumnDescription[] = [
  {
    column: "timestamp",
    type: pl.Datetime("ms"),
    unit: "school's local time, to the second",
    meaning: "when the page was requested",
  },
  {
    column: "date",
    type: pl.Date,
    unit: "school's local day",
    meaning: "day of the request",
  },
  {
    column: "path",
    type: pl.String,
    unit: "path without the leading slash, / for the home page",
    meaning: "requested page, as sent by the visitor; null where the log has none",
  },
  {
    column: "user_id",
    type: pl.Int64,
    unit: "identifier",
    meaning: "account that made the request: student, graduate or staff",
  },
  {
    column: "cohort_id",
    type: pl.Int64,
    unit: "identifier",
    meaning: "cohort that the log gives the user; null where it gives none",
  },
  {
    column: "ip",
    type: pl.String,
    unit: "IP address",
    meaning: "address that the request came from",
  },
  {
    column: "cohort",
    type: pl.String,
    unit: "name",
    meaning: "cohort's name; null without a cohort, or where the cohorts table lacks it",
  },
  {
    column: "start_date",
    type: pl.Date,
    unit: "day",
    meaning: "cohort's first day of class; Staff's is not a real one",
  },
  {
    column: "end_date",
    type: pl.Date,
    unit: "day",
    meaning: "cohort's last day of class; neither Staff's nor the placeholder's is a real one",
  },
  {
    column: "program_id",
    type: pl.Int64,
    unit: "identifier, 1 to 4",
    meaning: "program that the cohort attends",
  },
  {
    column: "program",
    type: pl.String,
    unit: "name",
    meaning: "program's name; null where the cohort is, or where the id is not a known program",
  },
];
