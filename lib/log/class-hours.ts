/** Monday to Friday; `time` in milliseconds since 1970, a Thursday. */
export function isOnWeekday(time: number): boolean {
  return modulo(Math.floor(time / 86_400_000) + 3, 7) < 5;
}

/** Monday to Friday, from 8:00 to before 17:00. */
export function isInClassHours(time: number): boolean {
  const hour = modulo(Math.floor(time / 3_600_000), 24);
  return hour >= 8 && hour < 17 && isOnWeekday(time);
}

/** From 0 to below `n`, of negative numbers too. */
function modulo(a: number, n: number): number {
  return ((a % n) + n) % n;
}
