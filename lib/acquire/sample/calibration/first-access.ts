import { clockSeconds } from "../days/log-days";

/**
 * Clock time, in seconds, of each cohort's first row, by cohort id (its day is in
 * `cohort-activity.ts`), and at 0 that of the first row without a cohort, on the log's
 * first day. Source: published list of first accesses; of Staff the first row with that
 * cohort.
 */
export const FIRST_ACCESS: ReadonlyMap<number, number> = new Map(
  `
0 2018-01-26 16:46:16
1 2018-01-26 10:14:47
2 2018-03-19 03:09:52
4 2018-02-04 11:21:38
5 2020-05-06 19:06:32
6 2018-10-16 03:56:59
7 2018-01-31 19:09:55
8 2018-01-26 09:55:03
9 2018-03-22 19:01:49
11 2018-05-07 20:12:30
12 2018-02-15 19:51:45
13 2018-01-26 21:42:26
14 2018-01-28 18:48:19
15 2018-01-30 17:40:15
16 2018-01-26 10:59:02
17 2018-02-15 20:26:49
18 2018-01-26 11:36:27
19 2018-01-26 12:37:53
21 2018-01-26 10:08:22
22 2018-01-26 09:56:24
23 2018-03-05 14:22:48
24 2018-05-29 14:42:38
25 2018-07-23 13:51:26
26 2018-09-17 14:12:28
27 2018-11-05 14:03:58
28 2018-12-06 14:15:29
29 2019-01-22 15:09:54
31 2019-03-18 16:01:40
32 2019-05-29 09:48:59
33 2019-07-15 15:39:34
34 2019-08-20 09:39:58
51 2019-09-16 15:45:32
52 2019-11-04 16:03:34
53 2020-01-13 16:00:03
55 2020-02-03 15:39:34
56 2020-02-24 15:23:42
57 2020-03-23 14:10:17
58 2020-05-26 16:21:50
59 2020-07-13 14:34:44
61 2020-07-20 14:05:55
62 2020-09-21 14:20:32
132 2020-11-03 09:06:55
133 2020-12-08 10:49:37
134 2020-12-07 14:15:16
135 2021-01-26 12:18:36
137 2021-03-15 15:22:48
138 2021-03-15 15:22:31
139 2021-04-12 16:44:17
`
    .trim()
    .split("\n")
    .map((line) => {
      const [cohortId, , clock] = line.split(" ");
      return [Number(cohortId), clockSeconds(clock!)];
    }),
);

/** The user with the first row without a cohort. */
export const FIRST_WITHOUT_COHORT = 48;
/** Last row without a cohort: of the earlier version of the log, and of all. */
export const LAST_WITHOUT_COHORT = { snapshot: "16:30:49", all: "12:56:26" } as const;
