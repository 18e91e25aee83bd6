import pl from "nodejs-polars";
import { requireColumns } from "../../log/require-columns";

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
