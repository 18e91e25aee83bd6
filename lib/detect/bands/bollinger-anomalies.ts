import pl from "nodejs-polars";
import { dailyPageViews } from "../../log/daily-page-views";
import { type BollingerBandsOptions, bandKeys, bandsOfSorted, withBands } from "./bollinger-bands";
import { requireBands } from "./require-bands";

/**
 * Days on which someone read far more than they usually do: daily page views
 * above the upper Bollinger band.
 *
 * @param accessLog access log: what `dailyPageViews` takes
 * @param options as for `bollingerBands`
 * @returns the rows of `bollingerBands` with `pct_b` above 1, by `by` and date
 * @throws {RangeError} if `span`, `k` or `method` are none that `bollingerBands` takes
 * @throws {Error} if a column is missing or of another type
 * @example
 * bollingerAnomalies(accessLog, { k: 3.5 });
 * bollingerAnomalies(accessLog, { by: null }); // the whole site's unusual days
 * bollingerAnomalies(accessLog, { method: "robust", k: 10 }); // a spike does not hide itself
 */
export function bollingerAnomalies(
  accessLog: pl.DataFrame,
  { span = 30, k = 2, by = "user_id", method = "ewm" }: BollingerBandsOptions = {},
): pl.DataFrame {
  const keys = bandKeys("bollingerAnomalies", by);
  requireBands("bollingerAnomalies", { span, k, method });
  // By `by` and date already. Only flagged rows get their bands as columns: few of many.
  const daily = dailyPageViews(accessLog, { by });
  const bands = bandsOfSorted(daily, keys, { span, k, method });
  const isFlagged = new Uint8Array(daily.height);
  const places: number[] = [];
  // A loop by index: the iterators of typed arrays take ten times as long. NaN, of days without
  // a band or with one that has no width, is above nothing here.
  for (let row = 0; row < isFlagged.length; row++) {
    if (!(bands.pctB[row]! > 1)) continue;
    isFlagged[row] = 1;
    places.push(row);
  }
  const flagged = (values: Float64Array) => Float64Array.from(places, (row) => values[row]!);
  const rows = daily
    .withColumns(pl.Series(FLAGGED, isFlagged))
    .filter(pl.col(FLAGGED).eq(pl.lit(1)))
    .drop(FLAGGED);
  return withBands(rows, {
    midband: flagged(bands.midband),
    upper: flagged(bands.upper),
    lower: flagged(bands.lower),
    pctB: flagged(bands.pctB),
  });
}

/** A name that no column has. */
const FLAGGED = "\0flagged";
