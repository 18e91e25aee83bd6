import type pl from "nodejs-polars";
import { frameOf } from "../log/frame-of";
import { NOISE_LABEL } from "../stats/dbscan";
import { median } from "../stats/median";
import { counted, formatCount, formatPercent } from "../words/format-words";
import { visibleText } from "../words/visible-text";
import { exampleUsers } from "./example-users";
import { countedNumber, groupNames } from "./group-names";
import { compareLabels, type GroupedUser, gathered, groupedUsers, userKey } from "./grouped-users";
import { usageDays } from "./usage-days";
import { USAGE_FEATURES } from "./usage-feature-columns";
import { type Habits, habitsOf } from "./usage-habits";

export interface GroupProfilesOptions {
  /** Columns of `groups` by which the examples are nearest to their group's median. */
  features?: readonly string[];
}

/**
 * What each group of users is: how many, how they use the API in days and calls,
 * a name in plain words and a sentence with the numbers, and three users to look at.
 *
 * Numbers describe the middle user: medians over the group's members, since one
 * customer may make more calls than all others together (`share_of_calls` shows
 * it). A name is made from these medians by a fixed rule, and no two groups of an
 * API share one:
 *
 * - `one-day visitors`, or `daily` users (on four in five of the days from first to
 *   last use, or more), `regular` (on one in seven or more) or `occasional` ones;
 *   `short-term` before it where these days are under 14, `long-term` from 57
 * - `heavy` before it where they make ten times the calls of the API's other
 *   users or more
 * - users in no group are `scattered`; what follows is the median of them, and
 *   the others need not be like it
 *
 * A name is a summary, not a finding: look at the spread (`featureBoxesFigure`)
 * before acting on it. Long use cannot be seen in a short log.
 *
 * @param groups `user_id`, `type`, `cluster_label` and the features, as `groupUsers` gives them
 * @param usage the usage that the groups were made from
 * @returns one row per API and group, by both, those in no group last: `type`,
 *   `cluster_label` (Int64), `group_name` (String), `users` (Int64), `share` (Float64, of the API's
 *   users), `calls` (Int64), `share_of_calls` (Float64, of the API's calls),
 *   `median_calls` (per user), `median_calls_per_day` (per day of use),
 *   `median_busiest_day_calls`, `median_use_days`, `median_use_duration` (days
 *   from first to last use), `median_avg_cont_use` (days; all Float64), `finding`
 *   (String, a sentence), `user_ids` (String, three examples, the nearest to the
 *   median of the features first)
 * @throws {Error} if a column is missing or of another type, a user of `groups`
 *   has no usage of the API, or usage as `usageHabits` refuses it
 */
export function groupProfiles(
  groups: pl.DataFrame,
  usage: pl.DataFrame,
  { features = USAGE_FEATURES }: GroupProfilesOptions = {},
): pl.DataFrame {
  const users = groupedUsers("groupProfiles", groups, features);
  const habits = new Map(
    usageDays("groupProfiles", usage).map((own) => [userKey(own.type, own.user), habitsOf(own)]),
  );
  const examples = examplesByGroup(groups, features);
  const rows = [...gathered(users, ({ type }) => type).values()].flatMap((apiUsers) =>
    profilesOfApi(apiUsers, habits, examples),
  );
  return frameOf(
    rows,
    "type",
    "cluster_label",
    "group_name",
    "users",
    "share",
    "calls",
    "share_of_calls",
    "median_calls",
    "median_calls_per_day",
    "median_busiest_day_calls",
    "median_use_days",
    "median_use_duration",
    "median_avg_cont_use",
    "finding",
    "user_ids",
  );
}

/** All groups of one API, with the names that set them apart. */
function profilesOfApi(
  apiUsers: readonly GroupedUser[],
  habits: ReadonlyMap<string, Habits>,
  examples: ReadonlyMap<string, string>,
) {
  const all = apiUsers.map((user) => ({ ...user, habits: habitsFor(user, habits) }));
  const labels = [...new Set(all.map(({ label }) => label))].sort(compareLabels);
  const apiCalls = all.reduce((sum, user) => sum + user.habits.calls, 0);
  const groups = labels.map((label) => {
    const own = all.filter((user) => user.label === label);
    const others = all.filter((user) => user.label !== label);
    const middle = (habit: keyof Habits) => median(own.map((user) => user.habits[habit]));
    return {
      label,
      users: own.length,
      totalCalls: own.reduce((sum, user) => sum + user.habits.calls, 0),
      othersCalls: others.length > 0 ? median(others.map((user) => user.habits.calls)) : null,
      use_days: middle("use_days"),
      use_duration: middle("use_duration"),
      avg_cont_use: middle("avg_cont_use"),
      calls: middle("calls"),
      calls_per_day: middle("calls_per_day"),
      busiest_day_calls: middle("busiest_day_calls"),
    };
  });
  const names = groupNames(groups);
  const type = apiUsers[0]!.type;
  return groups.map((group, place) => {
    const { totalCalls } = group;
    const share = group.users / all.length;
    const callsShare = apiCalls > 0 ? totalCalls / apiCalls : 0;
    return {
      type: type,
      cluster_label: group.label,
      group_name: names[place]!,
      users: group.users,
      share: share,
      calls: totalCalls,
      share_of_calls: callsShare,
      median_calls: group.calls,
      median_calls_per_day: group.calls_per_day,
      median_busiest_day_calls: group.busiest_day_calls,
      median_use_days: group.use_days,
      median_use_duration: group.use_duration,
      median_avg_cont_use: group.avg_cont_use,
      finding: sentenceOf(type, group, names[place]!, all.length, share, totalCalls, callsShare),
      user_ids: examples.get(userKey(type, group.label)) ?? "",
    };
  });
}

function sentenceOf(
  type: string,
  group: { label: number; users: number } & Omit<Habits, "busiest_day_calls">,
  name: string,
  apiUsers: number,
  share: number,
  calls: number,
  callsShare: number,
): string {
  const isRest = group.label === NOISE_LABEL;
  const who =
    `${formatCount(group.users)} of ${counted(apiUsers, "user")} of ` +
    `${visibleText(type, { max: 60 })} (${formatPercent(share)})`;
  const span = group.use_days > 1 ? ` over ${countedNumber(group.use_duration + 1, "day")}` : "";
  const middle = `${countedNumber(group.use_days, "day")} of use${span} and ${countedNumber(group.calls, "call")}`;
  return (
    `${who} are ${isRest ? `in no group (${name})` : name}: at the median ${middle}; ` +
    `together ${counted(calls, "call")}, ${honestPercent(callsShare)} of the API's.`
  );
}

/** A share in percent that says 0 and 100 only where it is exactly that. */
function honestPercent(share: number): string {
  if (share > 0 && share < 0.0005) return `under ${formatPercent(0.001)}`;
  return share < 1 && share >= 0.9995 ? `over ${formatPercent(0.999)}` : formatPercent(share);
}

function habitsFor(user: GroupedUser, habits: ReadonlyMap<string, Habits>): Habits {
  const own = habits.get(userKey(user.type, user.user));
  if (own) return own;
  throw new Error(
    "groupProfiles needs the usage that the groups were made from; it has none of user " +
      `${visibleText(String(user.user), { max: 60 })}, ${visibleText(user.type, { max: 60 })}`,
  );
}

function examplesByGroup(groups: pl.DataFrame, features: readonly string[]): Map<string, string> {
  const rows = exampleUsers(groups, { features }).toRecords();
  const by = gathered(rows, (row) => userKey(row.type, Number(row.cluster_label)));
  return new Map(
    [...by].map(([key, own]) => [
      key,
      own.map((row) => visibleText(String(row.user_id), { max: 60 })).join(", "),
    ]),
  );
}
