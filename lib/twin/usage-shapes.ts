/** One of the APIs of the user-grouping case. */
export interface ApiUsage {
  type: string;
  /** Users who call it. */
  users: number;
  /** Mean calls per day of use, over its users: at equal steps of probability, 0 to 1. */
  callsPerDay: readonly number[];
  /** Days of use, and how many of its users have as many: more than half come once or twice. */
  daysOfUse: readonly (readonly [days: number, users: number])[];
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
    daysOfUse: [
      [1, 71],
      [2, 12],
      [3, 8],
      [4, 3],
      [5, 2],
      [6, 2],
      [7, 1],
      [8, 2],
      [9, 1],
      [12, 1],
      [14, 1],
      [17, 1],
      [19, 1],
    ],
    early: 1,
    late: 4,
  },
  {
    type: "context",
    users: 90,
    callsPerDay: [1, 1, 1, 1, 1, 1, 1, 1.5, 2, 2, 2, 2.2, 3, 4, 6, 10, 16, 81, 810, 5_000, 200_000],
    daysOfUse: [
      [1, 42],
      [2, 16],
      [3, 9],
      [4, 5],
      [5, 1],
      [6, 2],
      [8, 2],
      [10, 2],
      [12, 1],
      [13, 1],
      [15, 2],
      [17, 2],
      [26, 1],
      [31, 1],
      [42, 1],
      [113, 1],
      [118, 1],
    ],
    early: 1,
    late: 3,
  },
  {
    type: "gnql",
    users: 554,
    callsPerDay: [
      1, 2, 2, 3, 3, 3.8, 4, 4.6, 5.7, 6, 7.5, 8.5, 10, 11, 14, 16, 20, 24, 33, 52, 500,
    ],
    daysOfUse: [
      [1, 322],
      [2, 84],
      [3, 34],
      [4, 21],
      [5, 17],
      [6, 12],
      [7, 9],
      [8, 7],
      [9, 3],
      [10, 3],
      [11, 3],
      [12, 3],
      [13, 3],
      [14, 3],
      [15, 3],
      [16, 5],
      [17, 2],
      [18, 2],
      [19, 2],
      [20, 3],
      [21, 1],
      [23, 2],
      [25, 2],
      [26, 2],
      [30, 1],
      [33, 1],
      [36, 1],
      [69, 1],
      [75, 1],
      [86, 1],
    ],
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
    daysOfUse: [
      [1, 8],
      [2, 2],
      [3, 3],
      [6, 1],
      [11, 1],
      [12, 1],
      [14, 1],
      [17, 1],
      [20, 1],
      [28, 1],
      [41, 1],
    ],
    early: 1,
    late: 1.5,
  },
  {
    type: "riot",
    users: 141,
    callsPerDay: [1, 1, 1, 1, 1, 1, 1, 1.3, 1.7, 1.8, 2, 2, 2, 2.8, 3, 4, 4.5, 5.3, 10, 66, 32_000],
    daysOfUse: [
      [1, 54],
      [2, 30],
      [3, 17],
      [4, 7],
      [5, 3],
      [6, 3],
      [7, 3],
      [8, 3],
      [9, 4],
      [10, 3],
      [12, 3],
      [14, 3],
      [16, 2],
      [17, 2],
      [19, 2],
      [35, 1],
      [42, 1],
    ],
    early: 8,
    late: 1.5,
  },
];

/** Users who call one API, two, three, four, all five: 611 users, 912 pairs. */
export const USERS_BY_APIS: readonly number[] = [385, 172, 37, 13, 4];

/**
 * Days from a pair's first to its last use, against its days of use, at equal steps of
 * probability: many come back after weeks.
 */
export const STRETCH_TO_DAYS: readonly number[] = [1, 1, 1.4, 1.9, 2.6, 3.3, 4.3, 5.5, 7.7, 14, 40];

/** A day's calls against the pair's mean, at equal steps of probability. */
export const DAY_TO_MEAN: readonly number[] = [
  0.02, 0.2, 0.36, 0.47, 0.59, 0.74, 0.94, 1.08, 1.37, 2.03, 6,
];

/** Share of a weekday's use that a day at the weekend has. */
export const WEEKEND_USE = 0.47;
