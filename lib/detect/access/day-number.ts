const DAY = 86_400_000;

/** Days since 1970 (UTC) of a Date, or of text that begins with `YYYY-MM-DD`. */
export function dayNumber(caller: string, option: string, day: Date | string): number {
  if (day instanceof Date && !Number.isNaN(day.getTime())) return Math.floor(day.getTime() / DAY);
  const text = typeof day === "string" ? /^\d{4}-\d{2}-\d{2}/.exec(day)?.[0] : undefined;
  const time = text ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  // JavaScript takes February 30 for March 1.
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== text) {
    throw new RangeError(`${caller} needs ${option} to be a Date or YYYY-MM-DD, got ${day}`);
  }
  return time / DAY;
}
