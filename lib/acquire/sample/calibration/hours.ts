/**
 * When visits begin, by hour of the day (weights for hours 0 to 23).
 *
 * Hours over the whole log were never published. The shape follows what was: the most
 * frequent clock times lie between 09:01 and 09:06 with up to 81 rows a second, 73,167 of
 * the day's seconds have any, a dip at noon, an evening hump (hour shares of four users,
 * derived), classes until about five.
 */
export const HOURS = {
  /** A student on a day of class. */
  class: hours("4.8 2.3 1.2 0.8 0.8 1.5 4.2 13 58 178 95 95 54 106 95 91 62 19 22 24 30 31 24 11"),
  /** Anyone else on a weekday: graduates at work and after it, staff. */
  weekday: hours("9.6 4.6 2.3 1.9 1.9 3.1 6.8 13 36 70 75 75 60 75 75 75 65 41 34 37 42 42 33 18"),
  weekend: hours("15 7.6 3.8 2.4 2.4 2.4 4.4 8.4 19 40 55 65 65 75 80 80 75 65 56 57 58 54 40 22"),
} as const;

/**
 * Seconds from one page to the next within a visit, at equal steps of probability; the
 * steps between are straight lines. Source: published gaps on the campus address
 * (quartiles 3, 9, 39 over all users at once), stretched to one reader's pace.
 */
export const PAGE_GAPS: readonly number[] = [
  1, 2, 3, 4, 5, 7, 9, 12, 15, 20, 26, 35, 48, 66, 92, 130, 190, 290, 480, 900, 1_500,
];

function hours(text: string): readonly number[] {
  return text.split(" ").map(Number);
}
