/**
 * What is planted to try the detectors, and what looks odd and is none of it. Written before the
 * detectors that are to find it, and frozen: a test holds this file's hash.
 */

/** How somebody opens pages: all that the planter knows. */
export interface Script {
  kind: string;
  /** Of several of a kind: pages of a night or an hour, or accounts. */
  level?: number;
  says: string;
  isDecoy: boolean;
  who: "student" | "staff" | "class";
  /** How often it is planted in a sample. */
  times: number;
  /** Who share it; all of a class. */
  accounts: number;
  days: number;
  visits: number;
  /** Hour of the first visit, and seconds from one visit's start to the next. */
  hour: number;
  every: number;
  /** Pages of an account's visit, at least and at most. */
  pages: readonly [number, number];
  /** Seconds between two pages at most; 0 for all at once. */
  pause: number;
  /**
   * `new`: each page once, first those that none of the accounts has opened before. `read`: pages that the account has opened before.
   * `near`: a few pages each with its neighbors. `one`: always the same page. `curriculum`: any.
   */
  from: "new" | "read" | "near" | "one" | "curriculum";
  order: "site" | "shuffled";
  /** `usual`: the account's own; `new`: one for all; `carrier`: another for each visit, shared. */
  address: "usual" | "new" | "carrier";
}

const HOUR = 3_600;
const ONCE = { times: 1, accounts: 1, days: 1, visits: 1, every: 0 } as const;

const ATTACK = { ...ONCE, isDecoy: false, who: "student", from: "new", order: "shuffled" } as const;
const DECOY = { ...ONCE, isDecoy: true, address: "usual", order: "shuffled" } as const;

const slowCopy = (pages: number): Script => ({
  ...ATTACK,
  kind: "slow_copy",
  level: pages,
  says: `copies ${pages} pages a night over five nights`,
  ...{ days: 5, hour: 1, pages: [pages, pages], pause: (4 * HOUR) / pages, address: "usual" },
});

const nightHour = (pages: number, order: Script["order"]): Script => ({
  ...ATTACK,
  kind: order === "site" ? "ordered_night_hour" : "night_hour",
  level: pages,
  says: `opens ${pages} pages in an hour at three in the night${order === "site" ? ", in the site's order" : ""}`,
  ...{ hour: 3, pages: [pages, pages], pause: HOUR / (pages + 1), order, address: "usual" },
});

/** Pages that accounts divide among them. */
const SHARED = 200;

const sharedCopy = (accounts: number): Script => ({
  ...ATTACK,
  kind: "shared_copy",
  level: accounts,
  says: `${accounts} ${accounts === 1 ? "account copies" : "accounts at one address divide"} ${SHARED} pages in an evening`,
  ...{ accounts, hour: 20, pages: [SHARED / accounts, SHARED / accounts] },
  ...{ pause: (3 * HOUR * accounts) / SHARED, address: "new" },
});

export const SCRIPTS: readonly Script[] = [
  ...[10, 20, 30, 40].map(slowCopy),
  ...[20, 40, 59, 80, 120].map((pages) => nightHour(pages, "shuffled")),
  ...[20, 40, 59, 80, 120].map((pages) => nightHour(pages, "site")),
  ...[1, 2, 5, 10].map(sharedCopy),
  {
    ...DECOY,
    kind: "prefetching browser",
    says: "loads each page with the ten after it, six times a day",
    ...{ who: "student", times: 3, days: 3, visits: 6, hour: 10, every: HOUR },
    ...{ pages: [11, 11], pause: 0, from: "near", order: "site" },
  },
  {
    ...DECOY,
    kind: "folder of bookmarks",
    says: "opens 15 to 45 pages at once",
    ...{ who: "student", times: 5, hour: 9, pages: [15, 45], pause: 0, from: "curriculum" },
  },
  {
    ...DECOY,
    kind: "tab restore",
    says: "opens 10 to 35 pages that it had open before, on five mornings",
    ...{ who: "student", times: 5, days: 5, hour: 8, pages: [10, 35], pause: 0, from: "read" },
  },
  {
    ...DECOY,
    kind: "exam cram",
    says: "a whole class reads 60 to 120 pages on one day",
    ...{ who: "class", hour: 10, pages: [60, 120], pause: 240, from: "read" },
  },
  {
    ...DECOY,
    kind: "phone behind a carrier",
    says: "reads on the way, from another of the carrier's addresses each time",
    ...{ who: "student", times: 5, days: 14, visits: 4, hour: 8, every: 3 * HOUR },
    ...{ pages: [1, 3], pause: 60, from: "read", address: "carrier" },
  },
  {
    ...DECOY,
    kind: "offline saver",
    says: "saves 60 to 120 pages for a journey, in minutes",
    ...{
      who: "student",
      times: 3,
      hour: 18,
      pages: [60, 120],
      pause: 2,
      from: "read",
      order: "site",
    },
  },
  {
    ...DECOY,
    kind: "uptime checker",
    says: "asks for one page each quarter of an hour, for a fortnight",
    ...{ who: "staff", days: 14, visits: 96, hour: 0, every: HOUR / 4 },
    ...{ pages: [1, 1], pause: 0, from: "one" },
  },
  {
    ...DECOY,
    kind: "staff revising",
    says: "goes through 80 to 200 pages of the curriculum in a day, in the site's order",
    ...{ who: "staff", times: 3, days: 2, hour: 9, pages: [80, 200], pause: 200 },
    ...{ from: "curriculum", order: "site" },
  },
];

/** Samples to make detectors on, and those on which the result is computed, once. */
export const TUNING_SEEDS: readonly number[] = [1, 2, 3];
export const RESULT_SEEDS: readonly number[] = [301, 302, 303, 304, 305, 306, 307, 308, 309, 310];
