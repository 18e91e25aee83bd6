import type pl from "nodejs-polars";
import { addressKinds } from "../access/shared-addresses";
import type { PageRows } from "./page-rows";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const [DUSK, DAWN] = [22, 6];

/** Kinds of addresses, from those that fewest share. */
const KINDS = ["few", "shared", "campus"] as const;

export type By = "ip" | "network";
export type AddressKind = (typeof KINDS)[number];

/** Addresses or networks, the kind of each, and by address its place among them. */
export function addressUnits(caller: string, accessLog: pl.DataFrame, ips: pl.Series, by: By) {
  const kindOf = addressKinds(caller, accessLog);
  const addresses = ips.toArray().map(String);
  const names: string[] = [];
  const ranks: number[] = [];
  const placeOf = new Map<string, number>();
  const unitOf = addresses.map((ip) => {
    const name = by === "ip" ? ip : networkOf(ip);
    const place = placeOf.get(name) ?? names.push(name) - 1;
    placeOf.set(name, place);
    const rank = KINDS.indexOf(kindOf.get(ip) as AddressKind); // below 0 for a single user
    ranks[place] = Math.max(ranks[place] ?? 0, rank);
    return place;
  });
  return { names, kinds: ranks.map((rank) => KINDS[rank]!), unitOf: Int32Array.from(unitOf) };
}

const networkOf = (ip: string): string => ip.replace(/^(\d+\.\d+\.\d+)\.\d+$/, "$1.0/24");

/** Each row's unit (below 0 for rows that do not count), and the hour or night that it is in. */
export function rowPeriods({ time, codes }: PageRows, unitOf: Int32Array, by: By) {
  const units = new Int32Array(time.length).fill(-1);
  const periods = new Int32Array(time.length);
  for (let row = 0; row < time.length; row++) {
    const ip = codes.ip![row]!;
    const hour = Math.floor(time[row]! / HOUR);
    if (by === "ip") periods[row] = hour;
    else if (((hour % 24) + 24 + 24 - DUSK) % 24 >= DAWN + 24 - DUSK) continue;
    else periods[row] = Math.floor((hour - DUSK) / 24);
    if (ip >= 0) units[row] = unitOf[ip]!;
  }
  return { units, periods };
}

/** When an hour or night begins, in milliseconds since 1970. */
export const beginOf = (period: number, by: By): number =>
  by === "ip" ? period * HOUR : period * DAY + DUSK * HOUR;

export const dayOfPeriod = (period: number, by: By): number =>
  Math.floor(beginOf(period, by) / DAY);

/** An hour's number on its day. */
export const hourOfDay = (period: number): number => ((period % 24) + 24) % 24;
