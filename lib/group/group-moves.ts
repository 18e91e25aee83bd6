import pl, { type DataType } from "nodejs-polars";
import { frameOf } from "../log/frame-of";
import { NOISE_LABEL } from "../stats/dbscan";
import { groupUsers } from "./group-users";
import {
  compareIds,
  distanceBetween,
  type GroupedUser,
  gathered,
  groupedUsers,
  medianFeatures,
  userKey,
} from "./grouped-users";
import { type OwnUsage, usageDays, usageSpan } from "./usage-days";
import { USAGE_FEATURES } from "./usage-feature-columns";
import { usageFeatures } from "./usage-features";

export interface GroupMovesOptions {
  /** Length of a window, in weeks. */
  weeks?: number;
  /** Groups of the whole period, as `groupUsers` gives them; those of its defaults where not given. */
  groups?: pl.DataFrame;
}

/** Users' groups over time. */
export interface GroupMoves {
  moves: pl.DataFrame;
  transitions: pl.DataFrame;
  windows: pl.DataFrame;
}

/**
 * Who changed their way of using an API over the weeks: the groups of the whole
 * period stay as they are, and each user's use in each window of `weeks` is put
 * into the one it is most like.
 *
 * Most like is the group whose median lies nearest, in the seven features computed
 * for the window alone; farther from it than nineteen in twenty of its members are
 * over the whole period, a window is in no group. (Of the case study's users, 96 to
 * 100 in 100 per API come back to their own group when the whole period is put
 * through this rule.) That is simpler than grouping each window
 * anew, whose groups would have other meanings each time, and it is a compromise:
 *
 * - nobody can use an API for longer than the window, or on more days than it has: a
 *   user who is long-term over the whole period looks short-term in each window
 * - a median is the middle of a group, and a group of DBSCAN may have any shape
 * - the features of a window with one day of use are those of a one-day visitor
 *
 * So read changes between windows, which are all of one length, not how a window
 * compares with the whole period.
 *
 * @param usage `dt` (Date or ISO text), `user_id`, `type` (String),
 *   `api_count` (integers from 0): one row per user, API and day of use
 * @returns three frames.
 *   `moves`: one row per user and API whose group changed from one window of use
 *   to the next, most changes first, then by user and API: `user_id`, `type`, `labels` (String, in
 *   order of windows: a group, `none` for no group, `-` without use), `windows`
 *   (with use), `changes` (Int64).
 *   `transitions`: by API and labels, one row per step from a window to the next
 *   that anybody made: `type`, `from_label`, `to_label` (Int64; -1 no group, null no use), `users`
 *   (Int64, a user counted once per step), those who stay in their group included.
 *   `windows`: `window` (Int64, from 1), `from`, `to` (Date, first and last day).
 *   Days after the last whole window are left out: a shorter one would look quieter
 * @throws {RangeError} if `weeks` is not an integer from 1, or the first and the last day of any
 *   use lie more than 30 years apart
 * @throws {Error} if `groups` are not those of the users of `usage`, or usage as
 *   `usageFeatures` refuses it
 */
export function groupMoves(
  usage: pl.DataFrame,
  { weeks = 4, groups = groupUsers(usage).groups }: GroupMovesOptions = {},
): GroupMoves {
  if (!Number.isInteger(weeks) || weeks < 1) {
    throw new RangeError(`groupMoves needs windows of 1 week or more, got ${weeks}`);
  }
  const all = usageDays("groupMoves", usage);
  const labelled = groupedUsers("groupMoves", groups);
  const labelOf = new Map(labelled.map(({ type, user, label }) => [userKey(type, user), label]));
  const missing = all.filter(({ type, user }) => !labelOf.has(userKey(type, user))).length;
  if (missing > 0 || labelOf.size > all.length) {
    throw new Error(
      `groupMoves needs the groups of all users in usage; ${missing} users of an API have none, ` +
        `${labelOf.size - (all.length - missing)} groups have no usage`,
    );
  }
  const { first, last } = usageSpan("groupMoves", all);
  const length = 7 * weeks;
  const count = all.length === 0 ? 0 : Math.floor((last - first + 1) / length);
  const features = featuresByWindow(all, { first, length, count });

  const centers = centersOf(all, labelOf, features);
  const sequences = all.map(({ type, user }, place) => ({
    type,
    user,
    labels: Array.from({ length: count }, (_, w) => {
      const own = features.get(`${place} ${w + 1}`);
      return own ? nearest(own, centers.get(type) ?? []) : null;
    }),
  }));
  return {
    moves: movesOf(sequences, usage.getColumn("user_id").dtype),
    transitions: transitionsOf(sequences),
    windows: windowsOf(first, length, count),
  };
}

interface Windows {
  first: number;
  length: number;
  count: number;
}

/**
 * The seven features of each user and API in window 0, which is the whole period,
 * and in each window with calls; keys are the place in `all` and the window. They
 * are scaled together, as if each window were a user of its own.
 */
function featuresByWindow(
  all: readonly OwnUsage[],
  { first, length, count }: Windows,
): Map<string, number[]> {
  const columns = { day: [] as number[], id: [] as number[], calls: [] as number[] };
  all.forEach(({ days, calls }, place) => {
    const sums = new Float64Array(count + 1);
    const windowOf = (i: number) => Math.floor((days[i]! - first) / length) + 1;
    for (let i = 0; i < days.length; i++) if (windowOf(i) <= count) sums[windowOf(i)]! += calls[i]!;
    const push = (window: number, i: number) => {
      columns.day.push(days[i]!);
      columns.id.push(place * (count + 1) + window);
      columns.calls.push(calls[i]!);
    };
    for (let i = 0; i < days.length; i++) {
      push(0, i);
      // Without a call in it, a window has no features, as if there were no rows.
      if (windowOf(i) <= count && sums[windowOf(i)]! > 0) push(windowOf(i), i);
    }
  });
  const frame = pl.DataFrame([
    pl.Series("dt", columns.day, pl.Int32).cast(pl.Date),
    pl.Series("user_id", columns.id, pl.Int64),
    pl.Series(
      "type",
      columns.id.map(() => ""),
      pl.String,
    ),
    pl.Series("api_count", columns.calls, pl.Int64),
  ]);
  if (frame.height === 0) return new Map();
  const rows = usageFeatures(frame).toRecords();
  return new Map(
    rows.map((row) => {
      const id = Number(row.user_id);
      const key = `${Math.floor(id / (count + 1))} ${id % (count + 1)}`;
      return [key, USAGE_FEATURES.map((name) => Number(row[name]))];
    }),
  );
}

/** A group's median and how far from it members are as a rule. */
interface Center {
  label: number;
  middle: number[];
  reach: number;
}

/** Share of a group's members that lie within its reach. */
const WITHIN_REACH = 0.95;

function centersOf(
  all: readonly OwnUsage[],
  labelOf: ReadonlyMap<string, number>,
  features: ReadonlyMap<string, number[]>,
): Map<string, Center[]> {
  const users = all.map(({ type, user }, place): GroupedUser => {
    const label = labelOf.get(userKey(type, user))!;
    return { type, user, label, features: features.get(`${place} 0`)! };
  });
  const members = users.filter(({ label }) => label !== NOISE_LABEL);
  const byApi = gathered(members, ({ type }) => type);
  return new Map(
    [...byApi].map(([type, own]) => {
      const byLabel = gathered(own, ({ label }) => label);
      const centers = Array.from(byLabel, ([label, alike]): Center => {
        const middle = medianFeatures(alike);
        const distances = alike
          .map((user) => distanceBetween(user.features, middle))
          .sort((a, b) => a - b);
        const reach = distances[Math.ceil(WITHIN_REACH * distances.length) - 1]!;
        return { label, middle, reach };
      });
      return [type, centers.sort((a, b) => a.label - b.label)];
    }),
  );
}

/** The group whose median is nearest, of equally near ones the first; none where it is out of reach. */
function nearest(features: readonly number[], centers: readonly Center[]): number {
  let [label, least] = [NOISE_LABEL, Number.POSITIVE_INFINITY];
  for (const center of centers) {
    const distance = distanceBetween(features, center.middle);
    if (distance >= least) continue;
    least = distance;
    // What scaling rounds differently must not push a member out.
    label = distance <= center.reach + 1e-12 ? center.label : NOISE_LABEL;
  }
  return label;
}

interface Sequence {
  type: string;
  user: unknown;
  /** By window; null without use. */
  labels: (number | null)[];
}

function movesOf(sequences: readonly Sequence[], idType: DataType): pl.DataFrame {
  const rows = sequences.map(({ type, user, labels }) => {
    const used = labels.filter((label) => label !== null);
    return {
      user_id: user,
      type: type,
      labels: labels.map(wordOf).join(", "),
      windows: used.length,
      changes: used.filter((label, i) => i > 0 && label !== used[i - 1]).length,
    };
  });
  const changed = rows.filter((row) => row.changes > 0);
  changed.sort(
    (a, b) =>
      b.changes - a.changes || compareIds(a.user_id, b.user_id) || (a.type < b.type ? -1 : 1),
  );
  return frameOf(changed, { user_id: idType }, "type", "labels", "windows", "changes");
}

function wordOf(label: number | null): string {
  if (label === null) return "-";
  return label === NOISE_LABEL ? "none" : String(label);
}

function transitionsOf(sequences: readonly Sequence[]): pl.DataFrame {
  const steps = sequences.flatMap(({ type, labels }) =>
    labels.slice(1).map((to, i) => ({ type, from: labels[i]!, to })),
  );
  const made = steps.filter(({ from, to }) => from !== null || to !== null);
  const counted = gathered(made, ({ type, from, to }) => `${from} ${to} ${type}`);
  const rows = Array.from(counted.values(), (own) => ({
    type: own[0]!.type,
    from_label: own[0]!.from,
    to_label: own[0]!.to,
    users: own.length,
  }));
  const place = (label: number | null) => label ?? Number.NEGATIVE_INFINITY;
  const compare = (a: number, b: number) => (a < b ? -1 : a > b ? 1 : 0);
  rows.sort(
    (a, b) =>
      (a.type < b.type ? -1 : a.type > b.type ? 1 : 0) ||
      compare(place(a.from_label), place(b.from_label)) ||
      compare(place(a.to_label), place(b.to_label)),
  );
  return frameOf(rows, "type", "from_label", "to_label", "users");
}

function windowsOf(first: number, length: number, count: number): pl.DataFrame {
  const rows = Array.from({ length: count }, (_, w) => ({
    window: w + 1,
    from: first + w * length,
    to: first + (w + 1) * length - 1,
  }));
  return frameOf(rows, "window", { from: pl.Int32, to: pl.Int32 }).withColumns(
    pl.col("from").cast(pl.Date),
    pl.col("to").cast(pl.Date),
  );
}
