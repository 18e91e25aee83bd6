export interface Range {
  above?: number;
  atLeast?: number;
  below?: number;
  atMost?: number;
}

/** Refuses options that are not finite numbers or lie outside a range, with a RangeError. */
export function requireNumber(
  caller: string,
  options: Readonly<Record<string, number>>,
  range: Range,
): void {
  for (const [name, value] of Object.entries(options)) {
    if (Number.isFinite(value) && liesIn(value, range)) continue;
    refuse(caller, name, inWords(range), value);
  }
}

/** The same of integers: from 1 where no range is given. */
export function requireInteger(
  caller: string,
  options: Readonly<Record<string, number>>,
  range: Range = { atLeast: 1 },
): void {
  for (const [name, value] of Object.entries(options)) {
    if (Number.isSafeInteger(value) && liesIn(value, range)) continue;
    refuse(caller, name, `an integer ${inWords(range).replace(/^at/, "of at")}`.trim(), value);
  }
}

/** The same of words. */
export function requireOneOf(
  caller: string,
  options: Readonly<Record<string, string>>,
  known: readonly string[],
): void {
  for (const [name, value] of Object.entries(options)) {
    if (!known.includes(value)) refuse(caller, name, `one of ${known.join(", ")}`, value);
  }
}

function refuse(caller: string, name: string, what: string, value: unknown): never {
  throw new RangeError(`${caller} needs ${name} to be ${what}, got ${value}`);
}

const liesIn = (value: number, { above, atLeast, below, atMost }: Range) =>
  !(value <= (above ?? -Infinity)) &&
  !(value < (atLeast ?? -Infinity)) &&
  !(value >= (below ?? Infinity)) &&
  !(value > (atMost ?? Infinity));

function inWords({ above, atLeast, below, atMost }: Range): string {
  return Object.entries({ above, "at least": atLeast, below, "at most": atMost })
    .flatMap(([word, limit]) => (limit === undefined ? [] : [`${word} ${limit}`]))
    .join(" and ");
}
