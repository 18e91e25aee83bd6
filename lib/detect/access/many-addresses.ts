import pl from "nodejs-polars";
import { requireColumns } from "../../log/require-columns";
import { quantile } from "../../stats/quantile";
import { counted, formatCount, formatNumber } from "../../words/format-words";
import { addressesInWindows } from "./addresses-in-windows";
import { requireWindows } from "./require-windows";
import { type VisitOrder, visitOrder } from "./visit-order";

export interface ManyAddressesOptions {
  /** Days that are looked at together for `most_in_window`: an integer. */
  window?: number;
  /** Addresses that any account is let pass with, however few others have. */
  least?: number;
  /** Minutes without a request after which another visit begins. */
  pause?: number;
}

/**
 * How many addresses each user came from over all their time, and who from far more than
 * others: above the upper quartile by more than three interquartile ranges, J. W. Tukey's outer
 * fence ("Exploratory Data Analysis", 1977), and above 5.
 *
 * Who stays long has more addresses: they change at home, too. `most_in_window` leaves that out,
 * and `manyAddressesDays` says when it was. Many addresses of one or two networks are most
 * likely a mobile carrier's.
 *
 * @param accessLog access log, as `prepareLogs` gives it; rows without user, time or address
 *   count for nothing
 * @returns one row per user, by `user_id`: `addresses` (different ones), `days` (with
 *   requests), `most_in_window` (most addresses in any `window` days), `switches` (changes of
 *   address from one request to the next within a visit), `networks` (different first halves of
 *   IPv4 addresses, `198.18` of `198.18.0.1`, or first two groups of IPv6 ones; all Int64),
 *   `score` (addresses over the fence), `finding`
 * @throws {RangeError} if `window` is not an integer of 1 or more, or `least` or `pause` is
 *   not above 0
 * @throws {Error} if a column is missing or of another type
 */
export function manyAddresses(
  accessLog: pl.DataFrame,
  { window = 14, least = 5, pause = 30 }: ManyAddressesOptions = {},
): pl.DataFrame {
  requireWindows("manyAddresses", { window, least, pause });
  requireColumns("manyAddresses", accessLog, "timestamp", "date", "user_id", "cohort_id", "ip");
  const order = visitOrder(accessLog, pause);
  const { addresses, networks, switches } = totalsOf(order);
  const { days, most } = windowsOf(order, window);
  const fence = Math.max(outerFence(addresses), least);
  const score = Float64Array.from(addresses, (count) => count / fence);
  const findings = order.users.map((id, u) =>
    score[u]! > 1
      ? `User ${id} came from ${counted(addresses[u]!, "address", "addresses")} of ` +
        `${counted(networks[u]!, "network")} on ${counted(days[u]!, "day")}, from up to ` +
        `${formatCount(most[u]!)} within ${counted(window, "day")}; by what others have, ` +
        `${formatNumber(fence, 1)} are the most to be expected.`
      : null,
  );
  return pl.DataFrame([
    pl.Series("user_id", order.users, pl.Int64),
    pl.Series("addresses", addresses).cast(pl.Int64),
    pl.Series("days", days).cast(pl.Int64),
    pl.Series("most_in_window", most).cast(pl.Int64),
    pl.Series("switches", switches).cast(pl.Int64),
    pl.Series("networks", networks).cast(pl.Int64),
    pl.Series("score", score),
    pl.Series("finding", findings, pl.String),
  ]);
}

function totalsOf({ ends, address, addresses: texts, switches: isSwitch }: VisitOrder) {
  const networkOf = texts.map(network);
  const addresses = new Int32Array(ends.length);
  const networks = new Int32Array(ends.length);
  const switches = new Int32Array(ends.length);
  let row = 0;
  ends.forEach((end, u) => {
    const seen = new Set<number>();
    for (; row < end; row++) {
      seen.add(address[row]!);
      switches[u]! += isSwitch[row]!;
    }
    addresses[u] = seen.size;
    networks[u] = new Set(Array.from(seen, (a) => networkOf[a])).size;
  });
  return { addresses, networks, switches };
}

function windowsOf(order: VisitOrder, window: number) {
  const counts = addressesInWindows(order, window);
  const days = new Int32Array(order.users.length);
  const most = new Int32Array(order.users.length);
  counts.user.forEach((u, i) => {
    days[u]!++;
    most[u] = Math.max(most[u]!, counts.addresses[i]!);
  });
  return { days, most };
}

/** First half of an IPv4 address, first two groups of an IPv6 one; anything else as it is. */
function network(address: string): string {
  if (address.includes(":")) return address.split(":").slice(0, 2).join(":");
  return /^\d+\.\d+\.\d+\.\d+$/.test(address) ? address.split(".").slice(0, 2).join(".") : address;
}

function outerFence(counts: Int32Array): number {
  if (counts.length === 0) return 0;
  const sorted = counts.slice().sort();
  const [lower, upper] = [quantile(sorted, 0.25), quantile(sorted, 0.75)];
  return upper + 3 * (upper - lower);
}
