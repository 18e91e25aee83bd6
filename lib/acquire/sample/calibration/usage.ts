/** One of the APIs of the user-grouping case. */
export interface ApiUsage {
  type: string;
  /** Users who call it. */
  users: number;
  /** Mean calls per day of use, over its users: at equal steps of probability, 0 to 1. */
  callsPerDay: readonly number[];
  /** How many times likelier than others its users are to come on many days. */
  loyalty: number;
  /** How many times likelier a first day is before 2021-09-21 and after 2021-11-10. */
  early: number;
  late: number;
}

/**
 * The five APIs. Source: counts and quantiles of the case's own data, rounded; they are
 * skewed as there: most users call a few times, some hundreds of thousands.
 */
export const APIS: readonly ApiUsage[] = [
  {
    type: "analysis",
    users: 106,
    callsPerDay: [
      1, 1, 2, 2, 2, 2, 2, 2, 3, 4, 6, 12, 19, 33, 45, 88, 180, 250, 690, 2_300, 65_000,
    ],
    loyalty: 0.8,
    early: 1,
    late: 4,
  },
  {
    type: "context",
    users: 90,
    callsPerDay: [1, 1, 1, 1, 1, 1, 1, 1.5, 2, 2, 2, 2.2, 3, 4, 6, 10, 16, 81, 810, 5_000, 200_000],
    loyalty: 2.5,
    early: 1,
    late: 3,
  },
  {
    type: "gnql",
    users: 554,
    callsPerDay: [
      1, 2, 2, 3, 3, 3.8, 4, 4.6, 5.7, 6, 7.5, 8.5, 10, 11, 14, 16, 20, 24, 33, 52, 500,
    ],
    loyalty: 1,
    early: 1,
    late: 4,
  },
  {
    type: "noise_quick",
    users: 21,
    callsPerDay: [
      1, 1, 2, 2, 2.6, 2.7, 3, 3, 3, 3, 7, 20, 28, 170, 560, 1_100, 12_000, 25_000, 43_000, 510_000,
      710_000,
    ],
    loyalty: 4,
    early: 1,
    late: 1.5,
  },
  {
    type: "riot",
    users: 141,
    callsPerDay: [1, 1, 1, 1, 1, 1, 1, 1.3, 1.7, 1.8, 2, 2, 2, 2.8, 3, 4, 4.5, 5.3, 10, 66, 32_000],
    loyalty: 1.3,
    early: 8,
    late: 1.5,
  },
];

/** Users who call one API, two, three, four, all five: 611 users, 912 pairs. */
export const USERS_BY_APIS: readonly number[] = [385, 172, 37, 13, 4];

/**
 * Days of use per user and API, and how many pairs have as many: more than half come once.
 * Smoothed.
 */
export const DAYS_OF_USE: readonly (readonly [days: number, pairs: number])[] = [
  [1, 497],
  [2, 144],
  [3, 71],
  [4, 35],
  [5, 24],
  [6, 19],
  [7, 14],
  [8, 13],
  [9, 9],
  [10, 7],
  [11, 6],
  [12, 7],
  [13, 6],
  [14, 6],
  [15, 7],
  [16, 8],
  [17, 5],
  [18, 4],
  [20, 6],
  [22, 4],
  [25, 4],
  [28, 3],
  [31, 3],
  [34, 2],
  [40, 2],
  [44, 1],
  [71, 1],
  [88, 1],
  [97, 1],
  [112, 2],
];

/** A day's calls against the pair's mean, at equal steps of probability. */
export const DAY_TO_MEAN: readonly number[] = [
  0.02, 0.2, 0.36, 0.47, 0.59, 0.74, 0.94, 1.08, 1.37, 2.03, 6,
];

/** Share of a weekday's use that a day at the weekend has. */
export const WEEKEND_USE = 0.47;
