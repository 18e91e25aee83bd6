import type pl from "nodejs-polars";
import { picked } from "../../log/log-arrays";
import { remembered } from "../../log/remembered";
import { knownRequests } from "./known-requests";
import { rowsByGroup } from "./rows-by-group";

/** All requests that have a user, a time and an address: user by user, each in order of time. */
export interface VisitOrder {
  /** Different users, in order. */
  users: number[];
  /** Where each user's requests end. */
  ends: Int32Array;
  /** Days since 1970. */
  day: Int32Array;
  /** Place of each request's address in `addresses`. */
  address: Int32Array;
  addresses: string[];
  /** 1 where a request begins a visit. */
  begins: Uint8Array;
  /** 1 where a request goes on with a visit from another address. */
  switches: Uint8Array;
}

/**
 * Puts requests in the order in which users made them, and tells visits apart: after a pause of
 * `pause` minutes or more another one begins. Requests of the same second are taken by address,
 * so that the answer does not depend on the order of rows. Shared among those who ask for the same.
 */
export function visitOrder(accessLog: pl.DataFrame, pause: number): VisitOrder {
  return remembered(accessLog, ["user_id", "timestamp", "date", "ip"], `visits ${pause}`, () =>
    visitsInOrder(accessLog, pause),
  );
}

function visitsInOrder(accessLog: pl.DataFrame, pause: number): VisitOrder {
  const known = knownRequests(accessLog);
  const { rows, ends } = rowsByGroup(known.user.codes, known.user.values.length);
  const { time } = known;
  const from = known.address.codes;
  const byTime = (a: number, b: number) => time[a]! - time[b]! || from[a]! - from[b]!;
  ends.forEach((end, u) => {
    const own = rows.subarray(ends[u - 1] ?? 0, end);
    // A log is in order of time as a rule: sorting is for those who are not.
    let at = 1;
    while (at < own.length && byTime(own[at - 1]!, own[at]!) <= 0) at++;
    if (at < own.length) own.sort(byTime);
  });
  const address = picked(from, rows, new Int32Array(rows.length));
  const begins = new Uint8Array(rows.length);
  const switches = new Uint8Array(rows.length);
  for (let i = 0, u = 0; i < rows.length; i++) {
    const isFirst = i === 0 || i === ends[u];
    if (i === ends[u]) u++;
    const since = isFirst ? Infinity : time[rows[i]!]! - time[rows[i - 1]!]!;
    if (since >= 60_000 * pause) begins[i] = 1;
    else if (address[i] !== address[i - 1]) switches[i] = 1;
  }
  return {
    users: known.user.values,
    ends,
    day: picked(known.day, rows, new Int32Array(rows.length)),
    address,
    addresses: known.address.values,
    begins,
    switches,
  };
}
