import pl from "nodejs-polars";
import { requireInteger, requireNumber } from "../../stats/require-option";
import { addressDays, addressWindows, visitDays } from "./address-windows";
import { different } from "./known-requests";

export interface ManyAddressesOptions {
  /** Days that are looked at together for `most_in_window`. */
  window?: number;
  pause?: number;
}

/**
 * How many addresses each user came from over all their time. Nobody is flagged: who is active on
 * more days comes from more addresses, and a regression on days finds fewer of those who come from
 * many at once than `manyAddressesDays`, which looks at a fortnight. Requests need a user, a time
 * and an address.
 * @returns one row per user, by `user_id`: `addresses`, `days`, `most_in_window`, `switches`
 *   (changes of address within a visit), `networks`
 * @throws {RangeError} if `window` is not an integer above 0, or another option not above 0
 * @throws {Error} if a column is missing or of another type
 * @example
 * manyAddresses(accessLog).sort("most_in_window", true).head(3);
 */
export function manyAddresses(
  accessLog: pl.DataFrame,
  { window = 14, pause = 30 }: ManyAddressesOptions = {},
): pl.DataFrame {
  requireInteger("manyAddresses", { window });
  requireNumber("manyAddresses", { pause }, { above: 0 });
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
  return addresses
    .join(most, { on: "user_id" })
    .join(switches, { on: "user_id" })
    .sort("user_id")
    .select("user_id", "addresses", "days", "most_in_window", "switches", "networks");
}

function network(ip: pl.Expr): pl.Expr {
  return ip.str
    .extract("^([0-9]+[.][0-9]+)[.][0-9]+[.][0-9]+$", 1)
    .fillNull(ip.str.extract("^([^:]*:[^:]*)", 1))
    .fillNull(ip);
}
