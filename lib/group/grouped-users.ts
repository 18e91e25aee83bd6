import type pl from "nodejs-polars";
import { gathered } from "../log/gathered";
import { NOISE_LABEL } from "../stats/labels";
import { median } from "../stats/quantile";
import { featureColumns, requireUsers } from "./feature-columns";

export interface GroupedUser {
  user: unknown;
  type: string;
  label: number;
  features: number[];
}

/** By API, group (no group last) and user. */
export function groupedUsers(
  caller: string,
  groups: pl.DataFrame,
  features: readonly string[] = [],
): GroupedUser[] {
  requireUsers(caller, groups, "cluster_label");
  const columns = featureColumns(caller, groups, features);
  const types = groups.getColumn("type").toArray() as string[];
  const labels = groups.getColumn("cluster_label").toArray() as number[];
  const users = groups
    .getColumn("user_id")
    .toArray()
    .map(
      (user, row): GroupedUser => ({
        user,
        type: types[row]!,
        label: Number(labels[row]),
        features: columns.map((column) => column[row]!),
      }),
    );
  return users.sort(
    (a, b) =>
      compareTexts(a.type, b.type) || compareLabels(a.label, b.label) || compareIds(a.user, b.user),
  );
}

export const userKey = (type: unknown, user: unknown): string => `${user}\0${type}`;

export function compareLabels(a: number, b: number): number {
  return Number(a === NOISE_LABEL) - Number(b === NOISE_LABEL) || a - b;
}

export const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export function compareIds(a: unknown, b: unknown): number {
  return Number(a) - Number(b) || compareTexts(String(a), String(b));
}

export function gatherGroups(users: readonly GroupedUser[]): GroupedUser[][] {
  return [...gathered(users, ({ type, label }) => userKey(type, label)).values()];
}

export function medianFeatures(users: readonly GroupedUser[]): number[] {
  return users[0]!.features.map((_, d) => median(users.map(({ features }) => features[d]!)));
}

export function distanceBetween(a: readonly number[], b: readonly number[]): number {
  return Math.sqrt(a.reduce((sum, value, d) => sum + (value - b[d]!) ** 2, 0));
}
