import { type Claim, dateText, Prose, prose } from "./prose";

/** A value that was computed in two ways which do not agree. */
export class ClaimError extends Error {
  override name = "ClaimError";
}

export type ClaimValue = number | bigint | Date | string | null | undefined;

export interface ClaimOptions<Value extends ClaimValue = ClaimValue> {
  /** Puts the value into words. Not asked for null. */
  as?: (value: NonNullable<Value>) => string;
  /** The same value computed in another way. */
  again?: () => ClaimValue;
}

type MakeClaim = <Value extends ClaimValue>(
  what: string,
  value: Value,
  options?: ClaimOptions<Value>,
) => Prose;

/**
 * Makes values for `prose` that are listed in the claims ledger.
 *
 * @param from the function whose answer the values are taken from
 * @returns takes what a value is, the value, and how to say it
 * @throws {ClaimError} (the function returned) if the value computed again is another
 * @example
 * const claim = claimsFrom("accessAfterGraduation");
 * prose`${claim("graduates who read on", users.length, { as: formatCount })} read on.`;
 */
export function claimsFrom(from: string): MakeClaim {
  return (what, value, { as, again } = {}) => {
    const plain = plainValue(value);
    if (again) {
      const other = plainValue(again());
      if (!agree(plain, other)) {
        throw new ClaimError(
          `${what} (${from}): ${plain}, but computed in another way it is ${other}. One of the two is wrong.`,
        );
      }
    }
    const words = value !== null && value !== undefined && as ? as(value) : value;
    const { markdown, text } = prose`${words}`;
    const claim: Claim = { what, value: plain, shown: text, from, checked: again !== undefined };
    return new Prose(markdown, text, { claims: [claim], spans: [[0, markdown.length]] });
  };
}

function plainValue(value: ClaimValue): number | string | null {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return dateText(value);
  return typeof value === "bigint" ? Number(value) : value;
}

function agree(one: number | string | null, other: number | string | null): boolean {
  if (typeof one !== "number" || typeof other !== "number") return one === other;
  return Object.is(one, other) || Math.abs(one - other) <= 1e-9 * Math.max(1, Math.abs(one));
}
