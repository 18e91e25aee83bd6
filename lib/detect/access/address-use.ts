import { isInClassHours, isOnWeekday } from "../../log/class-hours";
import { medianOfSorted } from "../../stats/median";
import type { KnownRequests } from "./known-requests";
import { rowsByGroup } from "./rows-by-group";

/** Fewest accounts at once, on the middle day of its use, that make an address a campus. */
const TOGETHER = 3;
/** Fewest accounts of all time that do: more than any household has. */
const ACCOUNTS = 10;
/** Least share of requests in class hours that does. */
const IN_CLASS = 0.75;

/** How an address is used. */
export interface AddressUse {
  users: number;
  /** Those with an id. */
  cohorts: number;
  rows: number;
  /** Days with requests. */
  days: number;
  /** Milliseconds since 1970. */
  first: number;
  last: number;
  mostUsersOnADay: number;
  /** Median over days with requests. */
  usersOnAMiddleDay: number;
  weekdayShare: number;
  classHoursShare: number;
  isCampus: boolean;
}

/**
 * How each address is used, in the order of addresses, and whether it looks like a campus: 10
 * accounts or more have used it, on the middle day of its use 3 or more, and three quarters
 * of requests from it fall into class hours.
 *
 * The day is what tells a campus from other addresses that many accounts share: in a class
 * many read at the same time, while those whom a carrier, a cafe or a proxy gives the same address come
 * one by one. The numbers are small so that a sample of a log, in which few are seen of
 * those who were there, still shows its campus: on a whole log, campuses have some 40 accounts
 * on the middle day and nine tenths in class hours, and other addresses 1 or 2 and a half.
 */
export function addressUse(requests: KnownRequests): AddressUse[] {
  const { address, user, time, day, cohort } = requests;
  const { rows, ends } = rowsByGroup(address.codes, address.values.length);
  // Where and when each user was last met: in order of days that tells whether it is the first time.
  const lastAddress = new Int32Array(user.values.length).fill(-1);
  const lastDay = new Int32Array(user.values.length);
  return Array.from(ends, (end, a) => {
    const own = rows.subarray(ends[a - 1] ?? 0, end);
    sortByDay(own, day);
    let [users, first, last, weekday, inClass] = [0, Infinity, -Infinity, 0, 0];
    const cohorts = new Set<number>();
    const perDay: number[] = [];
    for (let i = 0; i < own.length; i++) {
      const row = own[i]!;
      const at = time[row]!;
      first = Math.min(first, at);
      last = Math.max(last, at);
      if (isOnWeekday(at)) weekday++;
      if (isInClassHours(at)) inClass++;
      if (cohort[row]! < Infinity) cohorts.add(cohort[row]!);
      if (i === 0 || day[row] !== day[own[i - 1]!]) perDay.push(0);
      const u = user.codes[row]!;
      if (lastAddress[u] !== a) users++;
      if (lastAddress[u] !== a || lastDay[u] !== day[row]) perDay[perDay.length - 1]!++;
      lastAddress[u] = a;
      lastDay[u] = day[row]!;
    }
    const sorted = perDay.sort((x, y) => x - y);
    const usersOnAMiddleDay = medianOfSorted(sorted);
    const classHoursShare = inClass / own.length;
    return {
      users,
      cohorts: cohorts.size,
      rows: own.length,
      days: sorted.length,
      first,
      last,
      mostUsersOnADay: sorted[sorted.length - 1]!,
      usersOnAMiddleDay,
      weekdayShare: weekday / own.length,
      classHoursShare,
      isCampus: users >= ACCOUNTS && usersOnAMiddleDay >= TOGETHER && classHoursShare >= IN_CLASS,
    };
  });
}

/** Rows in order of days, in place; those of a log are as a rule. */
function sortByDay(rows: Int32Array, day: Int32Array): void {
  for (let i = 1; i < rows.length; i++) {
    if (day[rows[i]!]! >= day[rows[i - 1]!]!) continue;
    rows.sort((a, b) => day[a]! - day[b]!);
    return;
  }
}
