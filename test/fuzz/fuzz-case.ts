import { gzipSync } from "node:zlib";
import { randomIntegers } from "../support/random";
import { MUTATION_NAMES, MUTATIONS } from "./mutations";
import { SHAPES, type Shape } from "./slow-tables";
import { oneOf, type Random, wholeFile } from "./whole-files";

/** A file to be read, and how. The same seed makes the same. */
export interface FuzzCase {
  seed: number;
  shape: Shape;
  isSetAside: boolean;
  bytes: Buffer;
  /** What was done to a whole file, for whoever looks for the reason. */
  changes: string[];
}

const LONGEST = 1_048_576;
/** Changes that leave little of a file come seldom. */
const HARSH = ["utf16", "truncate"];
const MILD = MUTATION_NAMES.filter((name) => !HARSH.includes(name));

export function fuzzCase(seed: number): FuzzCase {
  const random = randomIntegers(seed);
  // the first numbers of neighboring seeds are alike
  for (let turn = 0; turn < 20; turn++) random(0, 1);
  const shape = oneOf(random, ["text", "text", ...SHAPES] as const);
  const changes: string[] = [];
  const text = random(0, 600) === 0 ? bigFile(random, shape, changes) : wholeFile(random, shape);
  // with a header that is none, nothing else is looked at
  const kept = random(0, 3) && shape !== "text" ? text.indexOf("\n") + 1 : 0;
  let changed = text.slice(kept);
  for (let left = random(0, 6); left > 0; left--) {
    const name = oneOf(random, random(0, 15) ? MILD : HARSH);
    const mutation = MUTATIONS[name] as (typeof MUTATIONS)[string];
    changed = mutation(changed, random);
    changes.push(name);
  }
  let bytes: Buffer = Buffer.from(text.slice(0, kept) + changed, "latin1");
  if (random(0, 5) === 0) {
    const at = random(0, bytes.length);
    bytes = Buffer.concat([gzipSync(bytes.subarray(0, at)), gzipSync(bytes.subarray(at))]);
    changes.push("gzip");
  }
  return { seed, shape, isSetAside: random(0, 1) === 1, bytes, changes };
}

/** A file with a line of about 1 MiB, or as many lines as that takes. */
function bigFile(random: Random, shape: Shape, changes: string[]): string {
  const file = wholeFile(random, shape);
  const kind = oneOf(random, ["long line", "long line", "many lines", "one byte", "quotes"]);
  changes.push(kind);
  if (kind === "many lines") {
    const [header = "", ...lines] = file.split("\n");
    const some = `${lines.join("\n")}\n`;
    const times = Math.min(3000, Math.ceil((LONGEST * random(1, 2)) / some.length));
    return `${header}\n${some.repeat(times)}`;
  }
  if (kind === "one byte") {
    const byte = oneOf(random, ['"', '""', " ", ",", "a", "\xe9", "a\n", "\0", '"a"\n', ',"\n']);
    // the slow reader is too slow for a million lines
    const most = byte.endsWith("\n") ? 50_000 : 2 * LONGEST;
    return file + byte.repeat(Math.min(most, oneOf(random, [1000, 50_000, LONGEST, 2 * LONGEST])));
  }
  if (kind === "quotes") return file + 'x","\n'.repeat(random(1, 500)) + file;
  const lines = file.split("\n");
  const at = random(0, lines.length - 1);
  const line = lines[at] as string;
  // around the longest line there may be, its line break included
  const missing = LONGEST - line.length + random(-4, 4);
  const place = random(0, line.length);
  const piece = oneOf(random, ["a", "a", '"', `${"a".repeat(199)}\n`, ","]);
  const filler = piece.repeat(missing / piece.length + 1).slice(0, missing);
  lines[at] = line.slice(0, place) + filler + line.slice(place);
  return lines.join("\n");
}
