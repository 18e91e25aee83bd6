import { requireInteger, requireNumber, requireOneOf } from "../../stats/require-option";

export type BandMethod = "ewm" | "robust" | "counts";

/** Fewest earlier days of the same kind from which robust bands and those of counts are computed. */
export const MINIMUM_HISTORY = 5;

export function requireBands(
  caller: string,
  { span, k, method = "ewm" }: { span: number; k: number; method?: BandMethod },
): void {
  requireOneOf(caller, { method }, ["ewm", "robust", "counts"]);
  if (method === "ewm") requireNumber(caller, { span }, { atLeast: 1 });
  else requireInteger(caller, { span }, { atLeast: MINIMUM_HISTORY });
  requireNumber(caller, { k }, { above: 0 });
}
