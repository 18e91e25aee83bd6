import pl from "nodejs-polars";
import { DATA } from "../../log/program-curriculum";
import { not, where } from "../../log/where";
import { requireOneOf } from "../../stats/require-option";
import { studentPages } from "./row-curricula";

export const WEB_ON_DATA = "web development students on data science";
export const DATA_ON_WEB = "data science students on web development";

export interface CrossProgramByMonthOptions {
  /** Length of a period; weeks begin on Monday. */
  every?: "month" | "week" | "day";
}

/**
 * How much each program's students read of the other's curriculum, month by month. Staff, users of
 * no known program, and shared or unknown pages do not count.
 * @returns two rows per period, by period and direction, quiet periods with 0: `period` (first
 *   day), `direction`, `pages` (of the other curriculum), `all_pages` (of either), `users`, `rate`
 *   (`pages` by `all_pages`; null without any)
 * @throws {RangeError} if `every` is no period
 * @throws {Error} if a column is missing or of another type, or `curricula` has a path twice
 * @example
 * crossProgramByMonth(accessLog, pageCurricula(accessLog), { every: "week" });
 */
export function crossProgramByMonth(
  accessLog: pl.DataFrame,
  curricula: pl.DataFrame,
  { every = "month" }: CrossProgramByMonthOptions = {},
): pl.DataFrame {
  requireOneOf("crossProgramByMonth", { every }, Object.keys(BEGINS));
  const rows = studentPages("crossProgramByMonth", accessLog, curricula, ["date", "user_id"]);
  const period = BEGINS[every](pl.col("date")).cast(pl.Int32).alias("period");
  const isCross = pl.col("cross").eq(1);
  const direction = pl
    .when(pl.col("reader").eq(DATA))
    .then(pl.lit(DATA_ON_WEB))
    .otherwise(pl.lit(WEB_ON_DATA))
    .alias("direction");
  const read = where(rows, { date: not(null), user_id: not(null) })
    .select(period, direction, "cross", "user_id")
    .groupBy("period", "direction")
    .agg(
      pl.col("cross").sum().alias("pages"),
      pl.len().alias("all_pages"),
      pl.col("user_id").filter(isCross).nUnique().alias("users"),
    );
  const integer = (name: string) => pl.col(name).fillNull(pl.lit(0)).cast(pl.Int64);
  const rate = pl.col("pages").cast(pl.Float64).div(pl.col("all_pages"));
  return everyPeriod(read, period)
    .join(read, { on: ["period", "direction"], how: "left" })
    .sort(["period", "direction"])
    .select(
      pl.col("period").cast(pl.Date),
      pl.col("direction"),
      ...["pages", "all_pages", "users"].map(integer),
      rate.alias("rate"),
    );
}

const BEGINS: Record<"month" | "week" | "day", (date: pl.Expr) => pl.Expr> = {
  month: (date) => date.cast(pl.Int32).sub(date.date.day()).add(1),
  week: (date) => date.cast(pl.Int32).sub(date.date.weekday()).add(1),
  day: (date) => date,
};

function everyPeriod(read: pl.DataFrame, period: pl.Expr): pl.DataFrame {
  const found = read.getColumn("period");
  const length = read.height === 0 ? 0 : found.max() - found.min() + 1;
  const days = Array.from({ length }, (_, i) => found.min() + i);
  const periods = pl.DataFrame([pl.Series("date", days, pl.Int32).cast(pl.Date)]);
  const directions = pl.DataFrame({ direction: [DATA_ON_WEB, WEB_ON_DATA] });
  return periods.select(period).unique().join(directions, { how: "cross" });
}
