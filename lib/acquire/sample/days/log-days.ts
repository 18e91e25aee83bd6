const MS_PER_DAY = 86_400_000;
const FIRST_DAY_MS = Date.UTC(2018, 0, 26);

/** Day 0 of the log, 2018-01-26, as days since 1970. */
export const FIRST_EPOCH_DAY = FIRST_DAY_MS / MS_PER_DAY;

/** An ISO date as days since the log's first day; negative before it. */
export function isoDay(iso: string): number {
  return (Date.parse(iso) - FIRST_DAY_MS) / MS_PER_DAY;
}

/** Day of the week of a day of the log: 0 Monday to 6 Sunday. Day 0 was a Friday. */
export function weekday(day: number): number {
  return (day + 4) % 7;
}

export function isWeekend(day: number): boolean {
  return weekday(day) >= 5;
}

/** A clock time `HH:MM:SS` as seconds since midnight. */
export function clockSeconds(clock: string): number {
  const [hours, minutes, seconds] = clock.split(":").map(Number);
  return hours! * 3600 + minutes! * 60 + seconds!;
}
