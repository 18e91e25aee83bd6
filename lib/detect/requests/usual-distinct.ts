/** Readers' days: what each day's reader opened, and with whom they are compared. */
export interface ReaderDays {
  /** Reader of each day, from 0. */
  user: Int32Array;
  /** Their cohort on that day, from 0; -1 without one. */
  cohort: Int32Array;
  /** Different pages of that day. */
  distinctPages: Int32Array;
}

/** What peers open. */
export interface Usual {
  /** Different pages that peers open at most on `share` of their days; null without any peer. */
  distinctPages: number | null;
  /** Whether the peers are the cohort's; otherwise those of the whole site. */
  isCohort: boolean;
}

/**
 * How many different pages a reader's peers open at most on a day, but for their rarest days:
 * a quantile of the days of all others of the same cohort, or of all others on the site where
 * the cohort is not known or the others have fewer than `leastDays` days. The reader's own
 * days are left out, so that what is judged does not set its own measure.
 *
 * The quantile is a number that occurs: at least `share` of the days have no more pages. No
 * interpolation.
 *
 * @returns a function of reader and cohort
 */
export function usualDistinct(
  { user, cohort, distinctPages }: ReaderDays,
  { share, leastDays }: { share: number; leastDays: number },
): (user: number, cohort: number) => Usual {
  const ranked = Array.from(distinctPages, (_, day) => day);
  ranked.sort((a, b) => distinctPages[b]! - distinctPages[a]!);
  const byCohort = new Map<number, number[]>();
  for (const day of ranked) {
    const own = byCohort.get(cohort[day]!);
    if (own) own.push(day);
    else byCohort.set(cohort[day]!, [day]);
  }
  const cohorts = cohort.reduce((most, code) => Math.max(most, code), -1) + 1;
  const keyOf = (who: number, of: number) => who * (cohorts + 1) + of + 1;
  const ownDays = new Map<number, number>(); // in a cohort
  const allDays = new Map<number, number>(); // in any or none
  for (let day = 0; day < user.length; day++) {
    const key = keyOf(user[day]!, cohort[day]!);
    ownDays.set(key, (ownDays.get(key) ?? 0) + 1);
    allDays.set(user[day]!, (allDays.get(user[day]!) ?? 0) + 1);
  }

  /** Of days from the most pages down, the first that leaves `share` of the others' behind. */
  const among = (days: readonly number[], who: number, own: number) => {
    const others = days.length - own;
    let above = others - Math.ceil(share * others - 1e-9);
    for (const day of days) {
      if (user[day] !== who && above-- === 0) return distinctPages[day]!;
    }
    return null;
  };
  const known = new Map<number, Usual>();
  return (who, of) => {
    const key = keyOf(who, of);
    let usual = known.get(key);
    if (!usual) {
      const peers = of < 0 ? [] : (byCohort.get(of) ?? []);
      const own = ownDays.get(key) ?? 0;
      const isCohort = peers.length - own >= leastDays;
      const distinct = isCohort
        ? among(peers, who, own)
        : among(ranked, who, allDays.get(who) ?? 0);
      usual = { distinctPages: distinct, isCohort };
      known.set(key, usual);
    }
    return usual;
  };
}
