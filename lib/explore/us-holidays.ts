/**
 * US holidays (5 U.S.C. 6103) and Good Friday (Meeus, Astronomical Algorithms, chapter 8), in
 * days since 1970; those on a weekend on the Friday before or the Monday after.
 */
export function usHolidays(year: number): { day: number; name: string }[] {
  const fixed = (month: number, date: number, name: string) => {
    const day = dayOf(year, month, date);
    const shift = { 6: -1, 7: 1 }[weekdayOf(day)] ?? 0;
    return { day: day + shift, name };
  };
  const floating = (month: number, weekday: number, nth: number, name: string) => ({
    ...{ day: nthWeekday(year, month, weekday, nth), name },
  });
  return [
    fixed(1, 1, "New Year's Day"),
    floating(1, MONDAY, 3, "Martin Luther King Day"),
    floating(2, MONDAY, 3, "Presidents' Day"),
    { day: easter(year) - 2, name: "Good Friday" },
    { day: nthWeekday(year, 6, MONDAY, 1) - 7, name: "Memorial Day" },
    ...(year >= 2021 ? [fixed(6, 19, "Juneteenth")] : []),
    fixed(7, 4, "Independence Day"),
    floating(9, MONDAY, 1, "Labor Day"),
    floating(10, MONDAY, 2, "Columbus Day"),
    fixed(11, 11, "Veterans Day"),
    floating(11, THURSDAY, 4, "Thanksgiving"),
    fixed(12, 25, "Christmas"),
  ];
}

const [MONDAY, THURSDAY] = [1, 4] as const;

const dayOf = (year: number, month: number, date: number) =>
  Date.UTC(year, month - 1, date) / 86_400_000;

/** 1 Monday to 7 Sunday; day 0 was a Thursday. */
export function weekdayOf(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

function nthWeekday(year: number, month: number, weekday: number, nth: number): number {
  const first = dayOf(year, month, 1);
  return first + ((weekday - weekdayOf(first) + 7) % 7) + 7 * (nth - 1);
}

function easter(year: number): number {
  const a = year % 19;
  const [b, c] = [Math.floor(year / 100), year % 100];
  const f = Math.floor((b + 8) / 25);
  const g = Math.floor((b - f + 1) / 3);
  const h = (19 * a + b - Math.floor(b / 4) - g + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const sum = h + l - 7 * m + 114;
  return dayOf(year, Math.floor(sum / 31), (sum % 31) + 1);
}
