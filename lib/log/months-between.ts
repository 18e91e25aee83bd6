/**
 * Whole months from one day to a later one, by the calendar: `n` months have passed on the day
 * of the month on which they began, or on the month's last day where it has no such day. From
 * January 31 to February 28 is a month, and from February 29 to February 28 a year, as
 * pandas' `DateOffset(months=n)` and most date libraries have it.
 *
 * @param from days since 1970
 * @param to days since 1970, not before `from`
 */
export function monthsBetween(from: number, to: number): number {
  const [a, b] = [calendar(from), calendar(to)];
  const months = b.month - a.month;
  return b.day < Math.min(a.day, b.length) ? months - 1 : months;
}

interface CalendarDay {
  /** Months since the year 0. */
  month: number;
  /** Day of the month. */
  day: number;
  /** Days that the month has. */
  length: number;
}

function calendar(epochDay: number): CalendarDay {
  const date = new Date(86_400_000 * epochDay);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  return {
    month: 12 * year + month,
    day: date.getUTCDate(),
    length: new Date(Date.UTC(year, month + 1, 0)).getUTCDate(),
  };
}
