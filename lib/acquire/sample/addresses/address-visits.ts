/** Visits, each of one user as a member of one group, on one day; in any order. */
export interface Visits {
  count: number;
  userId: Int32Array;
  /** Place in `GROUPS`. */
  group: Int32Array;
  day: Int32Array;
  /** Second of the day at which the visit begins. */
  second: Int32Array;
  /** Second of its last row, where that is known; else it is taken to be half an hour long. */
  lastSecond?: Int32Array;
  /** `count + 1` entries: rows `firstRow[v]` to `firstRow[v + 1] - 1` belong to visit v. */
  firstRow: Int32Array;
  /** Address of a visit that a story or a published row tells. */
  known: readonly (string | undefined)[];
}

/** An address for every row. */
export interface RowAddresses {
  addresses: string[];
  /** Place in `addresses`, one per row. */
  address: Int32Array;
}
