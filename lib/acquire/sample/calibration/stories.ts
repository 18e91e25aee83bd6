/** Pages opened in a row by one user. */
export interface StoryVisit {
  /** Clock time of the first. */
  at: string;
  rows: number;
  /** Seconds from the first to the last, or rows in each second. */
  lasts: number | readonly number[];
  /** Where it is printed. */
  ip?: string;
}

/** A user's day that stands out. */
export interface StoryDay {
  kind: "scraping" | "one_day_peak";
  userId: number;
  cohortId: number;
  date: string;
  /** Rows of that day, all of the user's. */
  rows: number;
  /** Different pages among them. */
  distinctPages: number;
  visits: readonly StoryVisit[];
}

/**
 * Days of single users that the documents and other published notebooks found.
 *
 * Published: rows of each day; for user 341 the different pages of all three days, the
 * 180 rows from one address within seven seconds, up to 30 of them in one, and the window
 * of that evening; for user 138 the first row's time; for user 313 rows and address
 * (document 003) without a date: the day is inferred from one printed row and that day's
 * traffic. The different pages of the other days and how long they lasted are estimates,
 * after the one scrape of which both are known (334 of 343 rows within an hour).
 */
export const STORY_DAYS: readonly StoryDay[] = [
  {
    kind: "scraping",
    userId: 341,
    cohortId: 29,
    date: "2019-03-03",
    rows: 272,
    distinctPages: 170,
    visits: [
      { at: "21:14:08", rows: 46, lasts: 5_520 },
      { at: "22:52:05", rows: 180, lasts: [22, 23, 30, 25, 30, 25, 25], ip: "204.44.112.76" },
      { at: "22:53:40", rows: 46, lasts: 1_790 },
    ],
  },
  {
    kind: "one_day_peak",
    userId: 341,
    cohortId: 29,
    date: "2020-04-21",
    rows: 109,
    distinctPages: 13,
    visits: [{ at: "13:02:11", rows: 109, lasts: 7_400 }],
  },
  {
    kind: "one_day_peak",
    userId: 341,
    cohortId: 29,
    date: "2020-07-13",
    rows: 52,
    distinctPages: 37,
    visits: [{ at: "20:31:40", rows: 52, lasts: 2_900 }],
  },
  {
    kind: "scraping",
    userId: 313,
    cohortId: 1,
    date: "2018-12-19",
    rows: 225,
    distinctPages: 205,
    visits: [{ at: "19:47:20", rows: 225, lasts: 2_600, ip: "173.173.121.126" }],
  },
  {
    kind: "scraping",
    userId: 138,
    cohortId: 22,
    date: "2018-06-02",
    rows: 198,
    distinctPages: 188,
    visits: [{ at: "15:03:29", rows: 198, lasts: 2_350 }],
  },
  {
    kind: "scraping",
    userId: 526,
    cohortId: 52,
    date: "2019-12-19",
    rows: 192,
    distinctPages: 121,
    visits: [{ at: "18:20:05", rows: 192, lasts: 3_300 }],
  },
  {
    kind: "one_day_peak",
    userId: 658,
    cohortId: 58,
    date: "2020-10-16",
    rows: 179,
    distinctPages: 96,
    visits: [
      { at: "09:04:12", rows: 104, lasts: 9_900 },
      { at: "13:08:51", rows: 75, lasts: 8_800 },
    ],
  },
  {
    kind: "one_day_peak",
    userId: 521,
    cohortId: 52,
    date: "2020-06-05",
    rows: 165,
    distinctPages: 118,
    visits: [
      { at: "10:12:30", rows: 90, lasts: 6_100 },
      { at: "15:40:02", rows: 75, lasts: 4_900 },
    ],
  },
];

/** A row whose page and day are known; of most, not the second. */
export interface StoryRow {
  date: string;
  /** Clock time, or empty where it is made up. */
  time: string;
  userId: number;
  cohortId: number;
  path: string;
}

/**
 * Rows of data-science students on the Java curriculum, paths that begin with `java`:
 * 32 in 2019 (September 11, November 12, December 9; users 476, 467 and 472), the first
 * and the last to the second, and one more, of which only the month and user of a wider
 * published list are known (user 590, May 2020). Published: counts, users, first and last
 * time, and each path's rows of data science. Which path on which day is made up.
 */
export const CROSS_READING: readonly StoryRow[] = crossReading(`
2019-09-23 11:45:09 476 javascript-i
2019-09-23 11:45:41 476 javascript-i/conditionals
2019-09-23 11:47:13 476 javascript-i
2019-09-23 11:52:50 476 javascript-ii
2019-09-24 19:20:14 476 java-i
2019-09-24 19:21:02 476 java-ii
2019-09-24 19:22:30 476 java-ii/object-oriented-programming
2019-09-24 19:31:18 476 java-i/console-io
2019-09-26 20:05:44 467 javascript-i
2019-09-26 20:06:20 467 java-i
2019-09-30 12:31:05 476 javascript-i
2019-11-06 12:20:33 476 javascript-i
2019-11-06 12:21:17 476 javascript-i/bom-and-dom/dom
2019-11-06 12:29:48 476 javascript-ii
2019-11-07 18:44:20 476 java-i
2019-11-07 18:44:58 476 java-ii
2019-11-07 18:51:36 476 java-iii
2019-11-13 19:02:10 467 java-i
2019-11-13 19:03:25 467 java-ii
2019-11-19 12:40:01 472 javascript-i
2019-11-19 12:41:12 472 javascript-ii
2019-11-21 21:15:30 476 java-iii
2019-11-26 12:25:19 476 javascript-i
2019-12-03 12:10:47 476 javascript-i
2019-12-03 12:12:31 476 java-i
2019-12-05 19:36:02 467 java-i
2019-12-05 19:37:40 467 java-ii
2019-12-09 20:11:15 476 java-iii
2019-12-09 20:12:52 476 java-i
2019-12-11 12:33:08 472 javascript-i
2019-12-14 16:44:59 476 javascript-ii
2019-12-14 16:46:24 476 java-iii
2020-05-14 20:18:37 590 javascript-i
`);

function crossReading(text: string): StoryRow[] {
  return text
    .trim()
    .split("\n")
    .map((line) => {
      const [date, time, user, path] = line.split(" ");
      const cohortId = user === "590" ? 55 : 34;
      return { date: date!, time: time!, userId: Number(user), cohortId, path: path! };
    });
}
