/**
 * When visits begin, by hour of the day (weights for hours 0 to 23).
 *
 * Hours over the whole log were never published. The shape follows what was: the most
 * frequent clock times lie between 09:01 and 09:06, a dip at noon, an evening hump (hour
 * shares of four users, derived), classes until about five.
 */
export const HOURS = {
  /** A student on a day of class. */
  class: hours("1 0 0 0 0 0 1 6 60 190 95 95 50 105 95 90 60 16 18 18 20 18 10 4"),
  /** Anyone else on a weekday: graduates at work and after it, staff. */
  weekday: hours("3 1 1 1 1 1 3 8 35 70 75 75 60 75 75 75 65 40 30 32 35 32 22 10"),
  weekend: hours("8 4 2 1 1 1 2 6 18 40 55 65 65 75 80 80 75 65 55 55 55 50 35 18"),
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
