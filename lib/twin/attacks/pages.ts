import type { RandomStream } from "../../stats/random";
import type { SampleRows } from "../sample-rows";
import type { Account } from "./accounts";
import type { Script } from "./described";

/** Days before and after in which this share of the class must have opened a page. */
const [AROUND, SHARE] = [120, 0.25];

/** What an account opens on a visit. */
export type PageChoice = (account: Account, count: number) => number[];

/**
 * What a script opens, visit by visit. Pages are those that a quarter of the account's class (for
 * staff of the staff) opened about that time: who copies with care takes what others read too,
 * and nobody opens what is not there yet.
 * @returns undefined where there are fewer than a copy is said to have
 */
export function pagesFor(
  script: Script,
  { made, random }: { made: SampleRows; random: RandomStream },
  accounts: readonly Account[],
  on: number,
): PageChoice | undefined {
  const { day, path, paths, userId, cohortId } = made;
  const own = accounts[0]!.cohortId;
  const readers = paths.map(() => new Set<number>());
  const everybody = new Set<number>();
  for (let row = 0; row < day.length; row++) {
    if (cohortId[row] !== own || Math.abs(day[row]! - on) > AROUND || path[row]! < 0) continue;
    readers[path[row]!]!.add(userId[row]!);
    everybody.add(userId[row]!);
  }
  const byText = (a: number, b: number) => (paths[a]! < paths[b]! ? -1 : 1);
  const site = [...paths.keys()]
    .filter((page) => readers[page]!.size >= SHARE * everybody.size)
    .sort(byText);
  const copied = accounts.length * script.days * script.visits * script.pages[1];
  if (script.from === "new" && site.length < copied) return undefined;
  const openedBefore = ({ rows }: Account) =>
    new Set(rows.filter((row) => day[row]! < on && path[row]! >= 0).map((row) => path[row]!));
  const known = new Set(accounts.flatMap((account) => [...openedBefore(account)]));
  const drawn = (from: readonly number[], count: number) => {
    const open = [...from];
    const taken = Math.min(count, open.length);
    for (let i = 0; i < taken; i++) {
      const other = i + random.below(open.length - i);
      [open[i], open[other]] = [open[other]!, open[i]!];
    }
    return open.slice(0, taken);
  };
  let fresh = site.filter((page) => !known.has(page));
  let others = site.filter((page) => known.has(page));
  const choose = (account: Account, count: number): number[] => {
    if (script.from === "new") {
      const chosen = drawn(fresh, count);
      chosen.push(...drawn(others, count - chosen.length));
      const taken = new Set(chosen);
      fresh = fresh.filter((page) => !taken.has(page));
      others = others.filter((page) => !taken.has(page));
      return chosen;
    }
    if (script.from === "read") return drawn([...openedBefore(account)], count);
    if (script.from === "near") {
      const at = random.below(Math.max(1, site.length - count));
      return site.slice(at, at + count);
    }
    return script.from === "one" ? site.slice(0, count) : drawn(site, count);
  };
  return (account, count) => {
    const chosen = choose(account, count);
    return script.order === "site" ? chosen.sort(byText) : chosen;
  };
}
