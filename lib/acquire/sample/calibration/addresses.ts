/** The campus' address, while class was held there. */
export interface CampusPeriod {
  ip: string;
  from: string;
  /** Last day. */
  to: string;
}

/** Source: published first and last lesson rows of the two addresses. */
export const CAMPUS: readonly CampusPeriod[] = [
  { ip: "97.105.19.61", from: "2018-01-26", to: "2018-07-13" },
  { ip: "97.105.19.58", from: "2018-07-16", to: "2020-03-23" },
];

/** Share of visits that come from the campus on a weekday between eight and six; estimated. */
export const ON_CAMPUS = { class: 0.94, staff: 0.75, graduate: 0.1 } as const;

/** Users whose home address is printed in the source documents. */
export const KNOWN_HOMES: ReadonlyMap<number, string> = new Map([
  [64, "71.150.217.33"],
  [111, "67.11.134.242"],
  [313, "173.173.121.126"],
  [717, "136.50.102.126"],
  [744, "24.160.137.86"],
]);

/**
 * How many addresses a user has, at equal steps of probability. Source: published
 * quartiles 2 and 9, few users over 30, the highest 148; 5,531 addresses in all.
 */
export const ADDRESSES_PER_USER: readonly number[] = [
  1, 1, 1, 2, 2, 2, 2, 3, 3, 4, 4, 5, 5, 6, 8, 9, 10, 12, 15, 22, 60,
];
