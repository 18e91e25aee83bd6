import { randomNumbers } from "../../lib/stats/random";

/** A Poisson count by the product of uniform numbers (Knuth), in steps that do not underflow. */
export function poissonCount(mean: number, random: () => number): number {
  let count = -1;
  for (let log = 0; log > -mean; count++) log += Math.log(1 - random());
  return count;
}

export interface CountSeries {
  length: number;
  /** Of each count, or one for all. */
  mean: number | ((place: number) => number);
  /** How alike neighbors are, and how far they sway, in the logarithm of what is expected. */
  phi?: number;
  sway?: number;
}

/** Poisson counts whose expected value sways by an autoregressive process of order 1. */
export function countSeries(
  seed: number,
  { length, mean, phi = 0, sway = 0 }: CountSeries,
): number[] {
  const random = randomNumbers(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  let state = normal();
  return Array.from({ length }, (_, i) => {
    const expected = typeof mean === "number" ? mean : mean(i);
    const count = poissonCount(expected * Math.exp(sway * state - (sway * sway) / 2), random);
    state = phi * state + Math.sqrt(1 - phi * phi) * normal();
    return count;
  });
}
