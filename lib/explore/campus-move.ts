import type pl from "nodejs-polars";
import { frameOf } from "../log/frame-of";
import { isoDay } from "../log/iso-day";
import { requireColumns, requireValues } from "../log/require-columns";
import { int32, numbers } from "../log/typed-arrays";
import { changePoint } from "../stats/change-point";
import { requireNumber } from "../stats/require-option";

export interface CampusMoveOptions {
  alpha?: number;
  factor?: number;
  permutations?: number;
  seed?: number;
}

/** Days are shuffled by weeks: weekends are read at home. */
const WEEK = 7;

/**
 * The day at which the share of requests from campus changed most, by `changePoint`. It is a move
 * where the p-value is at most `alpha` and one share at least `factor` times the other.
 * @param daily what `campusShares` gives with `every: "day"`
 * @returns one row: `moved` (null where there is no move), `share_before`, `share_after`,
 *   `requests_before`, `requests_after`, `p_value`; all null where the share never changes
 * @throws if an option is out of range, a column missing, of another type or null, or a day twice
 */
export function campusMove(
  daily: pl.DataFrame,
  { alpha = 0.01, factor = 2, permutations = 999, seed = 1 }: CampusMoveOptions = {},
): pl.DataFrame {
  requireNumber("campusMove", { alpha }, { above: 0, below: 1 });
  requireNumber("campusMove", { factor }, { above: 1 });
  requireColumns("campusMove", daily, "period", "requests", "campus_requests");
  requireValues("campusMove", daily, ["period", "requests", "campus_requests"]);
  const sorted = daily.sort("period");
  const days = int32(sorted, "period");
  const twice = days.find((day, i) => day === days[i - 1]);
  if (twice !== undefined) {
    throw new Error(`campusMove needs each day once; ${isoDay(twice)} is there twice`);
  }
  const [requests, campus] = [numbers(sorted, "requests"), numbers(sorted, "campus_requests")];
  const change = changePoint(campus, requests, { permutations, block: WEEK, seed });
  if (!change) return frameOf([{}], ...COLUMNS);
  let at = change.index;
  while (requests[at] === 0) at++;
  const [less, more] = [change.before, change.after].sort((a, b) => a - b) as [number, number];
  const isMove = change.pValue <= alpha && more >= factor * less;
  const move = {
    ...{ moved: isMove ? days[at] : null, p_value: change.pValue },
    ...{ share_before: change.before, share_after: change.after },
    requests_before: sum(requests.subarray(0, at)),
    requests_after: sum(requests.subarray(at)),
  };
  return frameOf([move], ...COLUMNS);
}

const COLUMNS = [
  ...(["moved", "share_before", "share_after", "requests_before", "requests_after"] as const),
  "p_value" as const,
];

const sum = (values: Float64Array) => values.reduce((a, b) => a + b, 0);
