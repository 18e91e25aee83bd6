import type pl from "nodejs-polars";
import { frameOf } from "../log/frame-of";
import { gathered } from "../log/gathered";
import { NOISE_LABEL } from "../stats/labels";
import { median } from "../stats/quantile";
import { counted, formatCount, formatPercent } from "../words/format-words";
import { exampleUsers } from "./example-users";
import { countedNumber, groupNames } from "./group-names";
import { type GroupedUser, groupedUsers, userKey } from "./grouped-users";
import { shown, usageDays, userOfApi } from "./usage-days";
import { habitsOf, USAGE_FEATURES } from "./usage-features";

export interface GroupProfilesOptions {
  features?: readonly string[];
}

type Habits = ReturnType<typeof habitsOf>;
type User = GroupedUser & Habits;

/**
 * What each group of users is: medians of how they use the API, a name, a sentence and three users
 * nearest to the median of `features`. Names follow by a fixed rule, none twice in an API:
 *
 * - `one-day visitors`, or users who are `daily` (on at least four in five days from first to last
 *   use), `regular` (one in seven) or `occasional`; `short-term` under 14 days, `long-term` from 57
 * - `heavy` where they make at least ten times the calls of the API's other users
 * - users in no group are `scattered`, and not alike
 * @param groups what `groupUsers` gives
 * @param usage the usage that the groups were made from
 * @returns by API and group (no group last): `type`, `cluster_label`, `group_name`, `users`,
 *   `share` (of the API's users), `calls`, `share_of_calls`, `median_calls`,
 *   `median_calls_per_day`, `median_busiest_day_calls`, `median_use_days`, `median_use_duration`,
 *   `median_avg_cont_use`, `finding`, `user_ids` (the most typical first)
 * @throws {Error} if a column of `groups` is missing, of another type, null or not finite, a user
 *   has two rows for an API or no usage, or usage is as `usageHabits` refuses it
 */
export function groupProfiles(
  groups: pl.DataFrame,
  usage: pl.DataFrame,
  { features = USAGE_FEATURES }: GroupProfilesOptions = {},
): pl.DataFrame {
  const grouped = groupedUsers("groupProfiles", groups, features);
  const habits = new Map(
    usageDays("groupProfiles", usage).map((own) => [userKey(own.type, own.user), habitsOf(own)]),
  );
  const users = grouped.map((user): User => {
    const own = habits.get(userKey(user.type, user.user));
    if (own) return { ...user, ...own };
    throw new Error(
      "groupProfiles needs the usage that the groups were made from; it has none of " +
        userOfApi(user.user, user.type),
    );
  });
  const examples = gathered(exampleUsers(groups, { features }).toRecords(), (row) =>
    userKey(row.type, row.cluster_label),
  );
  const rows = [...gathered(users, ({ type }) => type).values()].flatMap((own) =>
    profilesOf(own).map((profile) => {
      const ids = examples.get(userKey(profile.type, profile.cluster_label)) ?? [];
      return {
        ...profile,
        finding: sentenceOf(profile, own.length),
        user_ids: ids.map((row) => shown(row.user_id)).join(", "),
      };
    }),
  );
  return frameOf(
    rows,
    ...(["type", "cluster_label", "group_name", "users", "share", "calls"] as const),
    ...(["share_of_calls", "median_calls", "median_calls_per_day"] as const),
    ...(["median_busiest_day_calls", "median_use_days", "median_use_duration"] as const),
    ...(["median_avg_cont_use", "finding", "user_ids"] as const),
  );
}

function profilesOf(all: readonly User[]) {
  const medianOf = (users: readonly User[], habit: keyof Habits) =>
    median(users.map((user) => user[habit]));
  const callsOf = (users: readonly User[]) => users.reduce((sum, { calls }) => sum + calls, 0);
  const profiles = [...gathered(all, ({ label }) => label)].map(([label, own]) => ({
    type: own[0]!.type,
    cluster_label: label,
    users: own.length,
    share: own.length / all.length,
    calls: callsOf(own),
    share_of_calls: callsOf(all) > 0 ? callsOf(own) / callsOf(all) : 0,
    median_calls: medianOf(own, "calls"),
    median_calls_per_day: medianOf(own, "calls_per_day"),
    median_busiest_day_calls: medianOf(own, "busiest_day_calls"),
    median_use_days: medianOf(own, "use_days"),
    median_use_duration: medianOf(own, "use_duration"),
    median_avg_cont_use: medianOf(own, "avg_cont_use"),
    others_median_calls: medianOf(
      all.filter((user) => user.label !== label),
      "calls",
    ),
  }));
  const names = groupNames(profiles);
  return profiles.map((profile, place) => ({ ...profile, group_name: names[place]! }));
}

function sentenceOf(group: ReturnType<typeof profilesOf>[number], apiUsers: number): string {
  const { group_name, median_use_days, median_use_duration, median_calls } = group;
  const who =
    `${formatCount(group.users)} of ${counted(apiUsers, "user")} of ` +
    `${shown(group.type)} (${formatPercent(group.share)})`;
  const isRest = group.cluster_label === NOISE_LABEL;
  const what = isRest ? `in no group (${group_name})` : group_name;
  const days = countedNumber(median_use_days, "day");
  const span = median_use_days > 1 ? ` over ${countedNumber(median_use_duration + 1, "day")}` : "";
  return (
    `${who} are ${what}: at the median ${days} of use${span} and ` +
    `${countedNumber(median_calls, "call")}; together ${counted(group.calls, "call")}, ` +
    `${honestPercent(group.share_of_calls)} of the API's.`
  );
}

/** Says 0 and 100 only where it is exactly that. */
function honestPercent(share: number): string {
  if (share > 0 && share < 0.0005) return `under ${formatPercent(0.001)}`;
  return share < 1 && share >= 0.9995 ? `over ${formatPercent(0.999)}` : formatPercent(share);
}
