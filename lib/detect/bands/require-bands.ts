import { requireInteger, requireNumber, requireOneOf } from "../../stats/require-option";

export type BandMethod = "ewm" | "robust";

/** Fewest earlier days of the same kind from which robust bands are computed. */
export const ROBUST_MINIMUM_HISTORY = 5;

export function requireBands(
  caller: string,
  { span, k, method = "ewm" }: { span: number; k: number; method?: BandMethod },
): void {
  requireOneOf(caller, { method }, ["ewm", "robust"]);
  if (method === "ewm") requireNumber(caller, { span }, { atLeast: 1 });
  else requireInteger(caller, { span }, { atLeast: ROBUST_MINIMUM_HISTORY });
  requireNumber(caller, { k }, { above: 0 });
}
