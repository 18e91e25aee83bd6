import { readFileSync } from "node:fs";
import { join } from "node:path";

// Read here: halves of surrogate pairs are text that not every reader of JSON takes.
const texts: Record<string, string[]> = JSON.parse(
  readFileSync(join(__dirname, "hostile-strings.json"), "utf8"),
);

// Text that strangers could have had logged: everything here is meant to become something else than
// text somewhere. What would run says so by `__pwned` or by a dialog; what would be fetched, by the
// host `evil.example`. A test that shows these strings looks for both.

const LONG = [
  "w".repeat(400),
  "\u5b57".repeat(400),
  `${"a-".repeat(2_000)}z`,
  "/".repeat(3_000),
  `${"%25".repeat(1_500)}2e`,
  `${"<b>".repeat(700)}x`,
  `${"\u{1f600}".repeat(1_200)}`,
  `Z${"\u0300\u0317\u0488".repeat(20)}algo`,
  `a${"\u0e49".repeat(60)}`,
  `${"\u{1f468}\u200d".repeat(30)}\u{1f468}`,
  `${"x".repeat(310)}\u2026 (5 characters)`,
];

/** A little less than the longest line that is read, which is 1 MiB with the other fields. */
const MEGABYTE = 1_048_576 - 600;
const filled = (unit: string, end = "") =>
  unit.repeat(Math.floor((MEGABYTE - Buffer.byteLength(end)) / Buffer.byteLength(unit))) + end;
const MEGABYTES = [
  filled("w", "one"),
  filled("w", "two"),
  filled("a/"),
  filled("<", "script>window.__pwned=1;alert(1)</script>"),
  filled("\u0301"),
  filled("%25", "2e"),
];

const KINDS = Object.entries({ ...texts, long: LONG, megabyte: MEGABYTES });

/** Every string once, by kind. */
export const HOSTILE_STRINGS = KINDS.flatMap(([kind, some]) =>
  some.map((text) => ({ kind, text })),
);

/** Those of some kinds; all but the longest where none is named. */
export function hostileStrings(...kinds: string[]): string[] {
  const unknown = kinds.filter((kind) => !HOSTILE_STRINGS.some((one) => one.kind === kind));
  if (unknown.length > 0) throw new Error(`there are no strings of ${unknown}`);
  return HOSTILE_STRINGS.filter(({ kind }) =>
    kinds.length > 0 ? kinds.includes(kind) : kind !== "megabyte",
  ).map(({ text }) => text);
}

/** What is no UTF-8: cut short, overlong, a surrogate, beyond the last character, Latin-1. */
export const HOSTILE_BYTES: readonly Buffer[] =
  "c3 e282 f09f98 c0af e080af eda080 f4908080 fffe 636166e9 80bf"
    .split(" ")
    .map((hex) => Buffer.from(hex, "hex"));

/** A string as it comes out of Polars and out of files: lone surrogates are no UTF-8. */
export const asStored = (text: string): string => Buffer.from(text).toString();

/** The same as a path is read: what is beyond 8 KiB is cut, and counted. */
export function asPathRead(text: string): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= 8192) return asStored(text);
  // A character that is cut in two is lost.
  const kept = bytes.toString("utf8", 0, 8192).replace(/\ufffd+$/, "");
  const cut = asStored(text).length - kept.length;
  return `${kept}… (${cut.toLocaleString("en-US")} character${cut === 1 ? "" : "s"} cut)`;
}

/**
 * Whether what is shown is the string, invisible characters written out, whole or visibly cut:
 * read back, it has to be the same. Spaces may be others, and those at the ends may be missing.
 */
export function isShown(shown: string, text: string): boolean {
  // What never was in a file or in Polars may still have its lone surrogates.
  if (readBack(shown) === readBack(text)) return true;
  const stored = readBack(asStored(text));
  const cut = /^(.*)… \(([\d,]+) characters\)$/s.exec(shown);
  if (readBack(shown) === stored) return true;
  if (cut === null || Number(cut[2]?.replaceAll(",", "")) !== asStored(text).length) return false;
  return stored.startsWith(readBack(cut[1] ?? "")) && !/\p{Cc}|\p{Cs}|\u202e/u.test(shown);
}

/** Those of some strings that are not among what is shown, each whole or visibly cut. */
export function notShown(texts: readonly string[], shown: readonly string[]): string[] {
  const whole = new Set(shown.map(readBack));
  const cut = shown.filter((one) => one.endsWith(" characters)"));
  return texts.filter(
    (text) =>
      !whole.has(readBack(text)) &&
      !whole.has(readBack(asStored(text))) &&
      !cut.some((one) => isShown(one, text)),
  );
}

const NAMED: Record<string, string> = { n: "\n", r: "\r", t: "\t" };

function readBack(text: string): string {
  return text
    .replace(/\\u(?:\{([\da-f]+)\}|([\da-f]{4}))|\\([nrt])/g, (_, long, short, name) =>
      name ? (NAMED[name] as string) : String.fromCodePoint(Number.parseInt(long ?? short, 16)),
    )
    .replace(/\s/g, " ")
    .trim();
}
