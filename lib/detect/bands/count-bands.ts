import { weekdayOf } from "../../log/week";
import { benjaminiHochberg } from "../../stats/exact-tests";
import { lowestCount, type NextCount, nextCount, tailOf } from "../../stats/next-count";
import { normalSurvival } from "../../stats/tails";
import { MINIMUM_HISTORY } from "./require-bands";
import { type Bands, newBands } from "./robust-bands";

/** Where not even so many pages are unusual, there is no band. */
const HIGH = 100;

export interface CountBands extends Bands {
  p_value: Float64Array;
  adjusted_p_value: Float64Array;
}

/**
 * A negative binomial hurdle for each group's weekdays and weekends: whether there are pages at
 * all, and how many more than one. Quiet days do not make pages be forgotten: both are learned
 * from the latest `span`, of days of this kind and of those with pages. Zero-inflated and hurdle models: Mullahy, Journal of
 * Econometrics 33 (1986).
 * @param days since 1970: one group's days after the other's, each in order
 */
export function countBandsOf(
  pages: Float64Array,
  days: Int32Array,
  ends: Int32Array,
  span: number,
  k: number,
): CountBands {
  const none = () => new Float64Array(pages.length).fill(Number.NaN);
  const bands = { ...newBands(pages.length), p_value: none(), adjusted_p_value: none() };
  const promised = normalSurvival(k);
  const histories = Array.from(ends, () => [newHistory(), newHistory()] as const);
  const groups = new Int32Array(pages.length);
  for (let group = 0; group < ends.length; group++) {
    groups.fill(group, ends[group - 1] ?? 0, ends[group]);
  }
  // A day after the other, so that no past law is kept.
  for (const sameDay of rowsByDay(days)) {
    const kind = weekdayOf(days[sameDay[0]!]!) < 5 ? 0 : 1;
    const tested: (DayLaw & { row: number })[] = [];
    for (const row of sameDay) {
      const day = lawOf(histories[groups[row]!]![kind]);
      if (day === null) continue;
      const { share, mean, law } = day;
      tested.push({ row, share, mean, law });
      bands.midband[row] = share * (1 + mean);
      bands.p_value[row] = pages[row]! > 0 ? share * tailOf(law, pages[row]! - 1) : (1 + share) / 2;
    }
    const adjusted = benjaminiHochberg(tested.map(({ row }) => bands.p_value[row]!));
    const flags = adjusted.filter((p) => p <= promised).length;
    const limit = (promised * Math.max(1, flags)) / tested.length;
    tested.forEach(({ row, share, mean, law }, i) => {
      bands.adjusted_p_value[row] = adjusted[i]!;
      // No search without end where next to nothing is known.
      const most = Math.max(HIGH, 10 * (1 + mean), pages[row]!);
      const further = lowestCount(law, limit / share, most);
      if (further >= most) return;
      // Between the last ordinary count and the first unusual one.
      bands.upper_band[row] = further + 0.5;
      bands.lower_band[row] = 0;
      bands.pct_b[row] = pages[row]! / (further + 0.5);
    });
    // Only now: a day must not speak for itself.
    for (const row of sameDay) push(histories[groups[row]!]![kind], pages[row]!, span);
  }
  return bands;
}

function rowsByDay(days: Int32Array): number[][] {
  const rowsOf = new Map<number, number[]>();
  days.forEach((day, row) => {
    const sameDay = rowsOf.get(day);
    if (sameDay) sameDay.push(row);
    else rowsOf.set(day, [row]);
  });
  return [...rowsOf.values()].sort((a, b) => days[a[0]!]! - days[b[0]!]!);
}

/** A day: how probable pages are, and how many there may be beyond the first. */
interface DayLaw extends NextCount {
  share: number;
}

function lawOf(history: ReturnType<typeof newHistory>): DayLaw | null {
  const known = history.latest.length;
  if (known < MINIMUM_HISTORY) return null;
  history.next ??= nextCount(history.further);
  const { mean, law } = history.next;
  return { mean, law, share: (history.active + 0.5) / (known + 1) };
}

/** The latest days of one kind, and the latest with pages: how many beyond the first. */
const newHistory = () => {
  return {
    latest: [] as number[],
    active: 0,
    further: [] as number[],
    next: null as NextCount | null,
  };
};

function push(history: ReturnType<typeof newHistory>, count: number, span: number): void {
  const { latest, further } = history;
  if (latest.length === span && latest.shift()! > 0) history.active--;
  latest.push(count);
  if (count === 0) return;
  history.active++;
  if (further.length === span) further.shift();
  further.push(count - 1);
  history.next = null;
}
