import type pl from "nodejs-polars";
import { frameOf } from "../log/frame-of";
import { benjaminiHochberg } from "../stats/benjamini-hochberg";
import { hypergeometricTest } from "../stats/hypergeometric-test";
import { gatherGroups, groupedUsers } from "./grouped-users";

/**
 * Groups of two APIs that share more users than chance would give them: who uses
 * one API this way also uses the other that way.
 *
 * Chance is what a draw would do: of `n` users in all, as many as one group has
 * are drawn without a look at the other, so `users * other_users / n` are expected
 * in both, and the P value is the hypergeometric chance of `observed` or more
 * ([Fisher's exact test](https://en.wikipedia.org/wiki/Fisher%27s_exact_test),
 * one-sided), corrected for all pairs of groups by Benjamini and Hochberg.
 *
 * Everybody in `groups` uses some API: those who use none are not in the file. So
 * pairs look rarer than they are among all customers: of an API that most use,
 * users of the others are missing, because many of them came for the other alone.
 *
 * @param groups `user_id`, `type`, `cluster_label`, as `groupUsers` gives them
 * @returns one row per pair of groups that has more users than expected, the
 *   least likely first, then by groups: `type`, `cluster_label`, `other_type`, `other_label`
 *   (after `type` in the alphabet), `users`, `other_users` (of each group),
 *   `observed` (Int64), `expected`, `ratio` (observed by expected), `p_value`,
 *   `adjusted_p_value` (Float64)
 * @throws {Error} if a column is missing or of another type, or a user stands
 *   there twice for an API
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
    sets
      .slice(place + 1)
      .filter(({ type }) => type !== one.type)
      .map((other) => {
        const observed = [...one.users].filter((user) => other.users.has(user)).length;
        const [m, n] = [one.users.size, other.users.size];
        return { one, other, observed, p: hypergeometricTest(observed, m, n, count) };
      }),
  );
  const adjusted = benjaminiHochberg(pairs.map(({ p }) => p));
  const rows = pairs.map(({ one, other, observed, p }, i) => {
    const expected = (one.users.size * other.users.size) / count;
    return {
      type: one.type,
      cluster_label: one.label,
      other_type: other.type,
      other_label: other.label,
      users: one.users.size,
      other_users: other.users.size,
      observed: observed,
      expected: expected,
      ratio: observed / expected,
      p_value: p,
      adjusted_p_value: adjusted[i]!,
    };
  });
  // The order of groups is kept among equally likely ones: sort is stable.
  return frameOf(
    rows.filter((row) => row.ratio > 1).sort((a, b) => a.p_value - b.p_value),
    "type",
    "cluster_label",
    "other_type",
    "other_label",
    "users",
    "other_users",
    "observed",
    "expected",
    "ratio",
    "p_value",
    "adjusted_p_value",
  );
}
