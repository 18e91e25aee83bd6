import pl from "nodejs-polars";
import { featureColumns } from "./feature-columns";

/**
 * Scales features to 0 to 1 over all rows, 0 where one is the same for all; other columns stay.
 * @throws {Error} if a feature is missing, no number, or has a value that is missing or not finite
 */
export function scaledFeatures(frame: pl.DataFrame, features: readonly string[]): pl.DataFrame {
  const columns = featureColumns("scaledFeatures", frame, features);
  if (frame.height === 0) return frame.clone();
  return columns.reduce((scaled, values, i) => {
    const least = values.reduce((a, b) => Math.min(a, b));
    const range = values.reduce((a, b) => Math.max(a, b)) - least;
    const own = values.map((value) => (range > 0 ? (value - least) / range : 0));
    return scaled.withColumn(pl.Series(features[i]!, own));
  }, frame);
}
