import { randomNumbers } from "./random-numbers";

/** Numbers that look random and depend only on a seed and a name; the same on every platform. */
export interface RandomStream {
  /** A double from 0 up to, not including, 1. */
  next(): number;
  /** An integer from 0 up to, not including, `n`. */
  below(n: number): number;
}

/**
 * A stream of its own for each stage of the work, so that drawing more numbers in one stage
 * leaves the others as they were.
 */
export function randomStream(seed: number, stage: string): RandomStream {
  const next = randomNumbers(mix(seed, stage));
  return { next, below: (n) => Math.floor(next() * n) };
}

/** FNV-1a over the stage's name, begun from the seed's low and high halves. */
function mix(seed: number, stage: string): number {
  let hash = 0x811c9dc5;
  const eat = (value: number) => {
    hash = Math.imul(hash ^ value, 0x01000193);
  };
  const low = seed >>> 0;
  const high = Math.floor(seed / 4_294_967_296) >>> 0;
  for (const word of [low, high]) {
    for (let shift = 0; shift < 32; shift += 8) eat((word >>> shift) & 0xff);
  }
  for (let i = 0; i < stage.length; i++) eat(stage.charCodeAt(i));
  return hash;
}

/** Refuses a seed that is not an integer. The message names the function that was given it. */
export function checkSeed(caller: string, seed: number): void {
  if (Number.isSafeInteger(seed)) return;
  throw new RangeError(
    `${caller} needs seed to be an integer, got ${seed}: the same seed gives the same rows`,
  );
}
