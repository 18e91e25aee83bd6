import pl from "nodejs-polars";
import { frameOf } from "../../log/frame-of";
import { type GroupBy, groupKeys } from "../../log/group-keys";
import { groupEnds, numbers } from "../../log/typed-arrays";
import { normalSurvival } from "../../stats/tails";
import { bollingerBands } from "./bollinger-bands";
import { type BandMethod, requireBands } from "./require-bands";

export interface FlagsByKOptions {
  ks?: readonly number[];
  spans?: readonly number[];
  by?: GroupBy;
  method?: BandMethod;
}

/**
 * How the setting of the bands changes who is flagged.
 * @returns one row per span and `k`, by both, repeated ones once: `span`, `k`, `flags` (days above
 *   the upper band), `users` (groups of `by` with any)
 * @throws {RangeError} if there is no span or no `k`, or `bollingerBands` refuses one
 * @throws {Error} if `bollingerBands` refuses the frame
 * @example
 * flagsByK(dailyPageViews(accessLog), { ks: [2, 3.5, 6], spans: [14, 30, 60] });
 */
export function flagsByK(
  daily: pl.DataFrame,
  { ks = [2, 2.25, 3, 3.5, 6], spans = [30], by = "user_id", method = "ewm" }: FlagsByKOptions = {},
): pl.DataFrame {
  const keys = groupKeys("flagsByK", by, ["span", "k", "flags", "users"]);
  for (const [name, values] of Object.entries({ ks, spans })) {
    if (values.length === 0) throw new RangeError(`flagsByK needs ${name} with a number or more`);
  }
  for (const span of spans) for (const k of ks) requireBands("flagsByK", { span, k, method });

  const ascending = (values: readonly number[]) => [...new Set(values)].sort((a, b) => a - b);
  const rows = ascending(spans).flatMap((span) => {
    const banded = bollingerBands(daily, { span, k: 1, by, method });
    const isCounts = method === "counts";
    const known = isCounts
      ? pl.lit(1).sub(pl.col("adjusted_p_value")).alias("pct_b")
      : pl.col("pct_b");
    const places = numbers(banded.select(known.fillNull(pl.lit(0))), "pct_b");
    const ends = groupEnds(banded, keys);
    // At another k a day lies at 0.5 + (pct_b at k 1 - 0.5) / k.
    const limit = (k: number) => (isCounts ? 1 - normalSurvival(k) : (k + 1) / 2);
    return ascending(ks).map((k) => ({ span, k, ...countAbove(places, ends, limit(k)) }));
  });
  return frameOf(rows, "span", "k", "flags", "users");
}

function countAbove(places: Float64Array, ends: Int32Array, limit: number) {
  let [flags, users, row] = [0, 0, 0];
  for (const end of ends) {
    const before = flags;
    for (; row < end; row++) if (places[row]! > limit) flags++;
    if (flags > before) users++;
  }
  return { flags, users };
}
