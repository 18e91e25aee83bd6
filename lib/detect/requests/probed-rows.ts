import pl from "nodejs-polars";
import { IP, PATH, PROBE, TIMESTAMP, USER_ID } from "../../columns";
import { requireColumns } from "../../require-columns";
import { probeOf } from "./probe-of";

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
  requireColumns(caller, accessLog, {
    [TIMESTAMP]: "Datetime",
    [USER_ID]: "integer",
    [IP]: "String",
    [PATH]: "String",
  });
  const requests = accessLog.select(
    pl.col(TIMESTAMP).cast(pl.Datetime("ms")),
    pl.col(USER_ID).cast(pl.Int64),
    pl.col(IP).cast(pl.String),
    pl.col(PATH).cast(pl.String),
  );
  // A page is looked at once, however many ask for it.
  const paths = requests.getColumn(PATH).unique().dropNulls().toArray() as string[];
  const probes = paths.flatMap((path) => {
    const probe = probeOf(path);
    return probe ? [{ path, ...probe }] : [];
  });
  const known = pl.DataFrame([
    pl.Series(
      PATH,
      probes.map(({ path }) => path),
      pl.String,
    ),
    pl.Series(
      PROBE,
      probes.map(({ kind }) => kind),
      pl.String,
    ),
    pl.Series(
      WEIGHT,
      probes.map(({ weight }) => weight),
      pl.Float64,
    ),
  ]);
  const probed = requests.join(known, { on: PATH, how: "inner" });
  return withoutOwnPages(probed, requests.getColumn(USER_ID).nUnique()).sort([
    TIMESTAMP,
    USER_ID,
    IP,
    PATH,
  ]);
}

/** Leaves out pages that so many users open that the site must have them; attacks stay. */
function withoutOwnPages(probed: pl.DataFrame, users: number): pl.DataFrame {
  const readers = "\0readers";
  const own = probed
    .filter(pl.col(WEIGHT).lt(pl.lit(1)))
    .groupBy(PATH)
    .agg(pl.col(USER_ID).nUnique().alias(readers))
    .filter(pl.col(readers).gtEq(pl.lit(Math.max(OWN_USERS, OWN_SHARE * users))));
  return probed.join(own.select(PATH), { on: PATH, how: "anti" });
}
