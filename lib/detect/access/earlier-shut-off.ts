import pl from "nodejs-polars";
import { requireColumns } from "../../log/require-columns";
import { int32, numbers } from "../../log/typed-arrays";
import { below, not, where } from "../../log/where";
import { changePoint } from "../../stats/change-point";
import { crossProgramByMonth } from "./cross-program-by-month";
import {
  type CrossProgramShutOffOptions,
  crossProgramShutOff,
  EITHER_DIRECTION,
} from "./cross-program-shut-off";

export interface EarlierShutOffOptions extends Omit<CrossProgramShutOffOptions, "until"> {}

/**
 * Whether reading of the other program's curriculum had stopped once before the shut-off that
 * `crossProgramShutOff` found: in the time until then or, without a fall in it, until its largest
 * rise. These are two tests at `alpha`.
 * @returns a row as in `shutOffs` for the direction asked about (either, where not given) and the
 *   time before its `shut_off`; no row where there is no such day
 * @throws {RangeError} if `crossProgramShutOff` refuses an option
 * @throws {Error} if a column is missing or of another type, or `curricula` has a path twice
 * @example
 * earlierShutOff(accessLog, curricula, crossProgramShutOff(accessLog, curricula));
 */
export function earlierShutOff(
  accessLog: pl.DataFrame,
  curricula: pl.DataFrame,
  shutOffs: pl.DataFrame,
  { only = EITHER_DIRECTION, ...options }: EarlierShutOffOptions = {},
): pl.DataFrame {
  requireColumns("earlierShutOff", shutOffs, "direction", "shut_off");
  const directions = shutOffs.withColumns(pl.col("direction").cast(pl.String));
  const known = where(directions, { direction: only, shut_off: not(null) });
  if (known.height === 0)
    return crossProgramShutOff(accessLog.head(0), curricula, { only }).head(0);
  const [until] = int32(known, "shut_off") as unknown as [number];
  const before = (day: number) =>
    crossProgramShutOff(accessLog, curricula, { only, until: new Date(day * DAY), ...options });
  const whole = before(until);
  if (whole.getColumn("shut_off").nullCount() === 0) return whole;
  const rise = riseBefore(crossProgramByMonth(accessLog, curricula, { every: "day" }), only, until);
  return rise === undefined ? whole : before(rise);
}

const DAY = 86_400_000;

/** The day until then on which the share of pages of the other curriculum rose most. */
function riseBefore(byDay: pl.DataFrame, only: string, until: number): number | undefined {
  const asked = only === EITHER_DIRECTION ? byDay : where(byDay, { direction: only });
  const days = where(asked, { period: below(new Date(until * DAY)) })
    .groupBy("period")
    .agg(pl.col("pages").sum(), pl.col("all_pages").sum())
    .sort("period");
  const rise = changePoint(numbers(days, "pages"), numbers(days, "all_pages"), {
    change: "rise",
    permutations: 1, // whether it is chance does not matter: it only says where to look
  });
  return rise && int32(days, "period")[rise.index];
}
