import pl from "nodejs-polars";
import { frameOf } from "../log/frame-of";
import { NOISE_LABEL } from "../stats/labels";
import { requireOneOf } from "../stats/require-option";
import { apiPoints } from "./api-points";
import {
  type DbscanSetting,
  dbscanSweep,
  requireSettings,
  THREE_TO_TWENTY_FOUR,
} from "./dbscan-sweep";
import { usageFeatures } from "./usage-features";

export interface GroupUsersOptions {
  eps?: number;
  minSamples?: readonly number[];
  /** That of the highest silhouette (of equal ones the first), or the last to form a cluster. */
  select?: "best" | "last";
}

export interface UserGroups {
  groups: pl.DataFrame;
  sweep: pl.DataFrame;
}

/**
 * Groups the users of each API: DBSCAN on the features of `usageFeatures`, once per setting of
 * `minSamples`, of which one is kept. `"last"` is what the case study does by mistake.
 * @param usage what `usageFeatures` takes
 * @returns `groups`, by user and API: `user_id`, `type`, the seven features and `cluster_label`.
 *   `sweep`, by API and setting: `type`, `min_samples`, `clusters`, `noise`, `silhouette` (noise as
 *   a cluster; null for one label, or as many as users).
 * @throws {RangeError} if an option is out of range, or users have more than 2^28 neighbors in all
 * @throws {Error} if `minSamples` is empty, or usage as `usageFeatures` refuses it
 */
export function groupUsers(
  usage: pl.DataFrame,
  { eps = 0.15, minSamples = THREE_TO_TWENTY_FOUR, select = "best" }: GroupUsersOptions = {},
): UserGroups {
  requireSettings("groupUsers", [eps], minSamples);
  requireOneOf("groupUsers", { select }, ["best", "last"]);
  const features = usageFeatures(usage);
  const apis = apiPoints("groupUsers", features).map(({ api, points }) => {
    const settings = dbscanSweep(points, [eps], minSamples);
    const everyone = new Int32Array(points.count).fill(NOISE_LABEL);
    return { api, settings, labels: choose(settings, select)?.labels ?? everyone };
  });
  const labels = apis.flatMap((own) => [...own.labels]);
  const sweep = apis.flatMap(({ api, settings }) =>
    settings.map((setting) => ({ type: api, ...setting })),
  );
  return {
    groups: features
      .sort(["type", "user_id"])
      .withColumns(pl.Series("cluster_label", labels, pl.Int64))
      .sort(["user_id", "type"]),
    sweep: frameOf(sweep, "type", "min_samples", "clusters", "noise", "silhouette").sort([
      "type",
      "min_samples",
    ]),
  };
}

function choose(settings: DbscanSetting[], select: "best" | "last"): DbscanSetting | undefined {
  const formed = settings.filter(({ clusters }) => clusters > 0);
  if (select === "last") return formed.at(-1);
  // A setting without a silhouette is kept only if all lack one.
  const score = (setting: DbscanSetting) => setting.silhouette ?? Number.NEGATIVE_INFINITY;
  const best = Math.max(...formed.map(score));
  return formed.find((setting) => score(setting) === best);
}
