import pl from "nodejs-polars";
import { isoDay } from "../../log/iso-day";
import { requireColumns } from "../../log/require-columns";
import { frameOfArrays } from "../../log/typed-columns";
import { requireNumber, requireOneOf } from "../../stats/require-option";
import { counted, formatCount, formatPercent } from "../../words/format-words";
import { visibleText } from "../../words/visible-text";
import { withFindings } from "../access/with-findings";
import { userDays } from "./reader-days";
import { sharedOnes, sharedSpans, someSpans } from "./shared-spans";
import { addressUnits, type By, beginOf, dayOfPeriod, hourOfDay, rowPeriods } from "./shared-units";
import { usualUnshared } from "./shared-usual";

export interface SharedScrapingOptions {
  /** Hours of an address, or nights (22:00 to before 6:00) of a network of 256 addresses. */
  by?: By;
  /** How many times what is usual is let pass. */
  times?: number;
  /** Fewest pages that are let pass whatever is usual. */
  least?: number;
  usualShare?: number;
  /** Hours or nights that others of a kind must have for the kind to be its own measure. */
  leastSpans?: number;
}

const WHERE = {
  campus: "the campus on other days",
  shared: "other addresses of many users",
  few: "other addresses of one user or few",
  any: "other addresses off campus",
};

/**
 * Copies of the site that several users share: distributed scraping, each part of it too small for
 * `scrapingDays`. Counted are different pages that only one user of an address opened in an hour
 * (or of a network in a night): users who divide the site share none, classmates open the same
 * ones. The limit is `times` what others of that kind of address (campus, many users, few users) do
 * not exceed in `usualShare` of their hours, and `least`; a campus is compared with its other days.
 * Five users of a home are seen from seven pages an hour each, of a campus from some twenty. On the
 * sample without planted copies one of 6,724 hours is flagged (0.15 in 1,000; a published copy made
 * on campus), and none of 104 nights. Rows without a path, a time, a user or an address do not
 * count.
 * @returns one row per address (or network) and hour (or night) in which two or more users open
 *   pages, by both: `ip` or `network`, `from` (when the hour or night begins), `address_kind`
 *   (`campus`, `shared` or `few`), `users`, `pages`, `distinct_pages`, `overlap`, `unshared_pages`,
 *   `usual_unshared` (null without others), `score`, `finding` (null without a flag)
 * @throws {RangeError} if an option is out of range
 * @throws {Error} if a column is missing or of another type
 * @example
 * where(sharedScraping(accessLog, { by: "network" }), { score: above(1) });
 */
export function sharedScraping(
  accessLog: pl.DataFrame,
  {
    by = "ip",
    times = 1.5,
    least = 30,
    usualShare = 0.995,
    leastSpans = 100,
  }: SharedScrapingOptions = {},
): pl.DataFrame {
  requireOneOf("sharedScraping", { by }, ["ip", "network"]);
  requireNumber("sharedScraping", { times, least, leastSpans }, { above: 0 });
  requireNumber("sharedScraping", { usualShare }, { above: 0, atMost: 1 });
  requireColumns("sharedScraping", accessLog, "timestamp", "date", "path", "user_id", "ip");
  requireColumns("sharedScraping", accessLog, "cohort_id", "cohort");

  const { rows } = userDays(accessLog);
  const places = addressUnits("sharedScraping", accessLog, rows.values.ip!, by);
  const { units, periods } = rowPeriods(rows, places.unitOf, by);
  const spans = sharedSpans(rows, units, periods);
  const peers = { kindOf: places.kinds, by };
  const usualOf = usualUnshared(spans, peers, { share: usualShare, leastSpans });
  const shared = sharedOnes(spans);
  const usual = Array.from(shared, usualOf);
  const { unit, period, users, pages, distinct, unshared } = someSpans(spans, shared);
  const score = Float64Array.from(
    unshared,
    (own, i) => own / Math.max(least, times * (usual[i]!.pages || 0)), // NaN without others
  );
  const frame = frameOfArrays({
    from: Float64Array.from(period, (own) => beginOf(own, by)),
    users,
    pages,
    distinct_pages: distinct,
    overlap: Float64Array.from(distinct, (all, i) => 1 - unshared[i]! / all),
    unshared_pages: unshared,
    usual_unshared: Float64Array.from(usual, ({ pages }) => pages),
  });
  const whose = Array.from(unit, (own) => places.names[own]!);
  const kinds = Array.from(unit, (own) => places.kinds[own]!);
  const [from, ...figures] = frame.getColumns();
  const all = pl.DataFrame([
    pl.Series(by, whose, pl.String),
    from!,
    pl.Series("address_kind", kinds, pl.String),
    ...figures,
  ]);
  return withFindings(all, score, (row, i) => {
    const date = isoDay(dayOfPeriod(period[i]!, by));
    const hour = hourOfDay(period[i]!);
    const when =
      by === "ip" ? `on ${date} from ${hour}:00 to ${hour + 1}:00` : `in the night from ${date}`;
    const said =
      `${counted(row.users, "user")} opened ${counted(row.distinct_pages, "different page")} ` +
      `from ${visibleText(whose[i]!, { max: 60 })} ${when}, ${formatCount(row.unshared_pages)} of ` +
      "them each by one user only";
    const { pages: most, of } = usual[i]!;
    return Number.isNaN(most)
      ? `${said}; there are no others to compare with.`
      : `${said}; at ${WHERE[of]} these are at most ${formatCount(most)} in ` +
          `${formatPercent(usualShare, 3)} of ${by === "ip" ? "hours" : "nights"}.`;
  });
}
