import type pl from "nodejs-polars";
import { frameOf } from "../log/frame-of";
import { benjaminiHochberg, hypergeometricTest } from "../stats/exact-tests";
import { gatherGroups, groupedUsers } from "./grouped-users";

/**
 * Groups of two APIs that share more users than chance would give them, by [Fisher's exact
 * test](https://en.wikipedia.org/wiki/Fisher%27s_exact_test), one-sided, corrected by Benjamini and
 * Hochberg. Users of no API are not in `groups`, so pairs look rarer than they are.
 * @param groups what `groupUsers` gives
 * @returns the least likely first: `type`, `cluster_label`, `other_type`, `other_label`, `users`,
 *   `other_users`, `observed`, `expected`, `ratio` (of both), `p_value`, `adjusted_p_value`
 * @throws {Error} if `groups` are as `groupProfiles` refuses them
 */
export function apiPairs(groups: pl.DataFrame): pl.DataFrame {
  const all = groupedUsers("apiPairs", groups);
  const count = new Set(all.map(({ user }) => String(user))).size;
  const sets = gatherGroups(all).map((own) => ({
    type: own[0]!.type,
    label: own[0]!.label,
    users: new Set(own.map(({ user }) => String(user))),
  }));
  const pairs = sets.flatMap((one, place) =>
    sets.slice(place + 1).flatMap((other) => {
      if (other.type === one.type) return [];
      const observed = [...one.users].filter((user) => other.users.has(user)).length;
      const [users, otherUsers] = [one.users.size, other.users.size];
      const expected = (users * otherUsers) / count;
      return {
        type: one.type,
        cluster_label: one.label,
        other_type: other.type,
        other_label: other.label,
        users,
        other_users: otherUsers,
        observed,
        expected,
        ratio: observed / expected,
        p_value: hypergeometricTest(observed, users, otherUsers, count),
      };
    }),
  );
  const adjusted = benjaminiHochberg(pairs.map((pair) => pair.p_value));
  const rows = pairs.map((pair, i) => ({ ...pair, adjusted_p_value: adjusted[i]! }));
  // The order of groups is kept among equally likely ones: sort is stable.
  return frameOf(
    rows.filter((row) => row.ratio > 1).sort((a, b) => a.p_value - b.p_value),
    ...(["type", "cluster_label", "other_type", "other_label", "users", "other_users"] as const),
    ...(["observed", "expected", "ratio", "p_value", "adjusted_p_value"] as const),
  );
}
