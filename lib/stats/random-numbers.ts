/** Of the package pure-rand; its own types are not visible to every compiler here. */
interface Generator {
  /** An integer of 32 bits. */
  next(): number;
}

const { xoroshiro128plus } = require("pure-rand/generator/xoroshiro128plus") as {
  xoroshiro128plus(seed: number): Generator;
};

/**
 * Numbers that look random, from 0 up to, not including, 1: the same for the same seed on every
 * platform.
 *
 * Source: xoroshiro128+ as in the package pure-rand.
 */
export function randomNumbers(seed: number): () => number {
  const generator = xoroshiro128plus(seed);
  // A small seed sets few bits of the state; the first numbers would show it.
  for (let i = 0; i < 64; i++) generator.next();
  return () => (generator.next() >>> 0) / 4_294_967_296;
}
