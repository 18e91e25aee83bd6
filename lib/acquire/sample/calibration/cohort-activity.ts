import { isoDay } from "../days/log-days";

/** How much a cohort read, and when it began to. */
export interface CohortActivity {
  cohortId: number;
  /** Rows in the whole log. */
  rows: number;
  /** Of these, rows after midnight of the cohort's `end_date`. */
  rowsAfterEnd: number;
  /** Distinct users. */
  users: number;
  /** Days with at least one row. */
  activeDays: number;
  /** Day of the first row, counted from the log's first day. */
  firstDay: number;
  /** Distinct users with rows in class, both dates of it included. */
  usersInClass: number;
}

/**
 * The 47 cohorts that have rows: 847,330 in all.
 *
 * Columns: cohort id, rows, rows after the end, users, days with rows, first access,
 * users in class.
 * Sources: rows from document 000; the others published by notebooks on the same
 * version of the log (rows after the end by timestamp, 200,132 in all; users sum to
 * 952 pairs of user and cohort, users in class to 739). Cohorts still in class when the log
 * ends have no rows after their end.
 */
export const COHORT_ACTIVITY: readonly CohortActivity[] = `
1 8890 8890 18 278 2018-01-26 0
2 93 93 3 12 2018-03-19 0
4 4 4 1 1 2018-02-04 0
5 1 1 1 1 2020-05-06 0
6 72 72 2 12 2018-10-16 0
7 598 598 6 46 2018-01-31 0
8 1712 1712 5 162 2018-01-26 0
9 5 5 1 1 2018-03-22 0
11 253 253 5 18 2018-05-07 0
12 302 302 5 14 2018-02-15 0
13 2845 2845 10 247 2018-01-26 0
14 9587 9587 13 532 2018-01-28 0
15 691 691 5 53 2018-01-30 0
16 755 755 8 119 2018-01-26 0
17 4954 4954 14 309 2018-02-15 0
18 2158 2158 14 217 2018-01-26 0
19 1237 1237 17 138 2018-01-26 0
21 7444 5266 28 422 2018-01-26 21
22 30926 5646 35 586 2018-01-26 31
23 28534 4446 33 553 2018-03-05 28
24 35636 3299 34 432 2018-05-29 33
25 25586 1527 26 273 2018-07-23 26
26 27749 5241 20 440 2018-09-17 20
27 20743 1488 29 305 2018-11-05 27
28 84031 84031 51 810 2018-12-06 0
29 38096 4254 25 469 2019-01-22 25
31 25359 4245 28 447 2019-03-18 27
32 29356 3420 22 430 2019-05-29 20
33 40730 4964 29 466 2019-07-15 29
34 26538 4725 23 512 2019-08-20 22
51 32888 8089 27 483 2019-09-16 25
52 28033 2331 28 394 2019-11-04 28
53 36902 3505 29 356 2020-01-13 28
55 21582 3638 21 372 2020-02-03 19
56 33568 4927 24 386 2020-02-24 21
57 33844 4406 29 330 2020-03-23 28
58 29855 1342 23 277 2020-05-26 23
59 32015 3181 29 277 2020-07-13 28
61 17713 1342 23 252 2020-07-20 22
62 37109 662 33 213 2020-09-21 33
132 23691 0 23 169 2020-11-03 23
133 14715 0 17 135 2020-12-08 17
134 16623 0 20 135 2020-12-07 20
135 16397 0 31 86 2021-01-26 31
137 8562 0 21 38 2021-03-15 21
138 7276 0 37 38 2021-03-15 37
139 1672 0 26 10 2021-04-12 26
`
  .trim()
  .split("\n")
  .map((line) => {
    const [cohortId, rows, rowsAfterEnd, users, activeDays, first, inClass] = line.split(" ");
    return {
      cohortId: Number(cohortId),
      rows: Number(rows),
      rowsAfterEnd: Number(rowsAfterEnd),
      users: Number(users),
      activeDays: Number(activeDays),
      firstDay: isoDay(first!),
      usersInClass: Number(inClass),
    };
  });

/** A set of users whose rows have no cohort, though they came to class like one. */
export interface CohortlessActivity {
  name: string;
  rows: number;
  rowsAfterEnd: number;
  activeDays: number;
  /** First day with rows, and the day that the class ended. */
  from: string;
  to: string;
}

/**
 * The 52,893 rows without a cohort, by when their users came.
 *
 * Only the total is published. The parts are an estimate: users 349 to 369 came when the
 * data-science cohort Ada was in class and read its pages, users 713 to 736 when the
 * Java cohort Io was, and neither cohort has a row of its own; the rest are a few early
 * users. The sizes follow the published totals of single users.
 */
export const COHORTLESS: readonly CohortlessActivity[] = [
  {
    name: "early",
    rows: 4_500,
    rowsAfterEnd: 1_350,
    activeDays: 420,
    from: "2018-01-26",
    to: "2018-12-06",
  },
  {
    name: "as Ada",
    rows: 22_500,
    rowsAfterEnd: 4_500,
    activeDays: 420,
    from: "2019-02-04",
    to: "2019-06-16",
  },
  {
    name: "as Io",
    rows: 25_893,
    rowsAfterEnd: 2_393,
    activeDays: 250,
    from: "2020-07-20",
    to: "2021-01-21",
  },
];
