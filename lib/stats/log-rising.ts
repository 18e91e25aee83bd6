/**
 * Natural logarithm of `gamma(x + by) / gamma(x)`, to 1e-12 also where `x` is far greater than
 * `by`. Source: NIST Digital Library of Mathematical Functions, 5.11.1.
 */
export function logRising(x: number, by: number): number {
  let [low, rise, below, above] = [x, by, 1, 1];
  // Stirling's series needs numbers that are not small.
  for (; low < 10; low++, rise--) below *= low;
  for (; low + rise < 10; rise++) above *= low + rise;
  const high = low + rise;
  const power = (low - 0.5) * Math.log1p(rise / low) + rise * Math.log(high) - rise;
  return power + remainder(high) - remainder(low) + Math.log(below / above);
}

function remainder(x: number): number {
  const square = 1 / (x * x);
  return (1 / 12 - (1 / 360 - (1 / 1260 - square / 1680) * square) * square) / x;
}
