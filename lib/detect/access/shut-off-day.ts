import pl from "nodejs-polars";
import { EITHER_DIRECTION, shutOffOf } from "./cross-program-shut-off";
import type { RowCurricula } from "./row-curricula";

/** Day since 1970 from which `crossProgramShutOff` finds no reading in either direction; null if none. */
export function shutOffDay(accessLog: pl.DataFrame, row: RowCurricula): number | null {
  const day = shutOffOf(accessLog, row, { only: EITHER_DIRECTION })
    .getColumn("shut_off")
    .cast(pl.Int32)
    .get(0);
  return day === null ? null : Number(day);
}
