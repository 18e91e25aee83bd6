/** Counts of days, most of them of different pages. */
export interface DayFigures {
  distinct_pages: Int32Array;
  most_per_second: Int32Array;
  most_per_minute: Int32Array;
  most_per_hour: Int32Array;
  /** Share of steps; NaN without one. */
  in_site_order: Float64Array;
}

/** Limits above which a day looks like scraping. All counts are of different pages. */
export interface ScrapingLimits {
  perSecond: number;
  perMinute: number;
  /** Pages within any 60 minutes; never fewer than peers open at most on a whole day. */
  perHour: number;
  /** How many times an hour's limit the pages of a whole day may come to. */
  daysWorth: number;
  /** Part of `perHour` that goes where all steps are in the site's order, 0 to below 1. */
  orderWeight: number;
}

export type ScrapingScore = ReturnType<typeof scrapingScore>;

/** The strongest of a day's counts, each over its limit; of equal ones in the shortest time. */
export function scrapingScore(
  figures: DayFigures,
  day: number,
  usual: number,
  { perSecond, perMinute, perHour, daysWorth, orderWeight }: ScrapingLimits,
) {
  const order = figures.in_site_order[day]! || 0;
  const least = usual || 0; // NaN without peers
  const minute = Math.max(
    figures.most_per_second[day]! / perSecond,
    figures.most_per_minute[day]! / perMinute,
  );
  const hour = figures.most_per_hour[day]! / Math.max(least, perHour * (1 - orderWeight * order));
  const whole = figures.distinct_pages[day]! / (daysWorth * Math.max(least, perHour));
  const score = Math.max(minute, hour, whole);
  const within = score === minute ? "minute" : score === hour ? "hour" : "day";
  return { score, within } as const;
}
