import type { ReadingFigures } from "./reading-figures";

/** How days read. */
export interface DayFigures extends ReadingFigures {
  /** Most different pages within any 60 minutes. */
  perHour: Int32Array;
}

/** Limits above which a day looks like scraping. All counts are of different pages. */
export interface ScrapingLimits {
  /** Pages within one second of the clock. */
  perSecond: number;
  /** Pages within any 60 seconds. */
  perMinute: number;
  /** Pages within any 60 minutes; never fewer than peers open at most on a whole day. */
  perHour: number;
  /** How many times an hour's limit the pages of a whole day may come to. */
  daysWorth: number;
  /** Part of `perHour` that goes where all steps are in the site's order, 0 to below 1. */
  orderWeight: number;
}

/** What speaks most for scraping on a day. */
export interface ScrapingEvidence {
  /** The stretch of time in which most pages were opened. */
  within: "minute" | "hour" | "day";
  /** Pages over their limit. */
  score: number;
}

/** The strongest of a day's counts, each over its limit; of equal ones the shortest stretch. */
export function scrapingEvidence(
  { perSecond, perMinute, perHour, distinctPages, inSiteOrder }: DayFigures,
  day: number,
  usual: number | null,
  limits: ScrapingLimits,
): ScrapingEvidence {
  const order = Number.isNaN(inSiteOrder[day]!) ? 0 : inSiteOrder[day]!;
  const burst = Math.max(perSecond[day]! / limits.perSecond, perMinute[day]! / limits.perMinute);
  const hour =
    perHour[day]! / Math.max(usual ?? 0, limits.perHour * (1 - limits.orderWeight * order));
  const whole = distinctPages[day]! / (limits.daysWorth * Math.max(usual ?? 0, limits.perHour));
  const score = Math.max(burst, hour, whole);
  return { within: score === burst ? "minute" : score === hour ? "hour" : "day", score };
}
