import type pl from "nodejs-polars";
import { requireColumns } from "../log/require-columns";
import { NOISE_LABEL } from "../stats/dbscan";
import { median } from "../stats/median";

/** One row of groups: a user of an API, the group, and the features as numbers. */
export interface GroupedUser {
  user: unknown;
  type: string;
  label: number;
  features: number[];
}

/**
 * Groups as plain objects, by API, group (those in none last) and user.
 *
 * @param caller name of the public function, for messages
 * @param groups `user_id`, `type`, `cluster_label` and the features
 * @param features columns to take along, numbers without nulls
 * @throws {Error} if a column is missing, of another type, or has a value that is
 *   missing or not finite, or a user stands there twice for an API
 */
export function groupedUsers(
  caller: string,
  groups: pl.DataFrame,
  features: readonly string[] = [],
): GroupedUser[] {
  requireColumns(caller, groups, { user_id: "any" }, "type", "cluster_label", {
    ...Object.fromEntries(features.map((name) => [name, "number" as const])),
  });
  const rows = groups.select("user_id", "type", "cluster_label", ...features).toRecords();
  const seen = new Set<string>();
  const users = rows.map((row): GroupedUser => {
    for (const name of ["user_id", "type", "cluster_label", ...features]) {
      if (row[name] === null || row[name] === undefined) {
        throw new Error(`${caller} needs ${name} in every row; a row has none`);
      }
    }
    const values = features.map((name) => Number(row[name]));
    const bad = values.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0) throw new Error(`${caller} needs finite ${features[bad]}; found ${values[bad]}`);
    const key = userKey(row.type, row.user_id);
    if (seen.has(key)) {
      throw new Error(`${caller} needs one row per user and API; some stand there twice`);
    }
    seen.add(key);
    return {
      user: row.user_id,
      type: row.type as string,
      label: Number(row.cluster_label),
      features: values,
    };
  });
  return users.sort(
    (a, b) =>
      (a.type < b.type ? -1 : a.type > b.type ? 1 : 0) ||
      compareLabels(a.label, b.label) ||
      compareIds(a.user, b.user),
  );
}

/** One name for a user of an API. */
export function userKey(type: unknown, user: unknown): string {
  return `${user}\0${type}`;
}

/** Groups in order, those in none last. */
export function compareLabels(a: number, b: number): number {
  if (a === b) return 0;
  if (a === NOISE_LABEL) return 1;
  return b === NOISE_LABEL ? -1 : a - b;
}

/** Ids that are numbers by size, all else by its text. */
export function compareIds(a: unknown, b: unknown): number {
  const difference = Number(a) - Number(b);
  if (difference) return difference;
  const [one, other] = [String(a), String(b)];
  return one < other ? -1 : one > other ? 1 : 0;
}

/** Values gathered by a key, in the order in which keys first come. */
export function gathered<T, K>(values: readonly T[], keyOf: (value: T) => K): Map<K, T[]> {
  const by = new Map<K, T[]>();
  for (const value of values) {
    const key = keyOf(value);
    const own = by.get(key);
    if (own) own.push(value);
    else by.set(key, [value]);
  }
  return by;
}

/** The users of one group of an API. */
export function gatherGroups(users: readonly GroupedUser[]): GroupedUser[][] {
  return [...gathered(users, ({ type, label }) => `${label}\0${type}`).values()];
}

/** The median of each feature over some users. */
export function medianFeatures(users: readonly GroupedUser[]): number[] {
  const dimensions = users[0]?.features.length ?? 0;
  return Array.from({ length: dimensions }, (_, d) =>
    median(users.map(({ features }) => features[d]!)),
  );
}

/** Straight-line distance between two rows of features. */
export function distanceBetween(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let d = 0; d < a.length; d++) sum += (a[d]! - b[d]!) ** 2;
  return Math.sqrt(sum);
}
