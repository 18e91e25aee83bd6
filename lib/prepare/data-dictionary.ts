import pl from "nodejs-polars";
import { typeOf } from "../log/columns";
import { frameOf } from "../log/frame-of";
import { typeName } from "../log/require-columns";
import { ACCESS_LOG_COLUMNS } from "./access-log-columns";

/** The data dictionary of the access log: `column`, `type`, `unit`, `meaning`, in its order. */
export function dataDictionary(): pl.DataFrame {
  const rows = ACCESS_LOG_COLUMNS.map(([column, unit, meaning]) => ({
    ...{ column, type: typeName(typeOf(column)), unit, meaning },
  }));
  return frameOf(rows, { column: pl.String }, "type", "unit", "meaning");
}
