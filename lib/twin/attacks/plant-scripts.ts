import { type RandomStream, randomStream } from "../../stats/random";
import type { Cohort } from "../cohorts";
import { emptyRows, type RowColumns } from "../log-rows";
import { addressMaker } from "../plant-bed";
import type { SampleRows } from "../sample-rows";
import { type Account, freeAccounts, homeOf, isActive, isWanted } from "./accounts";
import { SCRIPTS, type Script } from "./described";
import { type PageChoice, pagesFor } from "./pages";

/** Rows to add, of one account. */
export interface Performed {
  script: Script;
  userId: number;
  /** Names the script's accounts together. */
  entity: string;
  address?: number;
  rows: RowColumns;
}

interface Stage {
  made: SampleRows;
  cohorts: ReadonlyMap<number, Cohort>;
  random: RandomStream;
  newAddress: () => number;
  /** Changed: whoever plays a part is free no more. */
  free: Account[];
}

/** How often a day is looked for on which all accounts and enough pages are there. */
const TRIES = 200;
/** Fewest students that make a class. */
const CLASS = 8;
const CARRIER = 60;

/** Lets every script be performed where there are accounts for it; adds to the list of addresses. */
export function plantScripts(
  made: SampleRows,
  cohorts: ReadonlyMap<number, Cohort>,
  seed: number,
): Performed[] {
  const random = randomStream(seed, "attacks");
  const newAddress = addressMaker(made.addresses, random);
  const stage = { made, cohorts, random, newAddress, free: freeAccounts(made) };
  const carrier = Array.from({ length: CARRIER }, newAddress);
  return SCRIPTS.flatMap((script) =>
    Array.from({ length: script.times }).flatMap(() => {
      const cast = castFor(script, stage);
      if (!cast) return [];
      const { pages } = cast;
      const shared = script.address === "new" ? newAddress() : undefined;
      const entity = cast.accounts.map(({ userId }) => `user ${userId}`).join(", ");
      return cast.accounts.flatMap((account) => {
        const address = shared ?? homeOf(made, account, cast.on) ?? newAddress();
        const from = () =>
          script.address === "carrier" ? carrier[random.below(CARRIER)]! : address;
        const rows = perform(script, account, cast.on, { pages, from, random });
        const of = script.isDecoy ? `user ${account.userId}` : entity;
        const one = { script, userId: account.userId, entity: of, rows };
        // Who is new may have read nothing yet.
        return rows.day.length > 0 ? [{ ...one, ...(shared && { address }) }] : [];
      });
    }),
  );
}

/** Accounts, a day in the middle of what each of them reads, and what there is to open. */
function castFor(script: Script, stage: Stage) {
  const { made, cohorts, random, free } = stage;
  const able = free.filter((account) => isWanted(script, account));
  for (let tries = 0; tries < TRIES && able.length > 0; tries++) {
    const first = able[random.below(able.length)]!;
    const middle = first.rows[Math.floor(first.rows.length * (0.3 + 0.4 * random.next()))]!;
    const on = made.day[middle]!;
    const others = able.filter(
      (other) =>
        other !== first &&
        other.cohortId === first.cohortId &&
        isActive(made, other, on, script.days),
    );
    if (!isActive(made, first, on, script.days)) continue;
    let accounts: Account[];
    if (script.who === "class") {
      const { start = 0, end = 0 } = cohorts.get(first.cohortId) ?? {};
      accounts = [first, ...others];
      if (on < start || on >= end || accounts.length < CLASS) continue;
    } else {
      if (others.length < script.accounts - 1) continue;
      accounts = [first];
      while (accounts.length < script.accounts) {
        const [other] = others.splice(random.below(others.length), 1);
        accounts.push(other!);
      }
    }
    const pages = pagesFor(script, stage, accounts, on);
    if (!pages) continue;
    for (const account of accounts) free.splice(free.indexOf(account), 1);
    return { accounts, on, pages };
  }
  return undefined;
}

/** Seconds by which a visit begins late, at most. */
const LATE = 600;

function perform(
  { days, visits, hour, every, pages: [least, most], pause }: Script,
  account: Account,
  on: number,
  {
    pages,
    from,
    random,
  }: {
    pages: PageChoice;
    from: () => number;
    random: RandomStream;
  },
): RowColumns {
  const opened: { day: number; second: number; path: number; address: number }[] = [];
  for (let visit = 0; visit < days * visits; visit++) {
    const day = on + Math.floor(visit / visits);
    const late = random.below(every > 0 ? Math.min(LATE, every / 4) : LATE);
    const begin = hour * 3_600 + (visit % visits) * every + late;
    const address = from();
    pages(account, least + random.below(most - least + 1)).forEach((path, i) => {
      const after = pause > 0 ? (i + 0.9 * random.next()) * pause : 2 * random.next();
      opened.push({ day, second: Math.min(86_399, Math.floor(begin + after)), path, address });
    });
  }
  const { userId, cohortId } = account;
  const rows = emptyRows(opened.length);
  opened.forEach((one, i) => {
    for (const [name, value] of Object.entries({ ...one, userId, cohortId })) {
      rows[name as keyof RowColumns][i] = value;
    }
  });
  return rows;
}
