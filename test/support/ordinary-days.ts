import pl from "nodejs-polars";
import { randomNumbers } from "../../lib/stats/random";

export interface OrdinaryDays {
  seed: number;
  users: number;
  /** From 1 January 2020 on. */
  days: number;
  /** Each user's own between the two: mean pages of a weekday, and size of the negative binomial. */
  mean?: readonly [number, number];
  size?: readonly [number, number];
  /** Probability that a user reads on a weekday; null where the counts say it alone. */
  active?: readonly [number, number] | null;
}

/** 1 January 2020, a Wednesday, in days since 1970. */
export const FIRST_DAY = 18_262;

/** Days of users who never change: negative binomial pages, a fifth as many on weekends. */
export function ordinaryDays(options: OrdinaryDays): pl.DataFrame {
  const { seed, users, days, mean = [2, 20], size = [1, 4], active = [0.3, 0.9] } = options;
  const random = randomNumbers(seed);
  const between = ([low, high]: readonly [number, number]) => low * (high / low) ** random();
  const counts = Array.from({ length: users }, () => {
    const own = { mean: between(mean), size: between(size), active: active && between(active) };
    return Array.from({ length: days }, (_, day) => {
      const part = (FIRST_DAY + day + 3) % 7 < 5 ? 1 : 0.2;
      if (own.active === null) return negativeBinomial(own.mean * part, own.size, random);
      return random() < own.active * part ? 1 + negativeBinomial(own.mean, own.size, random) : 0;
    });
  });
  const numbered = (of: (user: number, day: number) => number) =>
    counts.flatMap((own, user) => own.map((_, day) => of(user, day)));
  return pl.DataFrame([
    pl.Series(
      "user_id",
      numbered((user) => user),
      pl.Int64,
    ),
    pl
      .Series(
        "date",
        numbered((_, day) => FIRST_DAY + day),
        pl.Int32,
      )
      .cast(pl.Date),
    pl.Series("pages", counts.flat(), pl.Int64),
  ]);
}

/** A Poisson count whose mean is drawn from a gamma distribution. */
function negativeBinomial(mean: number, size: number, random: () => number): number {
  const limit = Math.exp(-(mean * gamma(size, random)) / size);
  let count = 0;
  for (let left = random(); left > limit; left *= random()) count++;
  return count;
}

/** Of rate 1, for shapes from 1 on (Marsaglia and Tsang 2000). */
function gamma(shape: number, random: () => number): number {
  const d = shape - 1 / 3;
  for (;;) {
    const z = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const cube = (1 + z / Math.sqrt(9 * d)) ** 3;
    if (cube <= 0) continue;
    if (Math.log(1 - random()) < (z * z) / 2 + d - d * cube + d * Math.log(cube)) return d * cube;
  }
}
