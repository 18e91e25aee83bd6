import type pl from "nodejs-polars";
import { requireColumns } from "../log/require-columns";
import type { PointMatrix } from "../stats/points";
import { featureColumns, requireUsers } from "./feature-columns";
import { USAGE_FEATURES, usageFeatures } from "./usage-features";

/** The users of one API as points, a feature per dimension, by user. */
export interface ApiPoints {
  api: string;
  points: PointMatrix;
}

/**
 * Usage, or features that are there already, as points per API.
 *
 * @param usage what `usageFeatures` takes; or `user_id`, `type` and features, one row per user and API
 * @throws {Error} if `features` is empty, a column is missing or of another type, a feature is null or
 *   not finite, a user has two rows for an API, or usage is as `usageFeatures` refuses it
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
  requireUsers(caller, frame);
  const sorted = frame.sort(["type", "user_id"]);
  const columns = featureColumns(caller, sorted, features);
  const apis = sorted.getColumn("type").toArray() as string[];
  return [...new Set(apis)].map((api) => {
    const [start, end] = [apis.indexOf(api), apis.lastIndexOf(api) + 1];
    return { api, points: pointsOf(columns.map((column) => column.subarray(start, end))) };
  });
}

/** Points from a column per dimension. */
export function pointsOf(columns: readonly Float64Array[]): PointMatrix {
  const [dimensions, count] = [columns.length, columns[0]!.length];
  const values = new Float64Array(count * dimensions).map(
    (_, at) => columns[at % dimensions]![Math.floor(at / dimensions)]!,
  );
  return { values, count, dimensions };
}
