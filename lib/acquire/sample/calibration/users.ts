/** Distinct users in the log; their ids are 1 to 981. */
export const USER_COUNT = 981;

const ids = (text: string) => text.trim().split(/\s+/).map(Number);

/** The 78 users that have rows without a cohort. Source: published list. */
export const COHORTLESS_USERS: readonly number[] = ids(`
48 54 58 59 61 62 63 64 73 74 78 79 86 88 89 100 103 111 137 166 176 213 247 317 346 349 350 351
352 353 354 355 356 357 358 359 360 361 362 363 364 365 366 367 368 369 372 375 403 406 429 544
644 663 713 714 715 716 717 718 719 720 721 722 723 724 725 726 727 728 729 731 736 744 782 810
814 815
`);

/** Those of them that have rows with a cohort as well (seven published, 744 printed). */
export const ALSO_WITH_COHORT: readonly number[] = [64, 88, 346, 358, 375, 644, 663, 744];

/** Rows without a cohort of single users. Source: published tops, bottoms and claims. */
export const COHORTLESS_ROWS: ReadonlyMap<number, number> = pairs(`
64:1000 354:2965 736:2358 363:2248 716:2136 368:2085 355:1436 369:447 429:460 644:6 663:4 62:4 89:3 176:3
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
 * are published, the cohort is a guess among those that fit; how user 64's rows divide
 * between cohort 1 and none is one as well.
 *
 * Columns: user, cohort, rows (- where unknown).
 */
export const KNOWN_MEMBERS: readonly KnownMember[] = `
1 8 1617
2 22 -
3 22 -
11 1 2735
53 14 8197
64 1 2792
64 52 25
314 17 3166
37 18 -
88 7 326
88 11 5
88 12 9
118 17 -
118 21 -
138 22 1264
143 25 -
143 34 -
146 14 -
148 13 -
211 19 1065
248 17 48
257 17 -
268 26 -
268 34 -
312 17 -
313 1 -
341 29 1581
346 21 49
346 29 1470
419 19 -
419 51 -
428 17 78
467 34 -
472 34 -
476 34 -
480 34 -
513 19 -
521 52 1964
526 52 1225
581 55 3473
586 55 -
658 58 -
704 61 -
804 132 -
895 133 -
895 137 -
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

/** `id:count` pairs as a map. */
function pairs(text: string): ReadonlyMap<number, number> {
  return new Map(
    text
      .trim()
      .split(/\s+/)
      .map((pair) => {
        const [id, count] = pair.split(":");
        return [Number(id), Number(count)];
      }),
  );
}
