/**
 * How user ids follow time: they are given out in the order of first rows.
 *
 * Published: 50 users have their first row on 2018-01-26, then 2, 2, 12 and 7 on the next
 * days; ids up to 787 came by 2020-11-02. Each cohort's first day is published as well
 * (`cohort-activity.ts`), its users in class are counted, and dozens of users are printed
 * with their cohort. Which ids a class took between these is an estimate, but a tight one:
 * almost all ids between two printed ones are needed. It also agrees with the published
 * quartile of ids by rows (269).
 */

/** An id whose first row is on a known day. */
export interface IdOnDay {
  userId: number;
  date: string;
}

/**
 * Ids with the day of their first row. Published: the first five days, and the first days
 * of the cohorts that ended before the log starts; which id came first in these is a guess.
 */
export const IDS_ON_DAYS: readonly IdOnDay[] = `
1 2018-01-26
50 2018-01-26
51 2018-01-27
52 2018-01-27
53 2018-01-28
54 2018-01-28
55 2018-01-29
66 2018-01-29
67 2018-01-30
73 2018-01-30
76 2018-01-31
84 2018-02-04
93 2018-02-13
94 2018-02-15
95 2018-02-15
145 2018-03-19
147 2018-03-22
161 2018-05-07
282 2018-10-16
313 2018-12-10
349 2019-02-04
365 2019-02-04
369 2019-02-11
429 2019-06-24
649 2020-05-06
713 2020-07-20
729 2020-07-20
735 2020-07-21
743 2020-08-03
787 2020-10-30
950 2021-03-22
981 2021-04-15
`
  .trim()
  .split("\n")
  .map((line) => {
    const [userId, date] = line.split(" ");
    return { userId: Number(userId), date: date! };
  });

/** A class that begins while the log runs, and the ids that its members took. */
export interface NewClass {
  cohortId: number;
  /** Members in class whose first row is in this class; the first one's on its first day. */
  ids: readonly number[];
  /** The last id that came on the first day lies between these two. */
  dayOneThrough: readonly [number, number];
}

/**
 * Columns: cohort, bounds of the last id of the first day, ids. Transfers, users with rows
 * before and cohorts 137 and 138, who began on one day, are told apart in `seat-plan.ts`.
 */
export const NEW_CLASSES: readonly NewClass[] = `
23 131 138 113-117 119-136 139-143
24 190 195 167-175 177-200
25 238 242 222-246 249
26 272 277 262-281
27 300 304 284-307 309-310 315
29 340 344 324-348
31 383 387 371 373-374 376-396 398-399
32 418 422 405 407-418 420-426
33 449 455 432-460
34 477 480 463-481
51 500 504 484-501 503-508
52 539 540 515-541
53 572 573 547-574
55 591 595 578-591 593-597
56 619 619 598-617 619
57 640 645 621-629 631-648
58 669 672 650-651 654-674
59 697 700 676-703
61 729 729 704-712 730 732-735 737 739-741 743 746-747
62 771 776 748-780
132 803 807 788-809 812
134 829 831 817-832 850-852
133 845 847 833-849
135 877 882 856-885 889
138 940 940 892 895 918 940-941 950
139 972 977 955-979 981
`
  .trim()
  .split("\n")
  .map((line) => {
    const [cohortId, from, to, ...ranges] = line.split(" ");
    return {
      cohortId: Number(cohortId),
      ids: ranges.flatMap(idRange),
      dayOneThrough: [Number(from), Number(to)] as const,
    };
  });

/** Ids of which some were in a class, seeded which: so many of each of two cohorts. */
export interface MixedIds {
  ids: readonly number[];
  /** Cohort and how many of the ids are in its class. */
  classes: readonly (readonly [cohortId: number, count: number])[];
}

/**
 * Who was in class when the log starts (Sequoia and Teddy), and the two classes of
 * 2021-03-15. The counts add up to the published users in class with those that are known.
 */
export const MIXED_IDS: readonly MixedIds[] = [
  {
    ids: ids("4-5 7-10 12-17 19-23 25 27-36 38-39 42-47"),
    classes: [
      [22, 22],
      [21, 9],
    ],
  },
  {
    ids: ids("51-52 55-57 60 65 67-71"),
    classes: [
      [22, 3],
      [21, 5],
    ],
  },
  {
    ids: ids("75 77 80-83"),
    classes: [
      [22, 2],
      [21, 3],
    ],
  },
  { ids: ids("85 87 90-93"), classes: [[22, 1]] },
  {
    ids: ids("897-917 919-939 942-949"),
    classes: [
      [138, 31],
      [137, 19],
    ],
  },
];

function ids(text: string): number[] {
  return text.split(" ").flatMap(idRange);
}

function idRange(text: string): number[] {
  const [from, to] = text.split("-").map(Number);
  return Array.from({ length: (to ?? from!) - from! + 1 }, (_, i) => from! + i);
}
