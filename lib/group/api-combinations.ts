import type pl from "nodejs-polars";
import { frameOf } from "../log/frame-of";
import { gathered } from "../log/gathered";
import { requireColumns } from "../log/require-columns";
import { NOISE_LABEL } from "../stats/labels";
import { requireOneOf } from "../stats/require-option";
import { compareTexts, groupedUsers, userKey } from "./grouped-users";
import { shown } from "./usage-days";

export interface ApiCombinationsOptions {
  by?: "group" | "api";
  /** What `groupProfiles` gives, for the names of groups. */
  profiles?: pl.DataFrame;
}

/**
 * Which APIs users combine, each with the user's group in it unless `by` is `api`.
 * @param groups what `groupUsers` gives
 * @returns the most users first, then by name: `combination` (as in `gnql: one-day visitors + riot:
 *   no group`; also one API alone), `apis`, `users`, `share` (of all users)
 * @throws {RangeError} if `by` is neither `group` nor `api`
 * @throws {Error} if `groups` are as `groupProfiles` refuses them
 */
export function apiCombinations(
  groups: pl.DataFrame,
  { by = "group", profiles }: ApiCombinationsOptions = {},
): pl.DataFrame {
  requireOneOf("apiCombinations", { by }, ["group", "api"]);
  const names = namesOf(profiles);
  const users = gathered(groupedUsers("apiCombinations", groups), ({ user }) => String(user));
  const combinations = Array.from(users.values(), (own) =>
    own.map(({ type, label }) => {
      const plain = label === NOISE_LABEL ? "no group" : `group ${label}`;
      const group = names.get(userKey(type, label)) ?? plain;
      return by === "api" ? shown(type) : `${shown(type)}: ${group}`;
    }),
  );
  const rows = Array.from(
    gathered(combinations, (parts) => parts.join(" + ")),
    ([combination, all]) => ({
      combination,
      apis: all[0]!.length,
      users: all.length,
      share: all.length / users.size,
    }),
  );
  rows.sort((a, b) => b.users - a.users || compareTexts(a.combination, b.combination));
  return frameOf(rows, "combination", "apis", "users", "share");
}

function namesOf(profiles: pl.DataFrame | undefined): Map<string, string> {
  if (!profiles) return new Map();
  requireColumns("apiCombinations (profiles)", profiles, "type", "cluster_label", "group_name");
  const rows = profiles.select("type", "cluster_label", "group_name").toRecords();
  return new Map(rows.map((row) => [userKey(row.type, row.cluster_label), String(row.group_name)]));
}
