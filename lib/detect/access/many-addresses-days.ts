import pl from "nodejs-polars";
import { requireColumns } from "../../log/require-columns";
import { counted, formatCount, formatDate } from "../../words/format-words";
import { addressesInWindows } from "./addresses-in-windows";
import { requireWindows } from "./require-windows";
import { visitOrder } from "./visit-order";

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
 * Usual is what nine in ten of all users' days do not exceed: a few accounts that are handed
 * around do not change it. Home, class and a phone come to 3 or 4 addresses in two weeks; the
 * flag is more than two and a half times as many, and more than 5 wherever fewer are usual.
 *
 * Only days on which the user comes from an address that is new to them are scored: for two
 * weeks after it is over the window still holds what it held, and that is no news.
 *
 * A mobile carrier that gives a phone a new address every few minutes, a VPN and travel do
 * the same as an account that is shared or sold, and the log cannot tell them apart: see
 * whether the addresses are of one network (`manyAddresses`) and what was read from them.
 * `switches`, changes of address from one request to the next within a visit, show several places
 * at the same time, or a phone on the move.
 *
 * @param accessLog access log, as `prepareLogs` gives it; rows without user, time or address
 *   count for nothing
 * @returns one row per user and day with requests, by both: `user_id`, `date`, and of the
 *   window that ends that day `addresses` (different ones), `new_addresses` (of that day, those that
 *   the user never came from before), `visits` (those that begin in the window), `switches`;
 *   `usual` (addresses; all Int64); `score` (addresses over the most that are let pass; 0 without
 *   a new one), `finding`
 * @throws {RangeError} if `window` is not an integer of 1 or more, or `times`, `least` or
 *   `pause` is not above 0
 * @throws {Error} if a column is missing or of another type
 */
export function manyAddressesDays(
  accessLog: pl.DataFrame,
  { window = 14, times = 2.5, least = 5, pause = 30 }: ManyAddressesDaysOptions = {},
): pl.DataFrame {
  requireWindows("manyAddressesDays", { window, times, least, pause });
  requireColumns("manyAddressesDays", accessLog, "timestamp", "date", "user_id", "cohort_id", "ip");
  const order = visitOrder(accessLog, pause);
  const { user, day, addresses, visits, switches, fresh } = addressesInWindows(order, window);
  const usual = usualCount(addresses);
  const most = Math.max(times * usual, least);
  const score = Float64Array.from(addresses, (count, i) => (fresh[i]! > 0 ? count / most : 0));
  const findings = Array.from(score, (strange, i) =>
    strange > 1
      ? `User ${order.users[user[i]!]} came from ${counted(addresses[i]!, "address", "addresses")} in the ` +
        `${counted(window, "day")} to ${formatDate(new Date(86_400_000 * day[i]!))}, in ` +
        `${counted(visits[i]!, "visit")} with ${counted(switches[i]!, "change")} of address on the way; ` +
        `nine in ten days of all users come with ${formatCount(usual)} or fewer.`
      : null,
  );
  return pl.DataFrame([
    pl.Series(
      "user_id",
      Array.from(user, (u) => order.users[u]!),
      pl.Int64,
    ),
    pl.Series("date", day).cast(pl.Date),
    pl.Series("addresses", addresses).cast(pl.Int64),
    pl.Series("new_addresses", fresh).cast(pl.Int64),
    pl.Series("visits", visits).cast(pl.Int64),
    pl.Series("switches", switches).cast(pl.Int64),
    pl.Series("usual", new Int32Array(user.length).fill(usual)).cast(pl.Int64),
    pl.Series("score", score),
    pl.Series("finding", findings, pl.String),
  ]);
}

/** The least count that nine in ten do not exceed; 0 of none. */
function usualCount(counts: Int32Array): number {
  const sorted = Int32Array.from(counts).sort();
  return sorted[Math.ceil(0.9 * sorted.length) - 1] ?? 0;
}
