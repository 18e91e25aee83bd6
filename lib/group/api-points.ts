import type pl from "nodejs-polars";
import { requireColumns } from "../log/require-columns";
import { numbers } from "../log/typed-arrays";
import type { PointMatrix } from "../stats/points";
import { visibleText } from "../words/visible-text";
import { USAGE_FEATURES } from "./usage-feature-columns";
import { usageFeatures } from "./usage-features";

/** The users of one API as points, a feature per dimension. */
export interface ApiPoints {
  api: string;
  points: PointMatrix;
}

/**
 * Usage, or features that are there already, as points per API: by API, and within one by user.
 *
 * @param caller name of the public function, for the message
 * @param usage what `usageFeatures` takes; or a frame without `dt` and `api_count`, of `user_id`,
 *   `type` and the features: one row per user and API
 * @param features which columns are the dimensions
 * @throws {Error} if `features` is empty, a column is missing or of another type, a feature is
 *   null or not finite, a user has two rows for an API, or usage is as `usageFeatures` refuses it
 */
export function apiPoints(
  caller: string,
  usage: pl.DataFrame,
  features: readonly string[] = USAGE_FEATURES,
): ApiPoints[] {
  if (features.length === 0) throw new Error(`${caller} needs features to compare users by`);
  requireColumns(caller, usage, { user_id: "any" }, "type");
  const isUsage = usage.columns.includes("dt") || usage.columns.includes("api_count");
  const frame = isUsage ? usageFeatures(usage) : usage;
  requireColumns(caller, frame, Object.fromEntries(features.map((name) => [name, "number"])));
  const sorted = frame.select("type", "user_id", ...features).sort(["type", "user_id"]);
  const missing = sorted.nullCount().toRecords()[0] ?? {};
  for (const [name, nulls] of Object.entries(missing)) {
    if (Number(nulls) > 0) {
      throw new Error(
        `${caller} needs ${name} in every row; ${nulls} of ${sorted.height} rows have none`,
      );
    }
  }
  const columns = features.map((name) => finite(caller, name, numbers(sorted, name)));
  const apis = sorted.getColumn("type").toArray() as string[];
  const users = sorted.getColumn("user_id").toArray() as unknown[];

  const found: ApiPoints[] = [];
  for (let start = 0, end = 0; start < apis.length; start = end) {
    for (end = start + 1; end < apis.length && apis[end] === apis[start]; end++) {
      if (users[end] === users[end - 1]) {
        throw new Error(
          `${caller} needs one row per user and API; user ${visibleText(String(users[end]), { max: 60 })} has several for one`,
        );
      }
    }
    const values = new Float64Array((end - start) * features.length);
    columns.forEach((column, d) => {
      for (let row = start; row < end; row++) {
        values[(row - start) * features.length + d] = column[row]!;
      }
    });
    found.push({
      api: apis[start]!,
      points: { values, count: end - start, dimensions: features.length },
    });
  }
  return found;
}

function finite(caller: string, name: string, values: Float64Array): Float64Array {
  const bad = values.find((value) => !Number.isFinite(value));
  if (bad !== undefined) throw new Error(`${caller} needs ${name} to be finite; found ${bad}`);
  return values;
}
