/**
 * How a reader's days differ, at equal steps of probability and relative to their usual
 * day; the steps between are straight lines. Nearly lognormal. Source: rows of single
 * days printed for four users (medians of 6, 10, 10 and 11 under means of 12 to 16) and
 * the published counts of days that users' bands flag.
 */
export const DAYS_APART: readonly number[] = [
  0.15, 0.28, 0.38, 0.47, 0.56, 0.64, 0.72, 0.79, 0.86, 0.93, 1, 1.07, 1.14, 1.22, 1.3, 1.39, 1.49,
  1.6, 1.73, 1.9, 2.2,
];
