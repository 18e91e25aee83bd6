// The package's own types are not visible to every compiler here.
const { xoroshiro128plus } = require("pure-rand/generator/xoroshiro128plus") as {
  xoroshiro128plus(seed: number): { next(): number };
};

/** Random numbers from 0 to below 1: the same for the same seed on every platform. */
export function randomNumbers(seed: number): () => number {
  const generator = xoroshiro128plus(seed);
  // A small seed sets few bits of the state.
  for (let i = 0; i < 64; i++) generator.next();
  return () => (generator.next() >>> 0) / 4_294_967_296;
}

export interface RandomStream {
  next(): number;
  /** An integer from 0 to below `n`. */
  below(n: number): number;
}

/** A stream for each stage: drawing more numbers in one leaves the others as they were. */
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
  for (const word of [seed >>> 0, Math.floor(seed / 4_294_967_296) >>> 0]) {
    for (let shift = 0; shift < 32; shift += 8) eat((word >>> shift) & 0xff);
  }
  for (let i = 0; i < stage.length; i++) eat(stage.charCodeAt(i));
  return hash;
}

/** Draws `size` rows at each call, without putting back, in ascending order. */
export function drawnRows(count: number, size: number, random: () => number): () => Int32Array {
  const rows = Int32Array.from({ length: count }, (_, row) => row);
  return () => {
    for (let i = 0; i < size; i++) {
      const other = i + Math.floor(random() * (count - i));
      [rows[i], rows[other]] = [rows[other]!, rows[i]!];
    }
    return rows.slice(0, size).sort();
  };
}
