/**
 * Full months between days since 1970. A month ends on the day of the month on which it began, or
 * on the month's last day where that day is missing, as with pandas' `DateOffset(months=n)`.
 */
export function monthsBetween(from: number, to: number): number {
  const [a, b] = [from, to].map((day) => new Date(86_400_000 * day)) as [Date, Date];
  const [year, month] = [b.getUTCFullYear(), b.getUTCMonth()];
  const months = 12 * (year - a.getUTCFullYear()) + month - a.getUTCMonth();
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return b.getUTCDate() < Math.min(a.getUTCDate(), lastDay) ? months - 1 : months;
}
