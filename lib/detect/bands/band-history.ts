import pl from "nodejs-polars";
import { groupKeys } from "../../log/group-keys";
import { requireColumns } from "../../log/require-columns";
import { int32 } from "../../log/typed-arrays";
import { bandCeiling } from "./band-ceiling";
import type { BollingerBandsOptions } from "./bollinger-bands";
import { excessPages } from "./excess-pages";
import { requireBands } from "./require-bands";

const ANSWER = ["days", "active_days", "ceiling", "can_be_flagged", "highest_pct_b", "flags"];

/**
 * What the bands of `bollingerBands`, made with the same options, can say about each user.
 * @returns one row per user (or `by`), by it: `by`, `days` (quiet ones included), `active_days`,
 *   `ceiling` (`bandCeiling`; null for robust bands), `can_be_flagged`, `highest_pct_b`, `flags`,
 *   `excess_pages` (the most; both null without a band)
 * @throws {RangeError} if `bollingerBands` refuses `span`, `k` or `method`
 * @throws {Error} if a column is missing or of another type
 * @example
 * bandHistory(bollingerBands(dailyPageViews(accessLog), { k: 3.5 }), { k: 3.5 });
 */
export function bandHistory(
  banded: pl.DataFrame,
  { span = 30, k = 2, by = "user_id", method = "ewm" }: BollingerBandsOptions = {},
): pl.DataFrame {
  const keys = groupKeys("bandHistory", by, [...ANSWER, "excess_pages"]);
  requireBands("bandHistory", { span, k, method });
  const any = Object.fromEntries(keys.map((key) => [key, "any" as const]));
  requireColumns("bandHistory", banded, { pages: "number" }, "upper_band", "pct_b", any);
  const count = (condition: pl.Expr) => condition.cast(pl.Int64).sum().cast(pl.Int64);
  const measures = [
    pl.len().cast(pl.Int64).alias("days"),
    count(pl.col("pages").gt(0)).alias("active_days"),
    pl.col("upper_band").count().gt(0).alias("can_be_flagged"),
    pl.col("pct_b").cast(pl.Float64).max().alias("highest_pct_b"),
    count(pl.col("pct_b").gt(1)).alias("flags"),
    pl.col("excess_pages").max().alias("excess_pages"),
  ];
  const days = excessPages(banded);
  const grouped =
    keys.length > 0
      ? days
          .groupBy(keys)
          .agg(...measures)
          .sort(keys)
      : days.select(...measures);
  const histories = grouped.filter(pl.col("days").gt(0));
  const ceilings = Array.from(int32(histories, "days"), (length) =>
    method === "robust" ? null : bandCeiling(length, { span, k }),
  );
  const canBeFlagged =
    method === "robust"
      ? pl.col("can_be_flagged")
      : pl.col("ceiling").gt(1).fillNull(pl.lit(false));
  return histories
    .withColumns(pl.Series("ceiling", ceilings, pl.Float64))
    .withColumns(canBeFlagged.alias("can_be_flagged"))
    .select(...keys, ...ANSWER, "excess_pages");
}
