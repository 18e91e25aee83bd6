import type pl from "nodejs-polars";
import { frameOf } from "../log/frame-of";
import {
  compareIds,
  distanceBetween,
  gatherGroups,
  groupedUsers,
  medianFeatures,
} from "./grouped-users";
import { USAGE_FEATURES } from "./usage-feature-columns";

export interface ExampleUsersOptions {
  /** Users per group. */
  count?: number;
  /** Columns by which nearness is measured, all of one scale. */
  features?: readonly string[];
}

/**
 * Users to look at when one wants to know what a group is like: those nearest to
 * the median of its features, of equally near ones those with the lower id.
 *
 * @param groups `user_id`, `type`, `cluster_label` and the features, as `groupUsers` gives them
 * @returns up to `count` rows per API and group, by both (those in no group
 *   last) and nearness: `type`, `cluster_label` (Int64), `user_id` (as in
 *   `groups`), `distance` (Float64, in features)
 * @throws {RangeError} if `count` is not an integer from 1
 * @throws {Error} if a column is missing or of another type, has a value that is
 *   missing or not finite, or a user stands there twice for an API
 */
export function exampleUsers(
  groups: pl.DataFrame,
  { count = 3, features = USAGE_FEATURES }: ExampleUsersOptions = {},
): pl.DataFrame {
  if (!Number.isInteger(count) || count < 1) {
    throw new RangeError(`exampleUsers needs a count of 1 user or more, got ${count}`);
  }
  const rows = gatherGroups(groupedUsers("exampleUsers", groups, features)).flatMap((own) => {
    const middle = medianFeatures(own);
    return own
      .map((user) => ({ ...user, distance: distanceBetween(user.features, middle) }))
      .sort((a, b) => a.distance - b.distance || compareIds(a.user, b.user))
      .slice(0, count);
  });
  return frameOf(
    rows.map(({ type, label, user, distance }) => ({
      type: type,
      cluster_label: label,
      user_id: user,
      distance: distance,
    })),
    "type",
    "cluster_label",
    { user_id: groups.getColumn("user_id").dtype },
    "distance",
  );
}
