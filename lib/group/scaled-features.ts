import pl from "nodejs-polars";
import { requireColumns } from "../log/require-columns";
import { numbers } from "../log/typed-arrays";

/**
 * Features brought to one scale, so that a distance means something: each from 0
 * for the least to 1 for the greatest over all rows. One that is the same for all
 * becomes 0. One row far out leaves the others close together: take the logarithm
 * of what spans powers of ten first.
 *
 * @param frame a row per user, with the features as numbers
 * @param features columns to scale; the others stay as they are
 * @returns the frame with these columns scaled (Float64)
 * @throws {Error} if a feature is missing, no number, or has a value that is missing or not finite
 */
export function scaledFeatures(frame: pl.DataFrame, features: readonly string[]): pl.DataFrame {
  requireColumns(
    "scaledFeatures",
    frame,
    Object.fromEntries(features.map((name) => [name, "number" as const])),
  );
  if (frame.height === 0 || features.length === 0) return frame.clone();
  const scaled = features.map((name) => {
    if (frame.getColumn(name).nullCount() > 0) {
      throw new Error(`scaledFeatures needs ${name} in every row; some have none`);
    }
    return pl.Series(name, scaledTo1(name, numbers(frame, name)));
  });
  return frame.withColumns(...(scaled as [pl.Series]));
}

function scaledTo1(name: string, values: Float64Array): Float64Array {
  let [least, greatest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (!Number.isFinite(value)) {
      throw new Error(`scaledFeatures needs finite ${name}; found ${value}`);
    }
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  const range = greatest - least;
  return values.map((value) => (range > 0 ? (value - least) / range : 0));
}
