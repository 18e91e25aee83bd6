import pl from "nodejs-polars";
import {
  AVG_CONT_USE,
  BUSIEST_DAY_CALLS,
  CALLS,
  CALLS_PER_DAY,
  CLUSTER_LABEL,
  FINDING,
  GROUP_NAME,
  MEDIAN_AVG_CONT_USE,
  MEDIAN_BUSIEST_DAY_CALLS,
  MEDIAN_CALLS,
  MEDIAN_CALLS_PER_DAY,
  MEDIAN_USE_DAYS,
  MEDIAN_USE_DURATION,
  SHARE,
  SHARE_OF_CALLS,
  TYPE,
  USE_DAYS,
  USE_DURATION,
  USER_ID,
  USER_IDS,
  USERS,
} from "../log/columns";
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
  return frameOf(rows, {
    [TYPE]: pl.String,
    [CLUSTER_LABEL]: pl.Int64,
    [GROUP_NAME]: pl.String,
    [USERS]: pl.Int64,
    [SHARE]: pl.Float64,
    [CALLS]: pl.Int64,
    [SHARE_OF_CALLS]: pl.Float64,
    [MEDIAN_CALLS]: pl.Float64,
    [MEDIAN_CALLS_PER_DAY]: pl.Float64,
    [MEDIAN_BUSIEST_DAY_CALLS]: pl.Float64,
    [MEDIAN_USE_DAYS]: pl.Float64,
    [MEDIAN_USE_DURATION]: pl.Float64,
    [MEDIAN_AVG_CONT_USE]: pl.Float64,
    [FINDING]: pl.String,
    [USER_IDS]: pl.String,
  });
}

/** All groups of one API, with the names that set them apart. */
function profilesOfApi(
  apiUsers: readonly GroupedUser[],
  habits: ReadonlyMap<string, Habits>,
  examples: ReadonlyMap<string, string>,
) {
  const all = apiUsers.map((user) => ({ ...user, habits: habitsFor(user, habits) }));
  const labels = [...new Set(all.map(({ label }) => label))].sort(compareLabels);
  const apiCalls = all.reduce((sum, user) => sum + user.habits[CALLS], 0);
  const groups = labels.map((label) => {
    const own = all.filter((user) => user.label === label);
    const others = all.filter((user) => user.label !== label);
    const middle = (habit: keyof Habits) => median(own.map((user) => user.habits[habit]));
    return {
      label,
      users: own.length,
      totalCalls: own.reduce((sum, user) => sum + user.habits[CALLS], 0),
      othersCalls: others.length > 0 ? median(others.map((user) => user.habits[CALLS])) : null,
      [USE_DAYS]: middle(USE_DAYS),
      [USE_DURATION]: middle(USE_DURATION),
      [AVG_CONT_USE]: middle(AVG_CONT_USE),
      [CALLS]: middle(CALLS),
      [CALLS_PER_DAY]: middle(CALLS_PER_DAY),
      [BUSIEST_DAY_CALLS]: middle(BUSIEST_DAY_CALLS),
    };
  });
  const names = groupNames(groups);
  const type = apiUsers[0]!.type;
  return groups.map((group, place) => {
    const { totalCalls } = group;
    const share = group.users / all.length;
    const callsShare = apiCalls > 0 ? totalCalls / apiCalls : 0;
    return {
      [TYPE]: type,
      [CLUSTER_LABEL]: group.label,
      [GROUP_NAME]: names[place]!,
      [USERS]: group.users,
      [SHARE]: share,
      [CALLS]: totalCalls,
      [SHARE_OF_CALLS]: callsShare,
      [MEDIAN_CALLS]: group[CALLS],
      [MEDIAN_CALLS_PER_DAY]: group[CALLS_PER_DAY],
      [MEDIAN_BUSIEST_DAY_CALLS]: group[BUSIEST_DAY_CALLS],
      [MEDIAN_USE_DAYS]: group[USE_DAYS],
      [MEDIAN_USE_DURATION]: group[USE_DURATION],
      [MEDIAN_AVG_CONT_USE]: group[AVG_CONT_USE],
      [FINDING]: sentenceOf(type, group, names[place]!, all.length, share, totalCalls, callsShare),
      [USER_IDS]: examples.get(userKey(type, group.label)) ?? "",
    };
  });
}

function sentenceOf(
  type: string,
  group: { label: number; users: number } & Omit<Habits, typeof BUSIEST_DAY_CALLS>,
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
  const span = group[USE_DAYS] > 1 ? ` over ${countedNumber(group[USE_DURATION] + 1, "day")}` : "";
  const middle = `${countedNumber(group[USE_DAYS], "day")} of use${span} and ${countedNumber(group[CALLS], "call")}`;
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
  const by = gathered(rows, (row) => userKey(row[TYPE], Number(row[CLUSTER_LABEL])));
  return new Map(
    [...by].map(([key, own]) => [
      key,
      own.map((row) => visibleText(String(row[USER_ID]), { max: 60 })).join(", "),
    ]),
  );
}
