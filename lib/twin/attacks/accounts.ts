import { STAFF } from "../cohorts";
import { CAMPUS } from "../frozen";
import type { SampleRows } from "../sample-rows";
import type { Script } from "./described";

export interface Account {
  userId: number;
  cohortId: number;
  /** Places of their rows, by time. */
  rows: number[];
}

/** Fewest rows of somebody to whom something is planted: one in so many of the log's. */
const SHARE = 5_000;

/** Users of one cohort of whom the truth tells nothing. */
export function freeAccounts({ userId, cohortId, truth }: SampleRows): Account[] {
  const told = new Set(truth.map((story) => story.userId));
  const byUser = new Map<number, Account>();
  for (let row = 0; row < userId.length; row++) {
    const [who, of] = [userId[row]!, cohortId[row]!];
    const known = byUser.get(who);
    if (known?.cohortId === of) known.rows.push(row);
    else if (known) told.add(who);
    else byUser.set(who, { userId: who, cohortId: of, rows: [row] });
  }
  return [...byUser.values()].filter(
    ({ userId: who, cohortId: of, rows }) =>
      of > 0 && !told.has(who) && rows.length * SHARE >= userId.length,
  );
}

export const isWanted = ({ who }: Script, { cohortId }: Account): boolean =>
  (who === "staff") === (cohortId === STAFF);

export function isActive({ day }: SampleRows, { rows }: Account, from: number, days: number) {
  return day[rows[0]!]! < from && from + days <= day[rows.at(-1)!]!;
}

/** Addresses that are not the campus, of the account's row nearest to a day. */
export function homeOf(made: SampleRows, { rows }: Account, on: number): number | undefined {
  const campus = CAMPUS.map((ip) => made.addresses.indexOf(ip));
  const away = (row: number) => Math.abs(made.day[row]! - on);
  const atHome = rows.filter((row) => !campus.includes(made.address[row]!));
  const nearest = atHome.reduce((best, row) => (away(row) < away(best) ? row : best), atHome[0]!);
  return atHome.length > 0 ? made.address[nearest] : undefined;
}
