import pl from "nodejs-polars";
import { type GroupBy, groupKeys } from "../log/group-keys";
import { requireColumns } from "../log/require-columns";
import { requireInteger } from "../stats/require-option";
import { highest, rowCount } from "./expressions";

export interface TopPathsOptions {
  by: GroupBy;
  n?: number;
}

/**
 * The `n` most requested paths of each group; of the whole log where `by` is null.
 * @returns `by`, `path`, `pages`, by group, pages and path; rows without a value do not count
 * @throws if a column is missing, `by` names `path` or `pages`, or `n` is not an integer from 1
 * @example
 * topPaths(accessLog, { by: "program", n: 3 });
 */
export function topPaths(accessLog: pl.DataFrame, { by, n = 1 }: TopPathsOptions): pl.DataFrame {
  const keys = groupKeys("topPaths", by, ["path", "pages"]);
  const kinds = Object.fromEntries(keys.map((key) => [key, "any" as const]));
  requireColumns("topPaths", accessLog, "path", kinds);
  requireInteger("topPaths", { n });
  const counts = accessLog
    .groupBy([...keys, "path"])
    .agg(rowCount())
    .dropNulls()
    .sort([...keys.map((key) => pl.col(key)), highest("pages"), pl.col("path")]);
  if (keys.length === 0) return counts.head(n);
  const [first, ...rest] = keys as [string, ...string[]];
  const place = pl.col("path").cumCount();
  return counts.filter(place.over(first, ...rest).ltEq(pl.lit(n)));
}
