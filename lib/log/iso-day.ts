const MILLISECONDS_PER_DAY = 86_400_000;
/** The last day of a `Date`. */
const LAST_DAY = 100_000_000;

/** A day since 1970-01-01 as `2018-01-26`; one that no calendar here reaches as `day 100,000,001`. */
export function isoDay(day: number): string {
  if (!(Math.abs(day) <= LAST_DAY)) return `day ${day.toLocaleString("en-US")}`;
  return new Date(day * MILLISECONDS_PER_DAY).toISOString().split("T")[0]!;
}
