import pl from "nodejs-polars";
import { frameOf } from "../../log/frame-of";
import { probeOf } from "../../log/probe-of";
import { typedColumns } from "../../log/typed-columns";
import { below, where } from "../../log/where";

export const WEIGHT = "\0weight";

/** Users, and their share of all, who make a page the site's own whatever its name. */
const OWN_USERS = 20;
const OWN_SHARE = 0.05;

/**
 * Requests that look for a way into the server instead of a page, by signatures of the kinds that
 * the [OWASP Core Rule Set](https://coreruleset.org/) and common scanners' lists describe, in the
 * decoded path. A page that 20 users and a twentieth of all users asked for is the site's own,
 * unless nothing but an attack explains it. The log does not tell what the server answered.
 * @returns the probing rows, repeated ones too: `timestamp`, `user_id`, `ip`, `path` (of a
 *   stranger), `probe` (of several the one that weighs most), by time, user, address and path
 * @throws {Error} if a column is missing or of another type
 * @example
 * probingRequests(accessLog).head(20);
 */
export function probingRequests(accessLog: pl.DataFrame): pl.DataFrame {
  return probedRows("probingRequests", accessLog).drop(WEIGHT);
}

export function probedRows(caller: string, accessLog: pl.DataFrame): pl.DataFrame {
  const requests = typedColumns(caller, accessLog, "timestamp", "user_id", "ip", "path");
  const paths = requests.getColumn("path").unique().dropNulls().toArray() as string[];
  const probes = paths.flatMap((path) => {
    const probe = probeOf(path);
    return probe ? [{ path, probe: probe.kind, [WEIGHT]: probe.weight }] : [];
  });
  const probed = requests.join(frameOf(probes, "path", "probe", { [WEIGHT]: pl.Float64 }), {
    on: "path",
  });
  const most = Math.max(OWN_USERS, OWN_SHARE * requests.getColumn("user_id").nUnique());
  const own = where(probed, { [WEIGHT]: below(1) })
    .groupBy("path")
    .agg(pl.col("user_id").nUnique().alias("readers"))
    .filter(pl.col("readers").gtEq(pl.lit(most)));
  return probed
    .join(own.select("path"), { on: "path", how: "anti" })
    .sort(["timestamp", "user_id", "ip", "path"]);
}
