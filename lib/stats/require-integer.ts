/**
 * Refuses options that are not integers of at least `least`.
 *
 * @throws {RangeError} `kMeans needs starts to be an integer of at least 1, got 0`
 */
export function requireInteger(
  caller: string,
  options: Readonly<Record<string, number>>,
  least = 1,
): void {
  for (const [name, value] of Object.entries(options)) {
    if (Number.isSafeInteger(value) && value >= least) continue;
    throw new RangeError(
      `${caller} needs ${name} to be an integer of at least ${least}, got ${value}`,
    );
  }
}
