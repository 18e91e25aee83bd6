/**
 * Probability that a chi-square value with so many degrees of freedom lies above `x`: the upper
 * regularized incomplete gamma function, by its series near the middle and its continued fraction
 * in the tail (Press et al., Numerical Recipes, third edition, 6.2). Right to about 1e-13 of the
 * value, as far out as numbers go.
 *
 * @param x from 0
 * @param degrees a whole number from 1
 */
export function chiSquareTail(x: number, degrees: number): number {
  if (!(x > 0)) return 1;
  const [shape, scaled] = [degrees / 2, x / 2];
  const front = Math.exp(shape * Math.log(scaled) - scaled - logGammaOfHalves(degrees));
  return scaled < shape + 1
    ? 1 - front * lowerSeries(shape, scaled)
    : front * upperFraction(shape, scaled);
}

/** Log of the gamma function at `halves / 2`, by its recurrence. */
function logGammaOfHalves(halves: number): number {
  let log = halves % 2 === 0 ? 0 : Math.log(Math.PI) / 2;
  for (let value = halves / 2 - 1; value > 0; value--) log += Math.log(value);
  return log;
}

function lowerSeries(shape: number, x: number): number {
  let term = 1 / shape;
  let sum = term;
  for (let n = 1; term > sum * Number.EPSILON; n++) {
    term *= x / (shape + n);
    sum += term;
  }
  return sum;
}

/** By Lentz's method. */
function upperFraction(shape: number, x: number): number {
  const tiny = 1e-300;
  let b = x + 1 - shape;
  let c = 1 / tiny;
  let d = 1 / b;
  let fraction = d;
  for (let i = 1, change = 0; Math.abs(change - 1) > Number.EPSILON && i < 1000; i++) {
    const a = -i * (i - shape);
    b += 2;
    d = a * d + b;
    d = 1 / (Math.abs(d) < tiny ? tiny : d);
    c = b + a / c;
    if (Math.abs(c) < tiny) c = tiny;
    change = c * d;
    fraction *= change;
  }
  return fraction;
}
