import type { SampleRows } from "../log-rows";

/** Rows as they are written: visit by visit, each visit one user's on one day. */
export interface Draft {
  readonly count: number;
  /** Days since the log's first day, seconds since midnight. */
  readonly day: Int32Array;
  readonly second: Int32Array;
  /** Place of the path; -1 for none. */
  readonly path: Int32Array;
  readonly userId: Int32Array;
  /** Place in `GROUPS`. */
  readonly group: Int32Array;
  /** First row of each visit. */
  readonly visitStarts: number[];
  /** Address of each visit where it is known. */
  readonly visitAddresses: (string | undefined)[];
  /** Begins a visit; the rows added next are its. */
  beginVisit(address?: string): void;
  add(day: number, second: number, path: number, userId: number, group: number): void;
  /** Rows written so far. */
  length(): number;
}

/** Room for `count` rows. */
export function newDraft(count: number): Draft {
  const column = () => new Int32Array(count);
  const [day, second, path, userId, group] = [column(), column(), column(), column(), column()];
  const visitStarts: number[] = [];
  const visitAddresses: (string | undefined)[] = [];
  let at = 0;
  return {
    count,
    day,
    second,
    path,
    userId,
    group,
    visitStarts,
    visitAddresses,
    beginVisit(address) {
      visitStarts.push(at);
      visitAddresses.push(address);
    },
    add(rowDay, rowSecond, rowPath, rowUser, rowGroup) {
      day[at] = rowDay;
      second[at] = rowSecond;
      path[at] = rowPath;
      userId[at] = rowUser;
      group[at] = rowGroup;
      at++;
    },
    length: () => at,
  };
}

const SECONDS_PER_DAY = 86_400;

/** The rows' order by time; those of one second stay as they were written. */
export function timeOrder({ count, day, second }: Draft): Int32Array {
  // Day, second and place in one double: exact below 2^53, and sorted natively.
  const keys = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    keys[i] = (day[i]! * SECONDS_PER_DAY + second[i]!) * count + i;
  }
  keys.sort();
  return Int32Array.from(keys, (key) => key % count);
}

/** The log's columns in time order. */
export function inTimeOrder(
  draft: Draft,
  cohortOf: readonly number[],
  address: Int32Array,
): Omit<SampleRows, "paths" | "addresses" | "truth"> {
  const order = timeOrder(draft);
  const sorted = (values: Int32Array) => Int32Array.from(order, (from) => values[from]!);
  return {
    day: sorted(draft.day),
    second: sorted(draft.second),
    path: sorted(draft.path),
    userId: sorted(draft.userId),
    cohortId: Int32Array.from(order, (from) => cohortOf[draft.group[from]!]!),
    address: sorted(address),
  };
}
