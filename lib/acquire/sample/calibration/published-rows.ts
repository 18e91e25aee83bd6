import { clockSeconds, isoDay } from "../days/log-days";

/** A row of the log that is known word for word. */
export interface PublishedRow {
  day: number;
  second: number;
  path: string | null;
  userId: number;
  /** 0 for none. */
  cohortId: number;
  ip: string;
}

/**
 * Rows printed in the source documents: the first nine (document 000 and others), the
 * last five, the only row without a path, first and last rows without a cohort (document
 * 000), and the first of data science (document 002). Of the last row only the time is printed,
 * and of the one without a path the address is not repeated here: the rest is made up.
 *
 * Columns: date, time, path (- for none), user, cohort, address. In order of importance.
 */
export const PUBLISHED_ROWS: readonly PublishedRow[] = `
2018-01-26 09:55:03 / 1 8 97.105.19.61
2021-04-21 16:44:39 jquery/personal-site 64 28 71.150.217.33
2020-04-08 09:25:18 - 586 55 198.18.0.1
2018-01-26 09:56:02 java-ii 1 8 97.105.19.61
2018-01-26 09:56:05 java-ii/object-oriented-programming 1 8 97.105.19.61
2018-01-26 09:56:06 slides/object_oriented_programming 1 8 97.105.19.61
2018-01-26 09:56:24 javascript-i/conditionals 2 22 97.105.19.61
2018-01-26 09:56:41 javascript-i/loops 2 22 97.105.19.61
2018-01-26 09:56:46 javascript-i/conditionals 3 22 97.105.19.61
2018-01-26 09:56:48 javascript-i/functions 3 22 97.105.19.61
2018-01-26 09:56:59 javascript-i/loops 2 22 97.105.19.61
2021-04-21 16:41:51 jquery/personal-site 64 28 71.150.217.33
2021-04-21 16:42:02 jquery/mapbox-api 64 28 71.150.217.33
2021-04-21 16:42:09 jquery/ajax/weather-map 64 28 71.150.217.33
2021-04-21 16:44:37 anomaly-detection/discrete-probabilistic-methods 744 28 24.160.137.86
2018-01-26 16:46:16 / 48 0 97.105.19.61
2018-01-26 16:46:24 spring/extra-features/form-validation 48 0 97.105.19.61
2018-01-26 17:54:24 / 48 0 97.105.19.61
2018-01-26 18:32:03 / 48 0 97.105.19.61
2018-01-26 18:32:17 mysql/relationships/joins 48 0 97.105.19.61
2021-04-21 12:49:00 javascript-ii 717 0 136.50.102.126
2021-04-21 12:49:02 javascript-ii/es6 717 0 136.50.102.126
2021-04-21 12:51:27 javascript-ii/map-filter-reduce 717 0 136.50.102.126
2021-04-21 12:52:37 javascript-ii/promises 717 0 136.50.102.126
2019-08-20 09:40:28 3-sql/1-mysql-overview 470 34 97.105.19.58
2019-08-20 09:40:30 2-storytelling/bad-charts 467 34 97.105.19.58
2019-08-20 09:40:30 2-storytelling/misleading1_baseball.jpg 467 34 97.105.19.58
2019-08-20 09:40:30 2-storytelling/misleading1_fox.jpg 467 34 97.105.19.58
2019-08-20 09:40:30 2-storytelling/misleading3_deaths.jpg 467 34 97.105.19.58
`
  .trim()
  .split("\n")
  .map((line) => {
    const [date, clock, path, user, cohort, ip] = line.split(" ");
    return {
      day: isoDay(date!),
      second: clockSeconds(clock!),
      path: path === "-" ? null : path!,
      userId: Number(user),
      cohortId: Number(cohort),
      ip: ip!,
    };
  });

/** Day of the row without a path, which the published daily totals leave out. */
export const NULL_PATH_DAY = isoDay("2020-04-08");
/** Clock times of the log's first and last row, in seconds. */
export const FIRST_SECOND = clockSeconds("09:55:03");
export const LAST_SECOND = clockSeconds("16:44:39");
