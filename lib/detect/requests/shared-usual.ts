import { amongOthers } from "./among-others";
import type { SharedSpans } from "./shared-spans";
import { type AddressKind, type By, dayOfPeriod } from "./shared-units";
import { numbered } from "./spans";

export interface UsualUnshared {
  /** NaN without others. */
  pages: number;
  of: AddressKind | "any";
}

/**
 * How many unshared pages others of a span's kind have at most in `share` of theirs; all off campus
 * where these have below `leastSpans`. Whoever copies for hours is no measure for it: other
 * addresses are, and for a campus, which has few of its kind, other days.
 */
export function usualUnshared(
  { unit, period, unshared }: SharedSpans,
  { kindOf, by }: { kindOf: readonly AddressKind[]; by: By },
  { share, leastSpans }: { share: number; leastSpans: number },
): (span: number) => UsualUnshared {
  const kinds = Array.from(unit, (own) => kindOf[own]!);
  const dayOnCampus = period.map((own, i) => (kinds[i] === "campus" ? dayOfPeriod(own, by) : 0));
  const { codes: owner } = numbered([unit, dayOnCampus], unit.length);
  const near = amongOthers(unshared, owner, kinds);
  const wide = kinds.map((kind) => (kind === "campus" ? kind : "any"));
  const offCampus = amongOthers(unshared, owner, wide);
  return (span) => {
    const [who, of] = [owner[span]!, kinds[span]!];
    return of === "campus" || near.others(who, of) >= leastSpans
      ? { pages: near.most(share, who, of), of }
      : { pages: offCampus.most(share, who, "any"), of: "any" };
  };
}
