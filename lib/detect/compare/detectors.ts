import pl from "nodejs-polars";
import { dailyPageViews } from "../../log/daily-page-views";
import { above, not, where } from "../../log/where";
import { crossProgramDays } from "../access/cross-program-days";
import { manyAddressesDays } from "../access/many-addresses-days";
import { type BollingerBandsOptions, bollingerBands } from "../bands/bollinger-bands";
import { probingDays } from "../requests/probing-days";
import { scrapingDays } from "../requests/scraping-days";
import { slowScrapingDays } from "../requests/slow-scraping-days";
import { surprisingDays } from "../requests/surprising-days";

/** Looks at an access log and scores users' days: above 1 is a flag, higher is stranger. */
export interface Detector {
  name: string;
  rule: string;
  isCombined: boolean;
  days: (accessLog: pl.DataFrame) => pl.DataFrame;
}

/** Deviations at which robust bands flag: at 2, every third day that somebody reads is one. */
const ROBUST_K = 8;

/**
 * All detectors of single days, the documents' own first. The combined ranking leaves both kinds of
 * bands out, as most of their flags are days of harder work.
 */
export const DETECTORS: readonly Detector[] = [
  {
    name: "Bollinger bands",
    rule: "pages of a day above the user's own band, span 30 days, K 2",
    isCombined: false,
    days: (accessLog) => bandDays(accessLog, { k: 2 }),
  },
  {
    name: "robust bands",
    rule: `pages of a day above the median of 30 earlier days of its kind by ${ROBUST_K} deviations`,
    isCombined: false,
    days: (accessLog) => bandDays(accessLog, { k: ROBUST_K, method: "robust" }),
  },
  {
    name: "scraping",
    rule: "many different pages in bursts, or in a quick walk through the site",
    isCombined: true,
    days: (accessLog) => scrapingDays(accessLog),
  },
  {
    name: "slow scraping",
    rule: "more pages that are new to the user, day after day, than peers open new",
    isCombined: true,
    days: (accessLog) => slowScrapingDays(accessLog),
  },
  {
    name: "other program",
    rule: "the other program's curriculum after access to it was shut off",
    isCombined: true,
    days: (accessLog) => crossProgramDays(accessLog),
  },
  {
    name: "many addresses",
    rule: "an account used from many addresses within a fortnight",
    isCombined: true,
    days: (accessLog) => manyAddressesDays(accessLog),
  },
  {
    name: "probing",
    rule: "requests for what the site does not have and intruders look for",
    isCombined: true,
    days: (accessLog) => probingDays(accessLog),
  },
  {
    name: "surprise",
    rule: "requests that are improbable for the program, cohort and week",
    isCombined: true,
    days: (accessLog) => surprisingDays(accessLog),
  },
];

function bandDays(accessLog: pl.DataFrame, options: BollingerBandsOptions): pl.DataFrame {
  const banded = bollingerBands(dailyPageViews(accessLog), options);
  return where(banded, { pages: above(0), pct_b: not(null) })
    .rename({ pct_b: "score" })
    .withColumns(pl.lit(null).cast(pl.String).alias("finding"));
}
