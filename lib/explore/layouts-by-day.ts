import pl from "nodejs-polars";
import { codesOf } from "../log/coded-column";
import { requireColumns } from "../log/require-columns";
import { int32, numbers } from "../log/typed-arrays";
import { layoutOfPath } from "./layout-of-path";

export interface LayoutDay {
  day: number;
  layout: string;
  pages: number;
}

export function layoutsByDay(caller: string, accessLog: pl.DataFrame): LayoutDay[] {
  requireColumns(caller, accessLog, "date", "path");
  const { codes, values } = codesOf(accessLog, "path", pl.String);
  const layouts = (values.toArray() as string[]).map(layoutOfPath);
  const names = [...new Set(layouts)].sort();
  const places = Int32Array.from(layouts, (layout) => names.indexOf(layout));
  // Numbers are grouped in a fraction of the time that paths take.
  const found = accessLog
    .select(pl.col("date").cast(pl.Date).alias("day"))
    .withColumns(
      pl.Series(
        "layout",
        codes.map((code) => (code < 0 ? -1 : places[code]!)),
      ),
    )
    .dropNulls()
    .filter(pl.col("layout").gtEq(pl.lit(0)))
    .groupBy(["layout", "day"])
    .agg(pl.len().alias("pages"))
    .sort(["layout", "day"]);
  const [layout, pages] = [int32(found, "layout"), numbers(found, "pages")];
  return Array.from(int32(found, "day"), (day, i) => ({
    ...{ day, layout: names[layout[i]!]!, pages: pages[i]! },
  }));
}
