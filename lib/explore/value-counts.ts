import type pl from "nodejs-polars";
import { count } from "../log/count";
import { groupKeys } from "../log/group-keys";
import { requireColumns } from "../log/require-columns";
import { not, where } from "../log/where";

export interface ValueCountsOptions {
  nulls?: boolean;
}

/**
 * How many rows hold each value of a column, as pandas' `value_counts`; nulls if `nulls` is set.
 * @returns the column and `rows`: the most frequent value first, equal counts by value
 * @throws {Error} if the column is missing, or called `rows`
 * @example
 * valueCounts(accessLog, "cohort"); // Staff 84031, Ceres 40730, Zion 38096, ...
 */
export function valueCounts(
  frame: pl.DataFrame,
  column: string,
  { nulls = false }: ValueCountsOptions = {},
): pl.DataFrame {
  groupKeys("valueCounts", column, ["rows"]);
  requireColumns("valueCounts", frame, { [column]: "any" });
  return count(nulls ? frame : where(frame, { [column]: not(null) }), column);
}
