import pl from "nodejs-polars";
import { typeName } from "../log/require-columns";
import { ACCESS_LOG_COLUMNS } from "./access-log-columns";

/**
 * The data dictionary of the access log, as a table for readers.
 *
 * @returns `column`, `type`, `unit`, `meaning` (String): one row per column of
 *   the access log, in its order
 */
export function dataDictionary(): pl.DataFrame {
  const text = (name: string, values: string[]) => pl.Series(name, values, pl.String);
  return pl.DataFrame([
    text(
      "column",
      ACCESS_LOG_COLUMNS.map((row) => row.column),
    ),
    text(
      "type",
      ACCESS_LOG_COLUMNS.map((row) => typeName(row.type)),
    ),
    text(
      "unit",
      ACCESS_LOG_COLUMNS.map((row) => row.unit),
    ),
    text(
      "meaning",
      ACCESS_LOG_COLUMNS.map((row) => row.meaning),
    ),
  ]);
}
