import { type RandomStream, randomStream } from "../random-stream";

const NETWORK_SIZE = 131_072;

/**
 * Addresses of 198.18.0.0/15, the range set apart for tests (RFC 2544), no two alike, in
 * an order that shows nothing.
 *
 * @param known addresses that must not be made up
 * @throws when the range is used up
 */
export function madeUpAddresses(seed: number, known: Iterable<string>): () => string {
  const random: RandomStream = randomStream(seed, "made-up addresses");
  const taken = new Uint8Array(NETWORK_SIZE);
  const printed = new Set(known);
  let left = NETWORK_SIZE;
  return () => {
    while (left > 0) {
      let n = random.below(NETWORK_SIZE);
      while (taken[n] === 1) n = (n + 1) % NETWORK_SIZE;
      taken[n] = 1;
      left--;
      const last = n & 255;
      const address = `198.${18 + (n >> 16)}.${(n >> 8) & 255}.${last}`;
      if (last > 0 && last < 255 && !printed.has(address)) return address;
    }
    throw new Error("there are no made-up addresses left");
  };
}
