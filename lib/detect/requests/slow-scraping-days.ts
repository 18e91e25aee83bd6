import pl from "nodejs-polars";
import { isoDay } from "../../log/iso-day";
import { requireColumns } from "../../log/require-columns";
import { frameOfArrays } from "../../log/typed-columns";
import { requireNumber } from "../../stats/require-option";
import { counted, formatCount, formatPercent } from "../../words/format-words";
import { withFindings } from "../access/with-findings";
import { cumulativeSums } from "./cumulative-sums";
import { newPages, stageInWords } from "./new-pages";
import { userDays, userNames } from "./reader-days";
import { peersInWords, usualOfPeers } from "./usual-of-peers";

export interface SlowScrapingDaysOptions {
  /** How many new pages beyond the usual may sum up. */
  limit?: number;
  usualShare?: number;
  /** Days of the same stage that the others of a cohort must have for it to be its own measure. */
  leastDays?: number;
}

/**
 * Days on which a slow copy of the site comes to light: low and slow, night by night, under the
 * limits of `scrapingDays`. A one-sided cumulative sum (CUSUM: Page, Biometrika 1954) adds the
 * pages that a user never opened before, less those that peers open new at most on `usualShare` of
 * their days of the same stage (a user's first day, second, ..., those after a hundred). It falls
 * on days without requests too, never below 0, and starts anew after a flag. Peers are others of
 * the cohort, or others without one; of the site where these are few. What a user read before the
 * log begins counts as new. On samples without planted copies 6 in 70,856 user-days are flagged,
 * less than 0.1 in 1,000; four of the six are the published copies. Rows without a path, a time or
 * a user do not count.
 * @returns one row per user and day with pages, by both: `user_id`, `date`, `pages`, `new_pages`,
 *   `usual_new` (of peers; null without any), `new_sum` (the sum with this day), `score` (the sum
 *   over `limit`; 0 without peers), `finding` (null without a flag)
 * @throws {RangeError} if an option is out of range
 * @throws {Error} if a column is missing or of another type
 * @example
 * where(slowScrapingDays(accessLog), { score: above(1) });
 */
export function slowScrapingDays(
  accessLog: pl.DataFrame,
  { limit = 40, usualShare = 0.99, leastDays = 50 }: SlowScrapingDaysOptions = {},
): pl.DataFrame {
  requireNumber("slowScrapingDays", { limit, leastDays }, { above: 0 });
  requireNumber("slowScrapingDays", { usualShare }, { above: 0, atMost: 1 });
  requireColumns("slowScrapingDays", accessLog, "timestamp", "path", "user_id", "ip");
  requireColumns("slowScrapingDays", accessLog, "cohort_id", "cohort");
  const days = userDays(accessLog);
  const { rows, starts, day, user, cohort } = days;
  const { fresh, stage } = newPages(days);
  const usualOf = usualOfPeers(days, fresh, { share: usualShare, leastDays, kind: stage });
  const usual = Array.from(user, (who, i) => usualOf(who, cohort[i]!, stage[i]!));
  const { sum, since, opened } = cumulativeSums({ user, day, fresh }, usual, limit);
  const { cohorts } = userNames(accessLog, rows);
  const frame = frameOfArrays({
    date: day,
    pages: starts.subarray(1).map((end, i) => end - starts[i]!),
    new_pages: fresh,
    usual_new: Float64Array.from(usual, ({ pages }) => pages),
    new_sum: sum,
  });
  const whose = Array.from(user);
  const users = rows.values.user_id!.gather(whose).cast(pl.Int64).alias("user_id");
  const score = sum.map((own) => own / limit);
  return withFindings(pl.DataFrame([users, ...frame.getColumns()]), score, ({ user_id }, i) => {
    const [first, last] = [isoDay(since[i]!), isoDay(day[i]!)];
    const when =
      first === last
        ? `on ${last}`
        : `from ${first} to ${last} (${formatCount(fresh[i]!)} on the last day)`;
    return (
      `User ${user_id} opened ${counted(opened[i]!, "page")} for the first time ${when}; ` +
      `${peersInWords(usual[i]!, cohorts[cohort[i]!])} open at most ` +
      `${formatCount(usual[i]!.pages)} new ones on ${formatPercent(usualShare, 3)} of such days ` +
      `(${stageInWords(stage[i]!)}).`
    );
  });
}
