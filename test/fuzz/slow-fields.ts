import { isIPv6 } from "node:net";

/** A field's value, or undefined where it is none. All patterns are whole: nothing is trimmed. */
export type SlowParse = (text: string) => number | string | undefined;

/** Days since 1970-01-01. */
export function slowDay(text: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || text.startsWith("0000")) return undefined;
  const date = new Date(`${text}T00:00:00Z`);
  // 30 February becomes 1 or 2 March, or no date at all
  const isDay = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
  return isDay ? date.getTime() / 86_400_000 : undefined;
}

/** Seconds since midnight. */
export function slowSecond(text: string): number | undefined {
  const parts = /^([01]\d|2[0-3]):([0-5]\d):([0-5]\d)$/.exec(text);
  if (!parts) return undefined;
  return Number(parts[1]) * 3600 + Number(parts[2]) * 60 + Number(parts[3]);
}

/** As `slowSecond`, or as pandas writes a span of time. */
export const slowClock = (text: string) => slowSecond(text.replace(/^0 days /, ""));

export function slowInteger(text: string): number | undefined {
  const digits = /^(-?\d{1,16})(\.0+)?$/.exec(text)?.[1];
  if (digits === undefined) return undefined;
  const value = BigInt(digits);
  return value < 2n ** 53n && value > -(2n ** 53n) ? Number(value) : undefined;
}

/** Milliseconds since 1970-01-01. */
export function slowMoment(text: string): number | undefined {
  const parts = /^(\S{10})(?:[ T](\S{8})(?:\.(\d{1,9}))?)?$/.exec(text);
  const day = slowDay(parts?.[1] ?? "");
  const second = slowSecond(parts?.[2] ?? "00:00:00");
  if (day === undefined || second === undefined) return undefined;
  const thousandths = Number((parts?.[3] ?? "").padEnd(3, "0").slice(0, 3));
  return (day * 86_400 + second) * 1000 + thousandths;
}

const BYTE = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
const IPV4 = new RegExp(`^${BYTE}(\\.${BYTE}){3}$`);

export function slowAddress(text: string): string | undefined {
  return IPV4.test(text) || isIPv6(text) ? text : undefined;
}

// RFC 3629, section 4
const UTF8_CHARACTERS = new RegExp(
  [
    "[\\x00-\\x7f]+",
    "[\\xc2-\\xdf][\\x80-\\xbf]",
    "\\xe0[\\xa0-\\xbf][\\x80-\\xbf]",
    "[\\xe1-\\xec\\xee\\xef][\\x80-\\xbf]{2}",
    "\\xed[\\x80-\\x9f][\\x80-\\xbf]",
    "\\xf0[\\x90-\\xbf][\\x80-\\xbf]{2}",
    "[\\xf1-\\xf3][\\x80-\\xbf]{3}",
    "\\xf4[\\x80-\\x8f][\\x80-\\xbf]{2}",
    "([\\x80-\\xff])",
  ].join("|"),
  "g",
);

/** Bytes, one character each, as text; a byte that is not UTF-8 as `\xe9`. */
export function slowDecode(bytes: string): string {
  return bytes.replaceAll(UTF8_CHARACTERS, (character, bad: string | undefined) =>
    bad === undefined
      ? Buffer.from(character, "latin1").toString()
      : `\\x${bad.charCodeAt(0).toString(16)}`,
  );
}

export function isSlowUtf8(bytes: string): boolean {
  return Array.from(bytes.matchAll(UTF8_CHARACTERS)).every((match) => match[1] === undefined);
}
