import { mostDistinct } from "./most-distinct";
import type { ReaderDays } from "./reader-days";

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
  { rows, starts, user, cohort }: ReaderDays,
  { share, leastDays }: { share: number; leastDays: number },
): (user: number, cohort: number) => Usual {
  const distinctPages = mostDistinct(rows, starts, Infinity);
  const site = Array.from(distinctPages.keys());
  site.sort((a, b) => distinctPages[b]! - distinctPages[a]!);
  const byCohort = new Map<number, number[]>();
  for (const day of site) {
    const own = byCohort.get(cohort[day]!);
    if (own) own.push(day);
    else byCohort.set(cohort[day]!, [day]);
  }

  const ofUser = new Int32Array(user.reduce((most, who) => Math.max(most, who + 1), 0));
  for (const who of user) ofUser[who]!++;

  /** Of days from the most pages down, the first that leaves `share` of the others' behind. */
  const among = (days: readonly number[], others: number, who: number) => {
    let above = others - Math.ceil(share * others - 1e-9);
    const found = days.find((day) => user[day] !== who && above-- === 0);
    return found === undefined ? Number.NaN : distinctPages[found]!;
  };
  const known = new Map<string, Usual>();
  return (who, of) => {
    const key = `${who} ${of}`;
    let usual = known.get(key);
    if (!usual) {
      const peers = of < 0 ? [] : (byCohort.get(of) ?? []);
      const others = peers.filter((day) => user[day] !== who).length;
      usual =
        others >= leastDays
          ? { pages: among(peers, others, who), isCohort: true }
          : { pages: among(site, site.length - ofUser[who]!, who), isCohort: false };
      known.set(key, usual);
    }
    return usual;
  };
}
