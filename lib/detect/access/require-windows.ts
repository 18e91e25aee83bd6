/**
 * Refuses settings with which addresses cannot be counted.
 *
 * @param caller name of the public function, for the message
 * @throws {RangeError} if `window` is not an integer from 1 (days), or another setting is
 *   not a number above 0
 */
export function requireWindows(
  caller: string,
  { window, ...others }: { window: number } & Record<string, number>,
): void {
  if (!(Number.isInteger(window) && window >= 1)) {
    throw new RangeError(`${caller} needs a window of 1 whole day or more, got ${window}`);
  }
  for (const [name, value] of Object.entries(others)) {
    if (!(value > 0 && value < Infinity)) {
      throw new RangeError(`${caller} needs ${name} above 0, got ${value}`);
    }
  }
}
