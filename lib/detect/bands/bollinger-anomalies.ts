import pl from "nodejs-polars";
import { PCT_B } from "../../columns";
import { type BollingerBandsOptions, bollingerBands } from "./bollinger-bands";
import { dailyPageViews } from "./daily-page-views";

/**
 * Days on which someone read far more than they usually do: daily page views
 * above the upper Bollinger band.
 *
 * @param accessLog access log: what `dailyPageViews` takes
 * @param options as for `bollingerBands`
 * @returns the rows of `bollingerBands` with `pct_b` above 1, by `by` and date
 * @throws {RangeError} if `span` is below 1 or `k` is not above 0
 * @throws {Error} if a column is missing or of another type
 * @example
 * bollingerAnomalies(accessLog, { k: 3.5 });
 * bollingerAnomalies(accessLog, { by: null }); // the whole site's unusual days
 */
export function bollingerAnomalies(
  accessLog: pl.DataFrame,
  options: BollingerBandsOptions = {},
): pl.DataFrame {
  const daily = dailyPageViews(accessLog, { by: options.by });
  return flagAboveBand(bollingerBands(daily, options));
}

/** The band rows above the upper band. Rows whose band has no width are never flagged. */
function flagAboveBand(banded: pl.DataFrame): pl.DataFrame {
  return banded.filter(pl.col(PCT_B).gt(pl.lit(1)));
}
