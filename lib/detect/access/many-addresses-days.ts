import pl from "nodejs-polars";
import type { Row } from "../../log/first-row";
import { requireColumns } from "../../log/require-columns";
import { int32, numbers } from "../../log/typed-arrays";
import { requireInteger, requireNumber } from "../../stats/require-option";
import { counted, formatCount, formatDate } from "../../words/format-words";
import { addressWindows } from "./address-windows";
import { withFindings } from "./with-findings";

export interface ManyAddressesDaysOptions {
  /** Days that are looked at together, the day itself included: an integer. */
  window?: number;
  /** How many times the usual number of addresses an account is let pass with. */
  times?: number;
  /** Addresses that any account is let pass with, however few are usual. */
  least?: number;
  /** Minutes without a request after which another visit begins. */
  pause?: number;
}

/**
 * Accounts that are used from many places at once: how many addresses each user came from
 * in the two weeks up to a day, held against what is usual on the site.
 *
 * Usual is what nine in ten of all users' days do not exceed. The flag is more than two and a half
 * times as many, and more than 5. Only days on which the user comes from a new address are scored.
 * A mobile carrier, a VPN and travel do the same as an account that is shared: see whether the
 * addresses are of one network (`manyAddresses`). Many `switches` mean several places at the same
 * time, or a phone on the move.
 *
 * @param accessLog access log, as `prepareLogs` gives it; rows without user, time or address
 *   count for nothing
 * @returns one row per user and day with requests, by both: `user_id`, `date`, and of the
 *   window that ends that day `addresses` (different ones), `new_addresses` (of that day, those that
 *   the user never came from before), `visits` (those that begin in the window), `switches`
 *   (changes of address within a visit); `usual` (addresses; all Int64); `score` (addresses over
 *   the most that are let pass; 0 without a new one), `finding`
 * @throws {RangeError} if `window` is not an integer of 1 or more, or `times`, `least` or
 *   `pause` is not above 0
 * @throws {Error} if a column is missing or of another type
 * @example
 * manyAddressesDays(accessLog, { window: 7 });
 */
export function manyAddressesDays(
  accessLog: pl.DataFrame,
  { window = 14, times = 2.5, least = 5, pause = 30 }: ManyAddressesDaysOptions = {},
): pl.DataFrame {
  requireInteger("manyAddressesDays", { window });
  requireNumber("manyAddressesDays", { times, least, pause }, { above: 0 });
  requireColumns("manyAddressesDays", accessLog, "timestamp", "date", "user_id", "cohort_id", "ip");
  const days = addressWindows(accessLog, window, pause);
  const usual = usualCount(int32(days, "addresses"));
  const most = Math.max(times * usual, least);
  const fresh = int32(days, "new_addresses");
  const score = numbers(days, "addresses").map((n, i) => (fresh[i]! > 0 ? n / most : 0));
  const scored = days.withColumns(
    pl.lit(usual).cast(pl.Int64).alias("usual"),
    pl.Series("score", score),
  );
  return withFindings(scored, (row) => sentence(row, window));
}

function sentence({ user_id, addresses, date, visits, switches, usual }: Row, window: number) {
  return (
    `User ${user_id} came from ${counted(addresses, "address", "addresses")} in the ` +
    `${counted(window, "day")} to ${formatDate(date)}, in ` +
    `${counted(visits, "visit")} with ${counted(switches, "change")} of address on the way; ` +
    `nine in ten days of all users come with ${formatCount(usual)} or fewer.`
  );
}

/** The least count that nine in ten do not exceed; 0 of none. */
function usualCount(counts: Int32Array): number {
  const sorted = Int32Array.from(counts).sort();
  return sorted[Math.ceil(0.9 * sorted.length) - 1] ?? 0;
}
