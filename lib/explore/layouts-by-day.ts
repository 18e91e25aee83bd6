import pl from "nodejs-polars";
import type { Row } from "../log/first-row";
import { layoutOfPath } from "./layout-of-path";
import { neededColumns } from "./needed-columns";

/** Pages of one layout on one day. */
export interface LayoutDay {
  /** Since 1970. */
  day: number;
  layout: string;
  pages: number;
}

/** Pages by layout and day, in order of both; only where there are any. */
export function layoutsByDay(caller: string, accessLog: pl.DataFrame): LayoutDay[] {
  const perPath = neededColumns(caller, accessLog, "date", "path")
    .dropNulls()
    .groupBy(["path", "date"])
    .agg(pl.len().cast(pl.Int64).alias("pages"));
  const paths = perPath.select("path").unique();
  const layouts = (paths.getColumn("path").toArray() as string[]).map(layoutOfPath);
  return perPath
    .join(paths.withColumns(pl.Series("layout", layouts, pl.String)), { on: "path" })
    .groupBy(["layout", "date"])
    .agg(pl.col("pages").sum(), pl.col("date").first().cast(pl.Int32).alias("day"))
    .sort(["layout", "day"])
    .toRecords() as Row[] as LayoutDay[];
}
