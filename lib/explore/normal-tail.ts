/**
 * Probability that a standard normal value lies above `z`: Chebyshev's fit of the complementary
 * error function, as in Press et al., Numerical Recipes (third edition, 6.2.2), right to 1.2e-7 of
 * the value, also far out in the tail.
 */
export function normalTail(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 2 / (2 + x);
  const u = 4 * t - 2;
  let [d, dd] = [0, 0];
  for (let i = FIT.length - 1; i > 0; i--) [d, dd] = [u * d - dd + FIT[i]!, d];
  const above = (t * Math.exp(-x * x + 0.5 * (FIT[0]! + u * d) - dd)) / 2;
  return z >= 0 ? above : 1 - above;
}

const FIT = [
  -1.3026537197817094, 0.6419697923564902, 1.9476473204185836e-2, -9.561514786808631e-3,
  -9.46595344482036e-4, 3.66839497852761e-4, 4.2523324806907e-5, -2.0278578112534e-5,
  -1.624290004647e-6, 1.30365583558e-6, 1.5626441722e-8, -8.5238095915e-8, 6.529054439e-9,
  5.059343495e-9, -9.91364156e-10, -2.27365122e-10, 9.6467911e-11, 2.394038e-12, -6.886027e-12,
  8.94487e-13, 3.13092e-13, -1.12708e-13, 3.81e-16, 7.106e-15,
];
