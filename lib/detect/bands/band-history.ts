import pl from "nodejs-polars";
import { requireGroups } from "../../log/group-keys";
import { requireColumns } from "../../log/require-columns";
import { int32 } from "../../log/typed-arrays";
import { bandCeiling } from "./band-ceiling";
import type { BollingerBandsOptions } from "./bollinger-bands";
import { requireBands } from "./require-bands";

const ANSWER = [
  ...["days", "active_days", "ceiling", "can_be_flagged", "highest_pct_b", "flags"],
  "excess_pages",
];

/** A name that no column has. */
const ALL = "\0all";

/**
 * What the bands of `bollingerBands`, made with the same options, can say about each user.
 * @returns one row per user (or `by`), by it: `by`, `days` (quiet ones included), `active_days`,
 *   `ceiling` (`bandCeiling`; null for other methods), `can_be_flagged`, `highest_pct_b`, `flags`,
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
  requireBands("bandHistory", { span, k, method });
  const groups = { by, answer: ANSWER };
  const needs = [{ pages: "number" }, "upper_band", "pct_b"] as const;
  const keys = requireGroups("bandHistory", banded, groups, ...needs);
  const count = (condition: pl.Expr) => condition.cast(pl.Int64).sum().cast(pl.Int64);
  const measures = [
    pl.len().cast(pl.Int64).alias("days"),
    count(pl.col("pages").gt(0)).alias("active_days"),
    pl.col("upper_band").count().gt(0).alias("can_be_flagged"),
    pl.col("pct_b").cast(pl.Float64).max().alias("highest_pct_b"),
    count(pl.col("pct_b").gt(1)).alias("flags"),
    pl.col("excess_pages").max().alias("excess_pages"),
  ];
  // One group of all, so that there is something to group by.
  const days = excessPages(banded).withColumns(pl.lit(0).alias(ALL));
  const on = keys.length > 0 ? keys : [ALL];
  const histories = days
    .groupBy(on)
    .agg(...measures)
    .sort(on);
  const hasCeiling = method === "ewm";
  const ceilings = Array.from(int32(histories, "days"), (length) =>
    hasCeiling ? bandCeiling(length, { span, k }) : null,
  );
  const isReached = pl.col("ceiling").gt(1).fillNull(pl.lit(false));
  return histories
    .withColumns(pl.Series("ceiling", ceilings, pl.Float64))
    .withColumns((hasCeiling ? isReached : pl.col("can_be_flagged")).alias("can_be_flagged"))
    .select(...keys, ...ANSWER);
}

/**
 * By how many pages each day lies above the upper band: what flags are ranked by.
 * @returns `banded` in its order, plus `excess_pages`: negative below the band, null without one
 * @throws {Error} if a column is missing or of another type
 * @example
 * excessPages(bollingerAnomalies(accessLog)).sort("excess_pages", true).head(20);
 */
export function excessPages(banded: pl.DataFrame): pl.DataFrame {
  requireColumns("excessPages", banded, { pages: "number" }, "upper_band");
  const upper = pl.col("upper_band").cast(pl.Float64);
  return banded.withColumns(pl.col("pages").cast(pl.Float64).sub(upper).alias("excess_pages"));
}
