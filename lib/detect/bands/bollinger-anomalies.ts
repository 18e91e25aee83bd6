import type pl from "nodejs-polars";
import { dailyPageViews } from "../../log/daily-page-views";
import { above, where } from "../../log/where";
import { type BollingerBandsOptions, bollingerBands } from "./bollinger-bands";
import { requireBands } from "./require-bands";

/**
 * Days on which someone read far more than they usually do: the rows of `bollingerBands` with
 * `pct_b` above 1, by `by` and date.
 * @throws {RangeError} if `bollingerBands` refuses `span`, `k` or `method`
 * @throws {Error} if a column is missing or of another type
 * @example
 * bollingerAnomalies(accessLog, { k: 3.5 });
 * bollingerAnomalies(accessLog, { by: null }); // the whole site's unusual days
 */
export function bollingerAnomalies(
  accessLog: pl.DataFrame,
  { span = 30, k = 2, by = "user_id", method = "ewm" }: BollingerBandsOptions = {},
): pl.DataFrame {
  requireBands("bollingerAnomalies", { span, k, method });
  const daily = dailyPageViews(accessLog, { by });
  return where(bollingerBands(daily, { span, k, by, method }), { pct_b: above(1) });
}
