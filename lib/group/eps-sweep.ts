import type pl from "nodejs-polars";
import { frameOf } from "../log/frame-of";
import { adjustedRandIndex } from "../stats/adjusted-rand-index";
import { apiPoints } from "./api-points";
import { dbscanSweep, requireSettings, THREE_TO_TWENTY_FOUR } from "./dbscan-sweep";
import { USAGE_FEATURES } from "./usage-features";

export interface EpsSweepOptions {
  eps?: readonly number[];
  minSamples?: readonly number[];
  features?: readonly string[];
}

export const SWEEP_COLUMNS = [
  ...(["eps", "min_samples", "clusters", "noise", "noise_share"] as const),
  ...(["silhouette", "silhouette_without_noise", "neighbor_agreement"] as const),
] as const;

const FIVE_TO_SIXTY_HUNDREDTHS = Array.from({ length: 12 }, (_, i) => (5 * (i + 1)) / 100);

/**
 * DBSCAN on the users of each API at every combination of `eps` and `minSamples`, and its agreement
 * with the settings one step away, noise counted as a group. No groups on either side agree fully.
 * @param usage what `usageFeatures` takes, or `user_id`, `type` and features by user and API
 * @returns by API and setting: `type`, `eps`, `min_samples`, `clusters`, `noise`, `noise_share`,
 *   `silhouette` (noise as a cluster), `silhouette_without_noise` (both null for one label, or as
 *   many as users), `neighbor_agreement` (null where the grid has one setting)
 * @throws {RangeError} if `eps` is not above 0, or `minSamples` not an integer from 1
 * @throws {Error} if there are no settings, or the frame is as `kDistances` refuses it
 */
export function epsSweep(
  usage: pl.DataFrame,
  {
    eps = FIVE_TO_SIXTY_HUNDREDTHS,
    minSamples = THREE_TO_TWENTY_FOUR,
    features = USAGE_FEATURES,
  }: EpsSweepOptions = {},
): pl.DataFrame {
  requireSettings("epsSweep", eps, minSamples);
  const inOrder = (settings: readonly number[]) => [...new Set(settings)].sort((a, b) => a - b);
  const [radii, counts] = [inOrder(eps), inOrder(minSamples)];
  const rows = apiPoints("epsSweep", usage, features).flatMap(({ api, points }) => {
    const settings = dbscanSweep(points, radii, counts);
    return settings.map((setting, i) => {
      const column = i % counts.length;
      const agreements = [
        settings[i - counts.length],
        settings[i + counts.length],
        column > 0 ? settings[i - 1] : undefined,
        column + 1 < counts.length ? settings[i + 1] : undefined,
      ].flatMap((other) => (other ? [agreementOf(setting.labels, other.labels)] : []));
      const sum = agreements.reduce((total, agreement) => total + agreement, 0);
      return {
        type: api,
        ...setting,
        noise_share: setting.noise / points.count,
        neighbor_agreement: agreements.length > 0 ? sum / agreements.length : null,
      };
    });
  });
  return frameOf(rows, "type", ...SWEEP_COLUMNS);
}

const agreementOf = (a: Int32Array, b: Int32Array) => (a === b ? 1 : adjustedRandIndex(a, b));
