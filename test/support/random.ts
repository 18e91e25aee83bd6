import { unsafeUniformIntDistribution, xoroshiro128plus } from "pure-rand";

/** Whole numbers from `least` to `most`, the same for the same seed. */
export function randomIntegers(seed: number): (least: number, most: number) => number {
  const generator = xoroshiro128plus(seed);
  return (least, most) => unsafeUniformIntDistribution(least, most, generator);
}
