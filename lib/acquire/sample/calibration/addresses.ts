import { pairs } from "./pairs";

/** The campus' address, while class was held there. */
export interface CampusPeriod {
  ip: string;
  from: string;
  /** Last day. */
  to: string;
}

/** Source: published first and last lesson rows of the two addresses. */
export const CAMPUS: readonly CampusPeriod[] = [
  { ip: "97.105.19.61", from: "2018-01-26", to: "2018-07-13" },
  { ip: "97.105.19.58", from: "2018-07-16", to: "2020-03-23" },
];

/** Share of visits that come from the campus on a weekday between eight and six; estimated. */
export const ON_CAMPUS = { class: 0.94, staff: 0.75, graduate: 0.1 } as const;

/** Users whose home address is printed in the source documents. */
export const KNOWN_HOMES: ReadonlyMap<number, string> = new Map([
  [64, "71.150.217.33"],
  [111, "67.11.134.242"],
  [313, "173.173.121.126"],
  [717, "136.50.102.126"],
  [744, "24.160.137.86"],
]);

/**
 * How many addresses a user has, at equal steps of probability. Source: published
 * quartiles 2 and 9, few users over 30, the highest 148; 5,531 addresses in all.
 */
export const ADDRESSES_PER_USER: readonly number[] = [
  1, 1, 1, 2, 2, 2, 2, 3, 3, 4, 4, 5, 5, 6, 8, 9, 10, 12, 15, 22, 60,
];

/**
 * Rows of the campus' two addresses by cohort. Source: published by a notebook that calls
 * them rows of lessons, but they sum to all joined rows of each address: 60,530 and 268,648.
 *
 * Columns: cohort id, rows; in the order of `CAMPUS`.
 */
export const CAMPUS_ROWS: readonly ReadonlyMap<number, number>[] = [
  pairs("23:20342 22:20191 24:10218 1:3924 14:2307 21:1812 8:1016 18:345 16:324 13:31 19:20"),
  pairs(`
33:26953 29:24141 28:23593 51:21503 32:20763 26:20418 52:17470 31:17423 25:17394 34:16975
24:16267 27:15868 53:11888 55:5189 14:4436 1:3649 17:2628 21:1048 23:367 8:338 16:99 7:86
15:78 19:35 18:17 57:13 22:9
`),
];

/** Rows of the two addresses without a cohort: 61,662 and 284,579 in all. Source: published. */
export const CAMPUS_ROWS_WITHOUT_COHORT: readonly number[] = [1_132, 15_931];

/**
 * Rows of the two addresses after midnight of the cohort's end date: of the published
 * 200,132 rows after the end, 152,136 are left without program 4 (5 rows) and without
 * 97.105.19.*. A few rows of other addresses of that network, in 2021, are left out here:
 * 22, as other published counts tell (847,330 - 5 - 518,125 joined rows off the network).
 */
export const CAMPUS_ROWS_AFTER_END = 47_991;

/** Times within which the two addresses were seen. Source: published first and last rows. */
export const CAMPUS_SECONDS: readonly { first: string; last: string }[] = [
  { first: "09:55:03", last: "16:44:26" },
  { first: "07:51:57", last: "15:10:07" },
];

/**
 * Two office networks that many read from. Source: published rows, users and cohorts of
 * 192.171.x.x and 12.106.x.x. Their real addresses are not published in full.
 */
export const OFFICE = {
  joined: 9_124,
  withoutCohort: 391,
  weekend: 2_496,
  users: 306,
  /** Different cohort values, none included. */
  cohorts: 32,
  /** Users without a cohort among them; estimated. */
  usersWithoutCohort: 20,
} as const;

/**
 * The second one came into use when Apex began, a cohort that is never seen on campus.
 * Weeks by their first day; what the three published weeks leave is spread around them.
 */
export const SECOND_OFFICE = {
  joined: 4_343,
  withoutCohort: 17,
  cohortId: 56,
  weeks: [
    { from: "2020-02-24", rows: 954 },
    { from: "2020-03-02", rows: 1_369 },
    { from: "2020-03-09", rows: 989 },
  ],
  restFrom: "2020-01-06",
  restTo: "2020-12-18",
} as const;

/**
 * Different addresses. Source: published; of the pairs it is not said of which rows they
 * are. They are taken to be of joined rows, as the counts per user printed with them: a
 * shape with those quartiles and tops sums to about as many.
 */
export const ADDRESS_COUNTS = {
  all: 5_531,
  joined: 5_200,
  dataScience: 990,
  staff: 318,
  withoutCohort: 413,
  /** Pairs of address and user. */
  pairs: 7_535,
  /** In rows up to 2020-11-02. */
  upToSnapshot: 4_339,
  weekend: 2_181,
} as const;

/** Addresses of single users in joined rows; 64: 32 to 34. Source: published top and claims. */
export const USER_ADDRESSES: ReadonlyMap<number, number> = pairs(`
228:148 843:126 533:92 690:88 530:86 226:83 460:82 590:75 127:67 337:57 570:52 314:49 580:42
304:42 315:42 64:33 341:6
`);

/** The same in rows without a cohort. */
export const USER_ADDRESSES_WITHOUT_COHORT: ReadonlyMap<number, number> = pairs(
  "111:29 354:12 429:16 369:6 355:14",
);

/**
 * How many of the 894 other users with a cohort have so many addresses. Together with
 * those above they sum to 7,535 and have the published quartiles (2 and 9: the 228th,
 * 229th, 683rd and 684th of 911), 29 users with 30 or more, 55 over 23 and 75 over 20.
 * The rest of the shape is an estimate.
 */
export const USERS_PER_ADDRESSES: ReadonlyMap<number, number> = pairs(`
1:88 2:157 3:78 4:76 5:73 6:66 7:64 8:59 9:42 10:22 11:20 12:17 13:15 14:13 15:11 16:9 17:8
18:6 19:6 20:5 21:7 22:7 23:6 24:5 25:5 26:5 27:4 28:4 29:3 30:1 31:2 32:1 33:1 34:1 35:1 36:1
37:1 38:1 39:1 40:1 41:1
`);

/**
 * Rows of the most used addresses after the campus and the offices; the first two are
 * homes of users 64 and 11. Source: published; no other address has more than the last.
 */
export const TOP_HOMES: readonly { rows: number; userId?: number }[] = [
  { rows: 6_791, userId: 64 },
  { rows: 4_754, userId: 11 },
  ...[4_181, 4_117, 3_843, 3_511, 3_491, 3_232, 3_115, 2_939, 2_711, 2_655, 2_645, 2_612].map(
    (rows) => ({ rows }),
  ),
  { rows: 2_599 },
  { rows: 2_570 },
];

/**
 * Rows of user 341 by address: campus, office, and the first homes in order of time, so
 * that the second is the one of 2019-03-03. Published without exact repetitions (677, 3,
 * 25 and 232, then 457): the seven rows that makes missing are spread in proportion.
 */
export const SCRAPER_ADDRESSES = { userId: 341, campus: 680, office: 3, homes: [26, 233] } as const;
