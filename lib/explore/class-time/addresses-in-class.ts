import pl from "nodejs-polars";
import type { Attendance } from "./attendance";

/** Where a student's requests in class came from. */
export interface AddressesInClass {
  addresses: number;
  campus_share: number | null;
  address_kind: string | null;
}

/**
 * Where some students' requests in class came from, by pair of user and cohort; those without
 * requests in class are not in it. Kinds are null where `kinds` is not given.
 */
export function addressesInClass(
  accessLog: pl.DataFrame,
  { cohort, from, to, rows }: Attendance,
  pairs: readonly number[],
  kinds?: pl.DataFrame,
): Map<number, AddressesInClass> {
  const isAsked = new Uint8Array(cohort.length);
  for (const p of pairs) isAsked[p] = 1;
  const asked: number[] = [];
  for (let row = 0; row < rows.pair.length; row++) {
    const p = rows.pair[row]!;
    if (p < 0 || isAsked[p] === 0) continue;
    const d = rows.day[row]!;
    if (d >= from[cohort[p]!]! && d <= to[cohort[p]!]!) asked.push(row);
  }
  const answer = new Map<number, AddressesInClass>();
  if (asked.length === 0) return answer;
  const ips = accessLog.getColumn("ip").cast(pl.String).gather(asked).toArray() as (
    | string
    | null
  )[];
  const kindOf = kinds && kindsOf(kinds, new Set(ips));
  const uses = new Map<number, Map<string, number>>();
  asked.forEach((row, i) => {
    const ip = ips[i];
    if (ip === null || ip === undefined) return;
    const own = uses.get(rows.pair[row]!) ?? new Map<string, number>();
    uses.set(rows.pair[row]!, own.set(ip, (own.get(ip) ?? 0) + 1));
  });
  for (const [p, own] of uses) {
    const requests = new Map<string, number>();
    let all = 0;
    for (const [ip, count] of own) {
      all += count;
      const kind = kindOf?.get(ip);
      if (kind !== undefined) requests.set(kind, (requests.get(kind) ?? 0) + count);
    }
    const [most] = [...requests].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
    answer.set(p, {
      addresses: own.size,
      campus_share: kindOf ? (requests.get("campus") ?? 0) / all : null,
      address_kind: most?.[0] ?? null,
    });
  }
  return answer;
}

function kindsOf(kinds: pl.DataFrame, asked: ReadonlySet<string | null>): Map<string, string> {
  const ips = kinds.getColumn("ip").toArray() as string[];
  const names = kinds.getColumn("address_kind").toArray() as string[];
  const known = new Map<string, string>();
  ips.forEach((ip, i) => {
    if (asked.has(ip) && names[i] !== null) known.set(ip, names[i]!);
  });
  return known;
}
