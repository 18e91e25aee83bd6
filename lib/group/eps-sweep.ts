import type pl from "nodejs-polars";
import { frameOf } from "../log/frame-of";
import { adjustedRandIndex } from "../stats/adjusted-rand-index";
import { apiPoints } from "./api-points";
import { dbscanSweep, requireSettings, THREE_TO_TWENTY_FOUR } from "./dbscan-sweep";
import { USAGE_FEATURES } from "./usage-features";

export interface EpsSweepOptions {
  /** Settings of DBSCAN's radius. */
  eps?: readonly number[];
  /** Settings of DBSCAN's `minSamples`. */
  minSamples?: readonly number[];
  /** The columns that users are compared by. */
  features?: readonly string[];
}

/** What a sweep says of each API and setting. */
export const SWEEP_COLUMNS = [
  "eps",
  "min_samples",
  "clusters",
  "noise",
  "noise_share",
  "silhouette",
  "silhouette_without_noise",
  "neighbor_agreement",
] as const;

const FIVE_TO_SIXTY_HUNDREDTHS = Array.from({ length: 12 }, (_, i) => (5 * (i + 1)) / 100);

/**
 * DBSCAN on the users of each API at every combination of `eps` and `minSamples`, and how much the
 * groups depend on either: a setting whose groups change with the next one is an accident.
 *
 * A setting's neighbors are those one step away in `eps` or in `minSamples`, up to four; their agreement
 * is the mean adjusted Rand index of its labels with theirs, noise counted as a group. No groups on
 * either side agree fully, too: look at `clusters` first. A silhouette without noise grows with every
 * awkward user left out: read it beside `noise_share`.
 *
 * @param usage what `usageFeatures` takes; or `user_id`, `type` and features, one row per user and API
 * @returns by API and setting: `type`, `eps`, `min_samples`, `clusters`, `noise`, `noise_share`,
 *   `silhouette` (noise as a cluster), `silhouette_without_noise` (both null for one label, or as many
 *   as users), `neighbor_agreement` (null where the grid has one setting only)
 * @throws {RangeError} if a setting of `eps` is not above 0, or one of `minSamples` not an integer from 1
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

/** Many settings share their labels. */
const agreementOf = (a: Int32Array, b: Int32Array) => (a === b ? 1 : adjustedRandIndex(a, b));
