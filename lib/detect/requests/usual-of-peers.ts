import { visibleText } from "../../words/visible-text";
import { amongOthers } from "./among-others";
import type { ReaderDays } from "./reader-days";

export interface Usual {
  /** NaN without any peer. */
  pages: number;
  /** Others of the cohort, others without any cohort, or all others. */
  peers: "cohort" | "outsiders" | "site";
}

/**
 * How many pages a reader's peers open at most on `share` of their days of the same kind: others of
 * the cohort, or without one; of the site where these have below `leastDays` such days.
 *
 * @param kind of each day; one kind where it is left out
 */
export function usualOfPeers(
  { user, cohort }: ReaderDays,
  pages: Int32Array,
  { share, leastDays, kind }: { share: number; leastDays: number; kind?: Int32Array },
): (user: number, cohort: number, kind?: number) => Usual {
  const kinds = kind ?? new Int32Array(pages.length);
  const near = amongOthers(
    pages,
    user,
    Array.from(cohort, (of, day) => `${of} ${kinds[day]}`),
  );
  const site = amongOthers(pages, user, kinds);
  const usualOf = (who: number, of: number, at: number): Usual =>
    near.others(who, `${of} ${at}`) >= leastDays
      ? { pages: near.most(share, who, `${of} ${at}`), peers: of < 0 ? "outsiders" : "cohort" }
      : { pages: site.most(share, who, at), peers: "site" };
  const known = new Map<string, Usual>();
  return (who, of, at = 0) => {
    const key = `${who} ${of} ${at}`;
    if (!known.has(key)) known.set(key, usualOf(who, of, at));
    return known.get(key)!;
  };
}

/** Whom a reader is compared with, as in `other readers of Zion`. */
export function peersInWords({ peers }: Usual, cohort: string | undefined): string {
  if (peers === "outsiders") return "other readers without a cohort";
  const of = peers === "cohort" ? cohort! : "the site";
  return `other readers of ${visibleText(of, { max: 60 })}`;
}
