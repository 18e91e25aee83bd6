import type pl from "nodejs-polars";
import { frameOf } from "../log/frame-of";
import { requireInteger } from "../stats/require-option";
import {
  compareIds,
  distanceBetween,
  gatherGroups,
  groupedUsers,
  medianFeatures,
} from "./grouped-users";
import { USAGE_FEATURES } from "./usage-features";

export interface ExampleUsersOptions {
  count?: number;
  features?: readonly string[];
}

/**
 * The users of each group nearest to the median of its features; equally near ones by id.
 * @param groups what `groupUsers` gives
 * @returns by API, group and nearness: `type`, `cluster_label`, `user_id`, `distance`
 * @throws {RangeError} if `count` is not an integer from 1
 * @throws {Error} if `groups` are as `groupProfiles` refuses them
 */
export function exampleUsers(
  groups: pl.DataFrame,
  { count = 3, features = USAGE_FEATURES }: ExampleUsersOptions = {},
): pl.DataFrame {
  requireInteger("exampleUsers", { count });
  const rows = gatherGroups(groupedUsers("exampleUsers", groups, features)).flatMap((own) => {
    const medians = medianFeatures(own);
    return own
      .map(({ type, label, user, features }) => ({
        type,
        cluster_label: label,
        user_id: user,
        distance: distanceBetween(features, medians),
      }))
      .sort((a, b) => a.distance - b.distance || compareIds(a.user_id, b.user_id))
      .slice(0, count);
  });
  const idType = groups.getColumn("user_id").dtype;
  return frameOf(rows, "type", "cluster_label", { user_id: idType }, "distance");
}
