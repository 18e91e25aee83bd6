/** Refuses a seed that is no whole number, in the name of the function that was given it. */
export function checkSeed(caller: string, seed: number): void {
  if (Number.isSafeInteger(seed)) return;
  throw new RangeError(
    `${caller} needs seed to be a whole number, got ${seed}: the same seed gives the same rows`,
  );
}
