import pl from "nodejs-polars";
import { remembered } from "../../log/remembered";
import { knownRequests } from "./known-requests";

/** Visits begun on each day and changes of address within them, by user and date. */
export function visitDays(accessLog: pl.DataFrame, pause: number): pl.DataFrame {
  return remembered(accessLog, ["user_id", "timestamp", "date", "ip"], `visits ${pause}`, () => {
    const before = (name: string) => pl.col(name).shift(1);
    const time = pl.col("timestamp").cast(pl.Int64).cast(pl.Float64);
    const goesOn = pl
      .col("user_id")
      .eq(before("user_id"))
      .and(time.sub(time.shift(1)).lt(60_000 * pause))
      .fillNull(pl.lit(false));
    return knownRequests(accessLog)
      .sort(["user_id", "timestamp", "ip"])
      .select(
        pl.col("user_id"),
        pl.col("date"),
        goesOn.not().alias("visits"),
        goesOn.and(pl.col("ip").neq(before("ip"))).alias("switches"),
      )
      .groupBy("user_id", "date")
      .agg(...["visits", "switches"].map((name) => pl.col(name).sum().cast(pl.Int64).alias(name)))
      .sort(["user_id", "date"]);
  });
}

export function addressDays(accessLog: pl.DataFrame): pl.DataFrame {
  return remembered(accessLog, ["user_id", "timestamp", "date", "ip"], "address days", () =>
    knownRequests(accessLog)
      .select("user_id", "ip", "date")
      .unique()
      .sort(["user_id", "ip", "date"]),
  );
}

/**
 * Different addresses, visits and switches in the `window` days up to each day with requests, and
 * `new_addresses`, from which the user first comes on that day: by user and date.
 */
export function addressWindows(
  accessLog: pl.DataFrame,
  window: number,
  pause: number,
): pl.DataFrame {
  const [user, date, day] = [pl.col("user_id"), pl.col("date"), pl.col("day")];
  const numbered = date.cast(pl.Int32).cast(pl.Float64).alias("day");
  const addresses = addressDays(accessLog)
    .withColumns(numbered)
    .select(
      user,
      day,
      pl.lit(1).cast(pl.Int64).alias("addresses"),
      day.shift(1).over("user_id", "ip").isNull().cast(pl.Int64).alias("new_addresses"),
      pl.minHorizontal([day.shift(-1).over("user_id", "ip"), day.add(window)]).alias("left"),
    );
  const visits = visitDays(accessLog, pause).withColumns(numbered);
  const taken = (name: string) => pl.col(name).mul(-1).cast(pl.Int64).alias(name);
  const changes = [
    addresses.drop("left"),
    addresses.select(user, pl.col("left").alias("day"), taken("addresses")),
    visits,
    visits.select(user, day.add(window).alias("day"), taken("visits"), taken("switches")),
  ];
  const sum = (name: string) => pl.col(name).sum().cast(pl.Int64).alias(name);
  // All that enters leaves again: each user's sums begin at 0.
  const running = (name: string) => pl.col(name).cumSum().cast(pl.Int64).alias(name);
  return pl
    .concat(changes, { how: "diagonal" })
    .groupBy("user_id", "day")
    .agg(date.max(), ...["addresses", "new_addresses", "visits", "switches"].map(sum))
    .sort(["user_id", "day"])
    .withColumns(...["addresses", "visits", "switches"].map(running))
    .filter(date.isNotNull())
    .select("user_id", "date", "addresses", "new_addresses", "visits", "switches");
}
