import pl from "nodejs-polars";
import { remembered } from "../../log/remembered";
import { knownRequests, REQUEST } from "./known-requests";

/** Visits begun on each day and changes of address within them, by user and date. */
export function visitDays(caller: string, accessLog: pl.DataFrame, pause: number): pl.DataFrame {
  const requests = knownRequests(caller, accessLog);
  return remembered(accessLog, REQUEST, `visits ${pause}`, () => {
    const before = (name: string) => pl.col(name).shift(1);
    const time = pl.col("timestamp").cast(pl.Int64).cast(pl.Float64);
    const goesOn = pl
      .col("user_id")
      .eq(before("user_id"))
      .and(time.sub(time.shift(1)).lt(60_000 * pause))
      .fillNull(pl.lit(false));
    const isSwitch = goesOn.and(pl.col("ip").neq(before("ip")));
    return requests
      .sort(["user_id", "timestamp", "ip"])
      .select("user_id", "date", goesOn.not().alias("visits"), isSwitch.alias("switches"))
      .groupBy("user_id", "date")
      .agg(summed("visits"), summed("switches"))
      .sort(["user_id", "date"]);
  });
}

export function addressDays(caller: string, accessLog: pl.DataFrame): pl.DataFrame {
  const requests = knownRequests(caller, accessLog).select("user_id", "ip", "date");
  return remembered(accessLog, REQUEST, "address days", () =>
    requests.unique().sort(["user_id", "ip", "date"]),
  );
}

/**
 * Different addresses, visits and switches in the `window` days up to each day with requests, and
 * `new_addresses`, from which the user first comes on that day: by user and date.
 */
export function addressWindows(
  caller: string,
  accessLog: pl.DataFrame,
  { window, pause }: { window: number; pause: number },
): pl.DataFrame {
  const [user, date, day] = [pl.col("user_id"), pl.col("date"), pl.col("day")];
  const numbered = date.cast(pl.Int32).cast(pl.Float64).alias("day");
  const addresses = addressDays(caller, accessLog)
    .withColumns(numbered)
    .select(
      user,
      day,
      pl.lit(1).cast(pl.Int64).alias("addresses"),
      day.shift(1).over("user_id", "ip").isNull().cast(pl.Int64).alias("new_addresses"),
      pl.minHorizontal([day.shift(-1).over("user_id", "ip"), day.add(window)]).alias("left"),
    );
  const visits = visitDays(caller, accessLog, pause).withColumns(numbered);
  const taken = (name: string) => pl.col(name).mul(-1).cast(pl.Int64).alias(name);
  const changes = [
    addresses.drop("left"),
    addresses.select(user, pl.col("left").alias("day"), taken("addresses")),
    visits,
    visits.select(user, day.add(window).alias("day"), taken("visits"), taken("switches")),
  ];
  // All that enters leaves again: each user's sums begin at 0.
  const running = (name: string) => pl.col(name).cumSum().cast(pl.Int64).alias(name);
  return pl
    .concat(changes, { how: "diagonal" })
    .groupBy("user_id", "day")
    .agg(date.max(), ...["addresses", "new_addresses", "visits", "switches"].map(summed))
    .sort(["user_id", "day"])
    .withColumns(...["addresses", "visits", "switches"].map(running))
    .filter(date.isNotNull())
    .select("user_id", "date", "addresses", "new_addresses", "visits", "switches");
}

const summed = (name: string) => pl.col(name).sum().cast(pl.Int64).alias(name);
