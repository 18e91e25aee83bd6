import type { SampleRows } from "../log-rows";
import { inOrder, timeOrder } from "./time-order";

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
  };
}

/** The log's columns in time order; rows of one second stay as they were written. */
export function inTimeOrder(
  draft: Draft,
  cohortOf: readonly number[],
  address: Int32Array,
): Omit<SampleRows, "paths" | "addresses" | "truth"> {
  const order = timeOrder(draft.day, draft.second);
  const sorted = (values: Int32Array) => inOrder(values, order);
  const cohortId = sorted(draft.group);
  for (let i = 0; i < cohortId.length; i++) cohortId[i] = cohortOf[cohortId[i]!]!;
  return {
    day: sorted(draft.day),
    second: sorted(draft.second),
    path: sorted(draft.path),
    userId: sorted(draft.userId),
    cohortId,
    address: sorted(address),
  };
}
