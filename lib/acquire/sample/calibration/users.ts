import { pairs } from "./pairs";

/** Distinct users in the log; their ids are 1 to 981. */
export const USER_COUNT = 981;

const ids = (text: string) => text.trim().split(/\s+/).map(Number);

/** The 78 users that have rows without a cohort, by id. Source: published list. */
export const COHORTLESS_USERS: readonly number[] = ids(`
48 54 58 59 61 62 63 64 73 74 78 79 86 88 89 100 103 111 137 166 176 213 247 317 346 349 350 351
352 353 354 355 356 357 358 359 360 361 362 363 364 365 366 367 368 369 372 375 403 406 429 544
644 663 713 714 715 716 717 718 719 720 721 722 723 724 725 726 727 728 729 731 736 744 782 810
814 815
`);

/**
 * Rows without a cohort of single users. Source: published tops, bottoms and claims; 64 and
 * 346 as far as their other rows leave them.
 */
export const COHORTLESS_ROWS: ReadonlyMap<number, number> = pairs(`
64:1000 346:1663 354:2965 736:2358 363:2248 716:2136 368:2085 355:1436 369:447 429:460 644:6 663:4
62:4 89:3 176:3
`);

/** Rows of the 51 users of cohort 28, Staff: 84,031. Source: published list. */
export const STAFF_ROWS: ReadonlyMap<number, number> = pairs(`
1:5787 11:15178 37:374 40:66 41:204 53:4132 64:12530 146:1216 148:26 211:3162 248:5027 257:160
308:151 312:131 314:4617 315:2042 370:54 397:305 404:1668 428:5819 430:981 461:11 480:1256
502:357 513:132 514:2073 521:1088 539:84 545:3528 546:2585 572:390 581:2961 592:1 618:318 620:58
630:253 652:1 653:117 738:128 742:1507 744:651 745:46 813:49 816:1527 854:131 855:47 893:402
894:29 951:583 953:85 980:3
`);

/** A user known to be in a cohort; `rows` where the published totals tell it. */
export interface KnownMember {
  userId: number;
  cohortId: number;
  rows?: number;
}

/**
 * Users whose cohort is printed somewhere, Staff aside. Rows are published or are the
 * user's total less the rows as Staff. Where only the programs of a user with several
 * are published (37, 118, 143, 146, 148, 211, 248, 257, 268, 312, 419, 428, 480, 513, 895),
 * the cohort is a guess among those that fit ids and days; so is the Java cohort of 40, 41,
 * 308 and 315, who are Staff as well, and of 344, 358, 375, 423, 485, 495, 524, 555, 566,
 * 570, 595, 644, 671, 685 and 760, whom only their id places; how user 64's rows divide
 * between cohort 1 and none is one as well. The first user of each cohort that had ended
 * is a guess too.
 *
 * Columns: user, cohort, rows (- where unknown).
 */
export const KNOWN_MEMBERS: readonly KnownMember[] = `
1 8 1617
2 22 -
3 22 -
6 21 -
11 1 2735
18 16 -
24 21 26
26 18 -
37 19 -
40 18 -
41 21 28
49 21 25
50 13 -
53 14 8197
64 1 2792
64 52 25
72 15 -
76 7 -
84 4 4
88 7 326
88 11 5
88 12 9
94 12 -
95 17 -
118 17 -
118 18 -
138 22 1264
143 23 -
143 34 -
145 2 -
146 14 -
147 9 5
148 13 -
161 11 -
211 19 1065
248 17 48
257 17 -
268 26 -
268 34 -
282 6 -
308 23 -
312 17 -
313 1 -
314 17 3166
315 27 2468
341 29 1581
344 29 5460
346 21 49
346 29 1470
358 34 -
375 31 -
419 19 -
419 51 -
423 32 3804
428 17 78
467 34 -
470 34 -
472 34 -
476 34 -
480 34 -
481 34 -
485 51 3268
495 51 6451
513 19 -
521 52 1964
524 52 3512
526 52 1225
539 52 5
555 53 3687
566 53 3163
570 53 4584
572 53 12
581 55 3473
586 55 -
590 55 -
595 55 3050
644 57 -
649 5 1
658 58 -
663 58 -
663 134 -
671 58 3241
685 59 3522
704 61 -
707 61 -
757 62 -
760 62 3019
804 132 -
812 132 7
889 135 16
895 137 -
895 138 -
896 137 -
918 138 1
940 138 1
941 138 12
`
  .trim()
  .split("\n")
  .map((line) => {
    const [userId, cohortId, rows] = line.split(" ");
    return {
      userId: Number(userId),
      cohortId: Number(cohortId),
      rows: rows === "-" ? undefined : Number(rows),
    };
  });

/**
 * Rows after the end of class of users whose rows in a cohort are known. Estimates, but that
 * 344 has the most rows in class, 4,763; that 521 read 165 pages on a day after the end, 138
 * 198 and 341 161 on two.
 */
export const ROWS_AFTER_CLASS: ReadonlyMap<number, number> = pairs(`
138:564 315:168 341:261 344:697 346:70 423:800 485:600 495:4751 521:400 524:250 526:100 555:400
566:300 570:1000 581:1000 595:700 671:150 685:400 760:40
`);

/**
 * Users with the most rows in the whole log, rows with a path. Source: published list. No
 * other user has more than the last.
 */
export const TOP_USERS: ReadonlyMap<number, number> = pairs(`
11:17913 64:16347 53:12329 314:7783 1:7404 495:6451 581:6434 428:5897 344:5460 248:5075 570:4584
315:4510 211:4227 423:3804 555:3687 545:3528 685:3522 524:3512 485:3268 671:3241 346:3182 566:3163
521:3052 595:3050 760:3019
`);

/** Users with a single row. Source: published list. */
export const SINGLE_ROW_USERS: readonly number[] = ids(
  "66 163 165 212 592 619 649 652 879 918 940 952",
);

/**
 * Rows, by inclusive dates of class and without Staff, of all users under 50. Source:
 * published list.
 */
export const HARDLY_IN_CLASS: ReadonlyMap<number, number> = pairs(`
24:26 41:28 49:25 278:4 340:18 371:42 388:8 487:17 529:36 539:5 572:12 64:25 619:1 679:11 697:13
772:26 812:7 832:3 879:1 889:16 918:1 940:1 941:12 956:6 959:41 960:48 961:20 963:18 964:44 967:40
968:17 971:44 972:34 973:35 976:29 981:42
`);

/**
 * Of these, rows on the first day of class. Published: 956 and 679, who have 5 and 3 by
 * strict dates, and 539, 619, 918 and 940, who have none; of the three others that strict
 * dates leave out (724 users for 731) the guess is 64, 572 and 697.
 */
export const HARDLY_ON_FIRST_DAY: ReadonlyMap<number, number> = pairs(
  "64:25 539:5 572:12 619:1 679:8 697:13 918:1 940:1 956:1",
);

/** Who left class early (document 003), by cohort; user 663 twice. */
export const DROPPED_OUT: readonly { userId: number; cohortId: number }[] = [
  { userId: 268, cohortId: 26 },
  { userId: 663, cohortId: 58 },
  { userId: 663, cohortId: 134 },
  { userId: 707, cohortId: 61 },
  { userId: 757, cohortId: 62 },
];

/** In class all the time and hardly reading (document 003), yet above 50 rows. */
export const QUIET_IN_CLASS: ReadonlyMap<number, number> = pairs("704:64");

/**
 * Rows that a user must have at least for what else is printed of them: many addresses,
 * a day with many rows (313, 658), rows from one address (727), the log's first days (48,
 * 58, 61, 63, 73).
 * In class, or without a cohort. Below what they have, as far as that is known.
 */
export const AT_LEAST_ROWS: ReadonlyMap<number, number> = pairs(`
48:110 58:40 61:40 63:30 73:40 111:120 127:600 226:700 228:1250 304:400 313:330 337:500 460:700
467:200
472:200 476:450 481:200 530:800 533:900 580:400 586:200 590:650 658:500 690:800 717:300
727:1780 804:400 843:850
`);

/** Users whose rows lie in a range, and values that some of them must have. */
export interface RowBand {
  users: number;
  from: number;
  upTo: number;
  exactly: readonly number[];
}

/**
 * Bands of rows in the whole log (rows with a path): the published quartiles are 187, 692 and
 * 1,297, and 259 users have fewer than 200 rows. The last band's bound is that of all but the
 * published 25.
 *
 * All published totals of users can hold at once. Not met, and near in all seeds: the mean of
 * ids by rows (458.8; here about 459) and its quartiles (269, 475, 660; 270, 470, 659), and
 * the rows of the 53 users whose ids are ids of cohorts (73,739; about 70,000).
 */
export const ALL_ROW_BANDS: readonly RowBand[] = [
  { users: 246, from: 1, upTo: 187, exactly: [187] },
  { users: 13, from: 188, upTo: 199, exactly: [] },
  { users: 232, from: 200, upTo: 692, exactly: [692] },
  { users: 245, from: 693, upTo: 1_297, exactly: [1_297] },
  { users: 245, from: 1_298, upTo: 3_018, exactly: [] },
];

/**
 * The same of rows in class, by timestamp and without Staff: quartiles 391.5, 795 and 1,235.5.
 * Fewer than 50 rows are only in `HARDLY_IN_CLASS`, which is by date; both rules count 731
 * users, so these users are taken to have no row on the last day.
 */
export const CLASS_ROW_BANDS: readonly RowBand[] = [
  { users: 183, from: 50, upTo: 391, exactly: [391] },
  { users: 183, from: 392, upTo: 795, exactly: [392, 795] },
  { users: 182, from: 796, upTo: 1_235, exactly: [1_235] },
  { users: 183, from: 1_236, upTo: 2_900, exactly: [1_236] },
];

/** Standard deviation (n - 1) of rows per user, of these two. Source: published. */
export const ROWS_PER_USER = {
  all: { users: 981, rows: 900_222, sd: 1_208.871322 },
  inClass: { users: 731, rows: 647_198, sd: 646.913009 },
} as const;
