import { requireInteger, requireNumber, requireOneOf } from "../../stats/require-option";

/** How the bands are computed: `"ewm"` as pandas does, `"robust"` from medians of earlier days. */
export type BandMethod = "ewm" | "robust";

/** Fewest earlier days of the same kind from which robust bands are computed. */
export const ROBUST_MINIMUM_HISTORY = 5;

/**
 * Refuses settings that make no bands.
 *
 * @throws {RangeError} if `span` is below 1 (with `"robust"`: not an integer of at least 5), `k` is
 *   not above 0, or `method` is another
 */
export function requireBands(
  caller: string,
  { span, k, method = "ewm" }: { span: number; k: number; method?: BandMethod },
): void {
  requireOneOf(caller, { method }, ["ewm", "robust"]);
  if (method === "ewm") requireNumber(caller, { span }, { atLeast: 1 });
  else requireInteger(caller, { span }, { atLeast: ROBUST_MINIMUM_HISTORY });
  requireNumber(caller, { k }, { above: 0 });
}
