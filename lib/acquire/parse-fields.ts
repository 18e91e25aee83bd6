// Fields are parsed in the file's bytes: a string per field would cost most of the time.

const ZERO = 0x30;
const DASH = 0x2d;
const COLON = 0x3a;
const POINT = 0x2e;

/** Days since 1970-01-01 of `2019-02-28`, or NaN. */
export function parseDay(bytes: Uint8Array, start: number, end: number): number {
  if (end - start !== 10 || bytes[start + 4] !== DASH || bytes[start + 7] !== DASH) {
    return Number.NaN;
  }
  const year = digits(bytes, start, start + 4);
  const month = digits(bytes, start + 5, start + 7);
  const day = digits(bytes, start + 8, end);
  const isDay =
    year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= monthLength(year, month);
  return isDay ? dayNumber(year, month, day) : Number.NaN;
}

/** Seconds since midnight of `09:55:03`, or NaN. */
export function parseSecond(bytes: Uint8Array, start: number, end: number): number {
  if (end - start !== 8 || bytes[start + 2] !== COLON || bytes[start + 5] !== COLON) {
    return Number.NaN;
  }
  const hour = digits(bytes, start, start + 2);
  const minute = digits(bytes, start + 3, start + 5);
  const second = digits(bytes, start + 6, end);
  return hour < 24 && minute < 60 && second < 60 ? hour * 3600 + minute * 60 + second : Number.NaN;
}

/** An integer below 2^53, or NaN. pandas writes `8.0` where a column has gaps. */
export function parseInteger(bytes: Uint8Array, start: number, end: number): number {
  const isNegative = bytes[start] === DASH;
  const first = isNegative ? start + 1 : start;
  let last = end;
  while (last > first + 1 && bytes[last - 1] === ZERO) last--;
  last = bytes[last - 1] === POINT && last < end ? last - 1 : end;
  const value = last - first > 16 ? Number.NaN : digits(bytes, first, last);
  return Number.isSafeInteger(value) ? (isNegative ? 0 - value : value) : Number.NaN;
}

function digits(bytes: Uint8Array, start: number, end: number): number {
  let value = start < end ? 0 : Number.NaN;
  for (let at = start; at < end; at++) {
    const digit = (bytes[at] as number) - ZERO;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}

function monthLength(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Years are counted from March: a leap day comes last. */
function dayNumber(year: number, month: number, day: number): number {
  const years = month > 2 ? year : year - 1;
  const monthsFromMarch = month > 2 ? month - 3 : month + 9;
  const leapDays = Math.floor(years / 4) - Math.floor(years / 100) + Math.floor(years / 400);
  const dayOfYear = Math.floor((153 * monthsFromMarch + 2) / 5) + day - 1;
  return 365 * years + leapDays + dayOfYear - 719_468;
}
