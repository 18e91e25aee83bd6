import pl from "nodejs-polars";
import { codesOf } from "../../log/coded-column";
import { probeOf } from "../../log/probe-of";
import { requireColumns } from "../../log/require-columns";

/** How much a request counts (Float64). */
export const WEIGHT = "\0weight";

/** Users, and their share of all, who make a page the site's own whatever its name. */
const OWN_USERS = 20;
const OWN_SHARE = 0.05;

/**
 * A log's probing requests: `timestamp`, `user_id`, `ip`, `path`, `probe` and how much each
 * counts, in time order, those of one time by user, address and path.
 *
 * @param caller name of the public function, for the message
 */
export function probedRows(caller: string, accessLog: pl.DataFrame): pl.DataFrame {
  requireColumns(caller, accessLog, "timestamp", "user_id", "ip", "path");
  // A page is looked at once, however many ask for it.
  const { codes, values } = codesOf(accessLog, "path", pl.String);
  const probes = (values.toArray() as string[]).map(probeOf);
  const rows: number[] = [];
  for (let row = 0; row < codes.length; row++) if (probes[codes[row]!]) rows.push(row);
  const probed = pl
    .DataFrame([
      ...["timestamp", "user_id", "ip", "path"].map((name) => {
        const column = accessLog.getColumn(name);
        return rows.length > 0 ? column.gather(rows) : column.head(0);
      }),
      pl.Series(
        "probe",
        rows.map((row) => probes[codes[row]!]!.kind),
        pl.String,
      ),
      pl.Series(
        WEIGHT,
        rows.map((row) => probes[codes[row]!]!.weight),
        pl.Float64,
      ),
    ])
    .withColumns(
      pl.col("timestamp").cast(pl.Datetime("ms")),
      pl.col("user_id").cast(pl.Int64),
      pl.col("ip").cast(pl.String),
      pl.col("path").cast(pl.String),
    );
  return withoutOwnPages(probed, usersOf(accessLog)).sort(["timestamp", "user_id", "ip", "path"]);
}

/** Different users, those without an id as one. */
function usersOf(accessLog: pl.DataFrame): number {
  const { values } = codesOf(accessLog, "user_id");
  return values.length + (accessLog.getColumn("user_id").nullCount() > 0 ? 1 : 0);
}

/** Leaves out pages that so many users open that the site must have them; attacks stay. */
function withoutOwnPages(probed: pl.DataFrame, users: number): pl.DataFrame {
  const readers = "\0readers";
  const own = probed
    .filter(pl.col(WEIGHT).lt(pl.lit(1)))
    .groupBy("path")
    .agg(pl.col("user_id").nUnique().alias(readers))
    .filter(pl.col(readers).gtEq(pl.lit(Math.max(OWN_USERS, OWN_SHARE * users))));
  return probed.join(own.select("path"), { on: "path", how: "anti" });
}
