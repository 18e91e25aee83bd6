import pl from "nodejs-polars";
import { FIRST_ACCESS, LAST_ACCESS, ROWS, TIMESTAMP } from "../log/columns";
import { groupKeys } from "../log/group-keys";
import { requireColumns } from "../log/require-columns";

/**
 * From when to when each group was there.
 *
 * @param accessLog access log: `timestamp` and the column to group by
 * @param by column whose values make the groups; rows without a value are left out
 * @returns `by`, `rows` (Int64), `first_access`, `last_access` (Datetime ms), by `by`
 * @throws {Error} if a column is missing or of another type
 */
export function dateRanges(accessLog: pl.DataFrame, by: string): pl.DataFrame {
  groupKeys("dateRanges", by, [ROWS, FIRST_ACCESS, LAST_ACCESS]);
  requireColumns("dateRanges", accessLog, { [by]: "any", [TIMESTAMP]: "Datetime" });
  return accessLog
    .select(by, pl.col(TIMESTAMP).cast(pl.Datetime("ms")))
    .filter(pl.col(by).isNotNull())
    .groupBy(by)
    .agg(
      pl.len().cast(pl.Int64).alias(ROWS),
      pl.col(TIMESTAMP).min().alias(FIRST_ACCESS),
      pl.col(TIMESTAMP).max().alias(LAST_ACCESS),
    )
    .sort(by);
}
