import type pl from "nodejs-polars";
import { requireColumns } from "../log/require-columns";
import type { PointMatrix } from "../stats/points";
import { featureColumns, requireUsers } from "./feature-columns";
import { USAGE_FEATURES, usageFeatures } from "./usage-features";

interface ApiPoints {
  api: string;
  points: PointMatrix;
}

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

export function pointsOf(columns: readonly Float64Array[]): PointMatrix {
  const [dimensions, count] = [columns.length, columns[0]!.length];
  const values = new Float64Array(count * dimensions).map(
    (_, at) => columns[at % dimensions]![Math.floor(at / dimensions)]!,
  );
  return { values, count, dimensions };
}
