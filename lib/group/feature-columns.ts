import type pl from "nodejs-polars";
import type { Column } from "../log/columns";
import { count } from "../log/count";
import { requireColumns, requireValues } from "../log/require-columns";
import { numbers } from "../log/typed-arrays";
import { userOfApi } from "./usage-days";

/** Features as numbers; refuses one that is missing, no number, or not finite. */
export function featureColumns(
  caller: string,
  frame: pl.DataFrame,
  features: readonly string[],
): Float64Array[] {
  requireColumns(caller, frame, Object.fromEntries(features.map((name) => [name, "number"])));
  requireValues(caller, frame, features);
  return features.map((name) => {
    const values = numbers(frame, name);
    const bad = values.find((value) => !Number.isFinite(value));
    if (bad !== undefined) throw new Error(`${caller} needs ${name} to be finite; found ${bad}`);
    return values;
  });
}

/** Refuses a frame without one row per user and API, or with nulls in these or in `more`. */
export function requireUsers(caller: string, frame: pl.DataFrame, ...more: Column[]): void {
  requireColumns(caller, frame, { user_id: "any" }, "type", ...more);
  requireValues(caller, frame, ["user_id", "type", ...more]);
  const [most] = count(frame, ["user_id", "type"]).head(1).toRecords();
  if (Number(most?.rows ?? 0) <= 1) return;
  throw new Error(
    `${caller} needs one row per user and API; ${userOfApi(most!.user_id, most!.type)} has ${most!.rows}`,
  );
}
