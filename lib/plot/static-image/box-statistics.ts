/** What a box shows: whiskers' ends, quartiles, and the points beyond the whiskers. */
export interface BoxStatistics {
  five: [number, number, number, number, number];
  outliers: number[];
}

/**
 * Tukey's box as plotly draws it: quartiles by linear interpolation at `n p - 1/2` (method 10 of
 * Langford, [Quartiles in Elementary Statistics](https://doi.org/10.1080/10691898.2006.11910589)),
 * whiskers to the last point within 1.5 interquartile ranges. Null without a number.
 */
export function boxStatistics(values: readonly number[]): BoxStatistics | null {
  const sorted = values.filter(Number.isFinite).sort((a, b) => a - b);
  if (sorted.length === 0) return null;
  const [q1, median, q3] = [0.25, 0.5, 0.75].map((p) => hazenQuantile(sorted, p)) as [
    number,
    number,
    number,
  ];
  const reach = 1.5 * (q3 - q1);
  const inside = sorted.filter((value) => value >= q1 - reach && value <= q3 + reach);
  const low = Math.min(inside[0] ?? q1, q1);
  const high = Math.max(inside[inside.length - 1] ?? q3, q3);
  return {
    five: [low, q1, median, q3, high],
    outliers: sorted.filter((value) => value < low || value > high),
  };
}

/** Hazen's definition (R's type 5) and not that of `lib/stats`: the image shows plotly's boxes. */
function hazenQuantile(sorted: readonly number[], p: number): number {
  const place = Math.min(Math.max(p * sorted.length - 0.5, 0), sorted.length - 1);
  const below = sorted[Math.floor(place)] as number;
  const above = sorted[Math.ceil(place)] as number;
  return below + (place - Math.floor(place)) * (above - below);
}
