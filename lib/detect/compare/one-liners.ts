import pl from "nodejs-polars";
import { dailyPageViews } from "../../log/daily-page-views";
import { above, not, where } from "../../log/where";
import { excessPages } from "../bands/band-history";
import { bollingerBands } from "../bands/bollinger-bands";
import { scrapingDays } from "../requests/scraping-days";
import type { Detector } from "./detectors";

/** Limits at which about one user-day in a thousand is flagged in samples 1 to 3. */
const LIMITS = { day: 100, hour: 28, excess: 25 };

/**
 * What needs no more than a line of code. A detector that is no better than these has shown nothing
 * (Wu and Keogh, "Current Time Series Anomaly Detection Benchmarks are Flawed and are Creating the
 * Illusion of Progress", IEEE TKDE 2021).
 */
export const ONE_LINERS: readonly Detector[] = [
  oneLiner("pages of the day", `more than ${LIMITS.day} pages on a day`, (accessLog) =>
    where(dailyPageViews(accessLog), { pages: above(0) }).withColumns(over("pages", LIMITS.day)),
  ),
  oneLiner("pages of an hour", `more than ${LIMITS.hour} different pages in an hour`, (accessLog) =>
    scrapingDays(accessLog).withColumns(over("most_per_hour", LIMITS.hour)),
  ),
  oneLiner("pages above the band", `more than ${LIMITS.excess} pages above the band`, (accessLog) =>
    where(excessPages(bollingerBands(dailyPageViews(accessLog))), {
      pages: above(0),
      excess_pages: not(null),
    }).withColumns(over("excess_pages", LIMITS.excess)),
  ),
];

const over = (column: string, limit: number) =>
  pl.col(column).cast(pl.Float64).div(limit).alias("score");

function oneLiner(name: string, rule: string, days: Detector["days"]): Detector {
  const withoutFinding = pl.lit(null).cast(pl.String).alias("finding");
  return {
    ...{ name, rule, isCombined: false },
    days: (accessLog) => days(accessLog).withColumns(withoutFinding),
  };
}
