import pl from "nodejs-polars";
import type { Row } from "../../log/first-row";
import { numbers } from "../../log/typed-arrays";
import { quantile } from "../../stats/quantile";
import { requireInteger, requireNumber } from "../../stats/require-option";
import { counted, formatCount, formatNumber } from "../../words/format-words";
import { addressDays, addressWindows, visitDays } from "./address-windows";
import { different } from "./known-requests";
import { withFindings } from "./with-findings";

export interface ManyAddressesOptions {
  /** Days that are looked at together for `most_in_window`. */
  window?: number;
  least?: number;
  pause?: number;
}

/**
 * How many addresses each user came from over all their time. Flagged are more than `least` and
 * than the upper quartile plus three interquartile ranges (J. W. Tukey, "Exploratory Data
 * Analysis", 1977). Requests need a user, a time and an address.
 * @returns one row per user, by `user_id`: `addresses`, `days`, `most_in_window`, `switches`
 *   (changes of address within a visit), `networks`, `score`, `finding`
 * @throws {RangeError} if `window` is not an integer above 0, or another option not above 0
 * @throws {Error} if a column is missing or of another type
 * @example
 * manyAddresses(accessLog).sort("score", true).head(3);
 */
export function manyAddresses(
  accessLog: pl.DataFrame,
  { window = 14, least = 5, pause = 30 }: ManyAddressesOptions = {},
): pl.DataFrame {
  requireInteger("manyAddresses", { window });
  requireNumber("manyAddresses", { least, pause }, { above: 0 });
  const addresses = addressDays("manyAddresses", accessLog)
    .groupBy("user_id")
    .agg(
      different("ip").alias("addresses"),
      different("date").alias("days"),
      network(pl.col("ip")).nUnique().cast(pl.Int64).alias("networks"),
    );
  const most = addressWindows("manyAddresses", accessLog, { window, pause })
    .groupBy("user_id")
    .agg(pl.col("addresses").max().alias("most_in_window"));
  const visits = visitDays("manyAddresses", accessLog, pause);
  const switches = visits.groupBy("user_id").agg(pl.col("switches").sum());
  const users = addresses
    .join(most, { on: "user_id" })
    .join(switches, { on: "user_id" })
    .sort("user_id")
    .select("user_id", "addresses", "days", "most_in_window", "switches", "networks");
  const counts = numbers(users, "addresses");
  const fence = Math.max(outerFence(counts.slice().sort()), least);
  const score = counts.map((n) => n / fence);
  return withFindings(users, score, (row) => sentence(row, window, fence));
}

function network(ip: pl.Expr): pl.Expr {
  return ip.str
    .extract("^([0-9]+[.][0-9]+)[.][0-9]+[.][0-9]+$", 1)
    .fillNull(ip.str.extract("^([^:]*:[^:]*)", 1))
    .fillNull(ip);
}

function outerFence(sorted: Float64Array): number {
  if (sorted.length === 0) return 0;
  const [lower, upper] = [quantile(sorted, 0.25), quantile(sorted, 0.75)];
  return upper + 3 * (upper - lower);
}

function sentence(row: Row, window: number, fence: number): string {
  return (
    `User ${row.user_id} came from ${counted(row.addresses, "address", "addresses")} of ` +
    `${counted(row.networks, "network")} on ${counted(row.days, "day")}, from up to ` +
    `${formatCount(row.most_in_window)} within ${counted(window, "day")}; by what others have, ` +
    `${formatNumber(fence, 1)} are the most to be expected.`
  );
}
