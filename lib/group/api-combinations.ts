import type pl from "nodejs-polars";
import { frameOf } from "../log/frame-of";
import { requireColumns } from "../log/require-columns";
import { NOISE_LABEL } from "../stats/dbscan";
import { visibleText } from "../words/visible-text";
import { gathered, groupedUsers, userKey } from "./grouped-users";

export interface ApiCombinationsOptions {
  /** What makes a combination: the APIs alone, or each API with the user's group in it. */
  by?: "group" | "api";
  /** Names of groups, as `groupProfiles` gives them; `group 0` and `no group` without. */
  profiles?: pl.DataFrame;
}

/**
 * Which APIs, and which of their groups, users combine: the customers behind the
 * keys. A user of one API alone is a combination too.
 *
 * @param groups `user_id`, `type`, `cluster_label`, as `groupUsers` gives them
 * @returns one row per combination that somebody has, the most users first, then
 *   by name: `combination` (String, as in `gnql: one-day visitors + riot: no
 *   group`), `apis`, `users` (Int64), `share` (Float64, of all users)
 * @throws {RangeError} if `by` is neither `group` nor `api`
 * @throws {Error} if a column is missing or of another type, or a user stands
 *   there twice for an API
 */
export function apiCombinations(
  groups: pl.DataFrame,
  { by = "group", profiles }: ApiCombinationsOptions = {},
): pl.DataFrame {
  if (by !== "group" && by !== "api") {
    throw new RangeError(`apiCombinations needs by to be group or api, got ${by}`);
  }
  const names = namesOf(profiles);
  const users = gathered(groupedUsers("apiCombinations", groups), ({ user }) => String(user));
  const parts = Array.from(users.values(), (own) =>
    own.map(({ type, label }) => {
      const api = visibleText(type, { max: 60 });
      return by === "api" ? api : `${api}: ${names.get(userKey(type, label)) ?? plain(label)}`;
    }),
  );
  const combinations = gathered(parts, (own) => own.join(" + "));
  const rows = Array.from(combinations, ([combination, all]) => ({
    combination: combination,
    apis: all[0]!.length,
    users: all.length,
    share: all.length / users.size,
  }));
  rows.sort((a, b) => b.users - a.users || (a.combination < b.combination ? -1 : 1));
  return frameOf(rows, "combination", "apis", "users", "share");
}

function namesOf(profiles: pl.DataFrame | undefined): Map<string, string> {
  if (!profiles) return new Map();
  requireColumns("apiCombinations (profiles)", profiles, "type", "cluster_label", "group_name");
  const rows = profiles.select("type", "cluster_label", "group_name").toRecords();
  return new Map(
    rows.map((row) => [userKey(row.type, Number(row.cluster_label)), String(row.group_name)]),
  );
}

function plain(label: number): string {
  return label === NOISE_LABEL ? "no group" : `group ${label}`;
}
