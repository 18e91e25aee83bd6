import { gathered } from "../../log/gathered";
import type { ReaderDays } from "./reader-days";
import { sortedBy } from "./spans";

export interface Usual {
  /** NaN without any peer. */
  pages: number;
  isCohort: boolean;
}

/**
 * How many different pages a reader's peers open at most on `share` of their days: others of the
 * cohort, or of the site below `leastDays` days.
 */
export function usualDistinct(
  { distinct, user, cohort }: ReaderDays,
  { share, leastDays }: { share: number; leastDays: number },
): (user: number, cohort: number) => Usual {
  const site = Array.from(sortedBy([distinct.map((pages) => -pages)], distinct.length));
  const byCohort = gathered(site, (day) => cohort[day]!);
  const byUser = gathered(site, (day) => user[day]!);

  /** Of days from the most pages down, the first that leaves `share` of the others' behind. */
  const among = (days: readonly number[], others: number, who: number) => {
    let above = others - Math.ceil(share * others - 1e-9);
    const found = days.find((day) => user[day] !== who && above-- === 0);
    return found === undefined ? Number.NaN : distinct[found]!;
  };
  const usualOf = (who: number, of: number): Usual => {
    const peers = of < 0 ? [] : (byCohort.get(of) ?? []);
    const others = peers.filter((day) => user[day] !== who).length;
    return others >= leastDays
      ? { pages: among(peers, others, who), isCohort: true }
      : { pages: among(site, site.length - byUser.get(who)!.length, who), isCohort: false };
  };
  const known = new Map<string, Usual>();
  return (who, of) => {
    const key = `${who} ${of}`;
    if (!known.has(key)) known.set(key, usualOf(who, of));
    return known.get(key)!;
  };
}
