/** Weeks since 1970 of a day since then; they begin on Mondays, and day 0 was a Thursday. */
export const weekOf = (day: number): number => Math.floor((day + 3) / 7);

/** 0 for Monday to 6 for Sunday. */
export const weekdayOf = (day: number): number => day + 3 - 7 * weekOf(day);
