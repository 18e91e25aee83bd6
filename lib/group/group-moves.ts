import pl, { type DataType } from "nodejs-polars";
import { frameOf } from "../log/frame-of";
import { gathered } from "../log/gathered";
import { NOISE_LABEL } from "../stats/labels";
import { requireInteger } from "../stats/require-option";
import { groupUsers } from "./group-users";
import {
  compareIds,
  compareTexts,
  distanceBetween,
  type GroupedUser,
  gatherGroups,
  groupedUsers,
  medianFeatures,
  userKey,
} from "./grouped-users";
import { type OwnUsage, requireCalls, usageDays, usageSpan } from "./usage-days";
import { featuresOf, USAGE_FEATURES } from "./usage-features";

export interface GroupMovesOptions {
  weeks?: number;
  /** Those of `groupUsers` where not given. */
  groups?: pl.DataFrame;
}

export interface GroupMoves {
  moves: pl.DataFrame;
  transitions: pl.DataFrame;
  windows: pl.DataFrame;
}

/**
 * Who changed their way of using an API: the use in each window of `weeks` is put into the group
 * whose median is nearest, or, farther than nineteen in twenty of its members, into none. A
 * long-term user looks short-term in each window: compare windows with each other.
 * @param usage what `usageFeatures` takes
 * @returns `moves`, of users whose group changed, most changes first: `user_id`, `type`, `labels`,
 *   `windows`, `changes`. `transitions`, by API and labels, from each window to the next: `type`,
 *   `from_label`, `to_label`, `users`. `windows` (whole ones): `window`, `from`, `to`.
 * @throws {RangeError} if `weeks` is not an integer from 1, or usage spans more than 30 years
 * @throws {Error} if `groups` are not those of `usage`, or usage is as `usageFeatures` refuses it
 */
export function groupMoves(
  usage: pl.DataFrame,
  { weeks = 4, groups = groupUsers(usage).groups }: GroupMovesOptions = {},
): GroupMoves {
  requireInteger("groupMoves", { weeks });
  const all = usageDays("groupMoves", usage);
  requireCalls("groupMoves", all);
  const users = usersOf(all, groups);
  const { first, last } = usageSpan("groupMoves", all);
  const length = 7 * weeks;
  const count = all.length === 0 ? 0 : Math.floor((last - first + 1) / length);
  // The whole use of each user, then that in each window, scaled as if each were a user of its own.
  const uses = users.flatMap((own, place) => windowsOf(own, place, { first, length, count }));
  const features = featuresOf([...users, ...uses]).map((own) => USAGE_FEATURES.map((f) => own[f]));
  const centers = centersOf(users.map((own, i) => ({ ...own, features: features[i]! })));
  const sequences = users.map(
    ({ user, type }): Sequence => ({ user, type, labels: new Array(count).fill(null) }),
  );
  uses.forEach(({ place, window }, i) => {
    const { type, labels } = sequences[place]!;
    labels[window] = nearest(features[users.length + i]!, centers.get(type) ?? []);
  });
  const windows = Array.from({ length: count }, (_, window) => ({
    window: window + 1,
    from: first + window * length,
    to: first + (window + 1) * length - 1,
  }));
  return {
    moves: movesOf(sequences, usage.getColumn("user_id").dtype),
    transitions: transitionsOf(sequences),
    windows: frameOf(windows, "window", { from: pl.Date, to: pl.Date }),
  };
}

function usersOf(all: readonly OwnUsage[], groups: pl.DataFrame): (GroupedUser & OwnUsage)[] {
  const usage = new Map(all.map((own) => [userKey(own.type, own.user), own]));
  const grouped = groupedUsers("groupMoves", groups);
  const users = grouped.flatMap((one) => {
    const own = usage.get(userKey(one.type, one.user));
    return own ? [{ ...one, ...own }] : [];
  });
  const [missing, strange] = [all.length - users.length, grouped.length - users.length];
  if (missing === 0 && strange === 0) return users;
  throw new Error(
    `groupMoves needs the groups of all users in usage; ${missing} users of an API have none, ` +
      `${strange} groups have no usage`,
  );
}

function windowsOf(
  own: OwnUsage,
  place: number,
  { first, length, count }: { first: number; length: number; count: number },
) {
  const windowOf = (i: number) => Math.floor((own.days[i]! - first) / length);
  return [...gathered([...own.days.keys()], windowOf)].flatMap(([window, days]) => {
    const calls = days.map((i) => own.calls[i]!);
    if (window >= count || calls.every((n) => n === 0)) return [];
    return { place, window, days: days.map((i) => own.days[i]!), calls };
  });
}

interface Center {
  label: number;
  medians: number[];
  reach: number;
}

const WITHIN_REACH = 0.95;

/** By API, in the order of labels. */
function centersOf(users: readonly GroupedUser[]): Map<string, Center[]> {
  const members = users.filter(({ label }) => label !== NOISE_LABEL);
  const centers = gatherGroups(members).map((own) => {
    const medians = medianFeatures(own);
    const distances = own.map(({ features }) => distanceBetween(features, medians));
    distances.sort((a, b) => a - b);
    const reach = distances[Math.ceil(WITHIN_REACH * distances.length) - 1]!;
    return { type: own[0]!.type, label: own[0]!.label, medians, reach };
  });
  return gathered(centers, ({ type }) => type);
}

function nearest(features: readonly number[], centers: readonly Center[]): number {
  const distances = centers.map(({ medians }) => distanceBetween(features, medians));
  const least = Math.min(...distances);
  const center = centers[distances.indexOf(least)];
  // What scaling rounds differently must not push a member out.
  return center && least <= center.reach + 1e-12 ? center.label : NOISE_LABEL;
}

interface Sequence {
  user: unknown;
  type: string;
  labels: (number | null)[];
}

function movesOf(sequences: readonly Sequence[], idType: DataType): pl.DataFrame {
  const wordOf = (label: number | null) =>
    label === null ? "-" : label === NOISE_LABEL ? "none" : String(label);
  const rows = sequences.map(({ user, type, labels }) => {
    const used = labels.filter((label) => label !== null);
    const changes = used.filter((label, i) => i > 0 && label !== used[i - 1]).length;
    const words = labels.map(wordOf).join(", ");
    return { user_id: user, type, labels: words, windows: used.length, changes };
  });
  const changed = rows.filter(({ changes }) => changes > 0);
  changed.sort(
    (a, b) =>
      b.changes - a.changes || compareIds(a.user_id, b.user_id) || compareTexts(a.type, b.type),
  );
  return frameOf(changed, { user_id: idType }, "type", "labels", "windows", "changes");
}

function transitionsOf(sequences: readonly Sequence[]): pl.DataFrame {
  const steps = sequences.flatMap(({ type, labels }) =>
    labels.slice(1).map((to, i) => ({ type, from_label: labels[i]!, to_label: to })),
  );
  const made = steps.filter(({ from_label, to_label }) => from_label !== null || to_label !== null);
  const keys = ["type", "from_label", "to_label"] as const;
  return frameOf(made, ...keys)
    .groupBy(...keys)
    .agg(pl.len().cast(pl.Int64).alias("users"))
    .sort([...keys]);
}
