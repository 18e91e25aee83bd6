import pl from "nodejs-polars";
import type { Row } from "../../log/first-row";
import { int32, numbers } from "../../log/typed-arrays";
import { requireInteger, requireNumber } from "../../stats/require-option";
import { counted, formatCount, formatDate } from "../../words/format-words";
import { addressWindows } from "./address-windows";
import { withFindings } from "./with-findings";

export interface ManyAddressesDaysOptions {
  window?: number;
  times?: number;
  least?: number;
  pause?: number;
}

/**
 * Accounts that are used from many places at once: `times` the addresses that nine in ten days of
 * all users do not exceed, and more than `least`, in the `window` days up to one with a new
 * address. Mobile carriers, VPNs and travel look the same.
 * @returns one row per user and day with a time and an address, by both: `user_id`, `date`; of the
 *   window `addresses`, `new_addresses` (first used on that day), `visits`, `switches` (changes of
 *   address within a visit); `usual`, `score` (0 without a new address), `finding`
 * @throws {RangeError} if `window` is not an integer above 0, or another option not above 0
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
  const days = addressWindows("manyAddressesDays", accessLog, { window, pause });
  const counts = numbers(days, "addresses");
  const usual = counts.slice().sort()[Math.ceil(0.9 * counts.length) - 1] ?? 0;
  const most = Math.max(times * usual, least);
  const fresh = int32(days, "new_addresses");
  const score = counts.map((n, i) => (fresh[i]! > 0 ? n / most : 0));
  const all = days.withColumns(pl.lit(usual).cast(pl.Int64).alias("usual"));
  return withFindings(all, score, (row) => sentence(row, window));
}

function sentence({ user_id, addresses, date, visits, switches, usual }: Row, window: number) {
  return (
    `User ${user_id} came from ${counted(addresses, "address", "addresses")} in the ` +
    `${counted(window, "day")} to ${formatDate(date)}, in ` +
    `${counted(visits, "visit")} with ${counted(switches, "change")} of address on the way; ` +
    `nine in ten days of all users come with ${formatCount(usual)} or fewer.`
  );
}
