export interface ApiUsage {
  type: string;
  users: number;
  /** Mean calls per day of use of its users, at equal steps of probability. */
  callsPerDay: readonly number[];
  /** Days of use, and how many of its users have as many. */
  days: readonly number[];
  usersOfDays: readonly number[];
  /** How many times likelier a first day is before 2021-09-21 and after 2021-11-10. */
  early: number;
  late: number;
}

/** Source: counts and quantiles of the case's own data, rounded. */
export const APIS: readonly ApiUsage[] = [
  {
    type: "analysis",
    users: 106,
    callsPerDay: [
      1, 1, 2, 2, 2, 2, 2, 2, 3, 4, 6, 12, 19, 33, 45, 88, 180, 250, 690, 2_300, 65_000,
    ],
    days: [1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 14, 17, 19],
    usersOfDays: [71, 12, 8, 3, 2, 2, 1, 2, 1, 1, 1, 1, 1],
    early: 1,
    late: 4,
  },
  {
    type: "context",
    users: 90,
    callsPerDay: [1, 1, 1, 1, 1, 1, 1, 1.5, 2, 2, 2, 2.2, 3, 4, 6, 10, 16, 81, 810, 5_000, 200_000],
    days: [1, 2, 3, 4, 5, 6, 8, 10, 12, 13, 15, 17, 26, 31, 42, 113, 118],
    usersOfDays: [42, 16, 9, 5, 1, 2, 2, 2, 1, 1, 2, 2, 1, 1, 1, 1, 1],
    early: 1,
    late: 3,
  },
  {
    type: "gnql",
    users: 554,
    callsPerDay: [
      1, 2, 2, 3, 3, 3.8, 4, 4.6, 5.7, 6, 7.5, 8.5, 10, 11, 14, 16, 20, 24, 33, 52, 500,
    ],
    days: [
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 23, 25, 26, 30, 33,
      36, 69, 75, 86,
    ],
    usersOfDays: [
      322, 84, 34, 21, 17, 12, 9, 7, 3, 3, 3, 3, 3, 3, 3, 5, 2, 2, 2, 3, 1, 2, 2, 2, 1, 1, 1, 1, 1,
      1,
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
    days: [1, 2, 3, 6, 11, 12, 14, 17, 20, 28, 41],
    usersOfDays: [8, 2, 3, 1, 1, 1, 1, 1, 1, 1, 1],
    early: 1,
    late: 1.5,
  },
  {
    type: "riot",
    users: 141,
    callsPerDay: [1, 1, 1, 1, 1, 1, 1, 1.3, 1.7, 1.8, 2, 2, 2, 2.8, 3, 4, 4.5, 5.3, 10, 66, 32_000],
    days: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 16, 17, 19, 35, 42],
    usersOfDays: [54, 30, 17, 7, 3, 3, 3, 3, 4, 3, 3, 3, 2, 2, 2, 1, 1],
    early: 8,
    late: 1.5,
  },
];

/** Users who call one API, two, three, four, all five: 611 users, 912 pairs. */
export const USERS_BY_APIS: readonly number[] = [385, 172, 37, 13, 4];

/** Days from a pair's first to its last use by days of use, at equal steps of probability. */
export const STRETCH_TO_DAYS: readonly number[] = [1, 1, 1.4, 1.9, 2.6, 3.3, 4.3, 5.5, 7.7, 14, 40];

/** A day's calls by the pair's mean, at equal steps of probability. */
export const DAY_TO_MEAN: readonly number[] = [
  0.02, 0.2, 0.36, 0.47, 0.59, 0.74, 0.94, 1.08, 1.37, 2.03, 6,
];

export const WEEKEND_USE = 0.47;
