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
const HARSH = ["utf16", "onlyCarriageReturns", "truncate", "behead", "latin1"];
const MILD = MUTATION_NAMES.filter((name) => !HARSH.includes(name));

export function fuzzCase(seed: number): FuzzCase {
  const random = randomIntegers(seed);
  // the first numbers of neighboring seeds are alike
  for (let turn = 0; turn < 20; turn++) random(0, 1);
  const shape = oneOf(random, ["text", "text", ...SHAPES] as const);
  const changes: string[] = [];
  const other = () => wholeFile(random, random(0, 3) ? shape : oneOf(random, SHAPES));
  const text = random(0, 600) === 0 ? bigFile(random, shape, changes) : wholeFile(random, shape);
  // with a header that is none, nothing else is looked at
  const kept = random(0, 3) && shape !== "text" ? text.indexOf("\n") + 1 : 0;
  let changed = text.slice(kept);
  for (let left = random(0, 6); left > 0; left--) {
    const name = oneOf(random, random(0, 15) ? MILD : HARSH);
    const mutation = MUTATIONS[name] as (typeof MUTATIONS)[string];
    changed = mutation(changed, random, other);
    changes.push(name);
  }
  let bytes: Buffer = Buffer.from(text.slice(0, kept) + changed, "latin1");
  if (random(0, 5) === 0) bytes = packed(random, bytes, changes);
  return { seed, shape, isSetAside: random(0, 1) === 1, bytes, changes };
}

/** A file with a line of about 1 MiB, or as many lines as that takes; or what unpacks to that. */
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

/** The bytes as gzip, which may be odd or damaged. */
function packed(random: Random, bytes: Buffer, changes: string[]): Buffer {
  const kind = oneOf(random, ["gzip", "members", "header", "flip", "cut", "tail", "zeros", "bomb"]);
  changes.push(kind);
  const level = random(0, 9);
  const at = random(0, bytes.length);
  const gzip = (content: Buffer) => gzipSync(content, { level });
  const members = () => Buffer.concat([gzip(bytes.subarray(0, at)), gzip(bytes.subarray(at))]);
  const whole = random(0, 3) ? gzip(bytes) : members();
  const cut = random(0, whole.length);
  switch (kind) {
    case "members":
      return members();
    case "header":
      return withOddHeader(random, whole);
    case "flip": {
      const near = random(0, 2) ? cut : random(0, Math.min(12, whole.length - 1));
      const flipped = Buffer.from(whole);
      if (near < flipped.length) flipped[near] = (flipped[near] as number) ^ (1 << random(0, 7));
      return flipped;
    }
    case "cut":
      return whole.subarray(0, cut);
    case "tail":
      return Buffer.concat([
        whole,
        Buffer.from(oneOf(random, ["x", "\0x", "\x1f", "more text\n"])),
      ]);
    case "zeros":
      return Buffer.concat([
        whole,
        Buffer.alloc(random(1, 600)),
        random(0, 1) ? whole : Buffer.alloc(0),
      ]);
    case "bomb": {
      // seldom, as it takes its time
      if (random(0, 20)) return whole;
      const byte = oneOf(random, ["a", "\xff", '"', ",", " "]);
      return gzip(Buffer.alloc((byte > "@" ? 5 : 2) * LONGEST, byte, "latin1"));
    }
    default:
      return whole;
  }
}

/** Fields of RFC 1952 that nobody uses: a name, a comment, extra bytes, a check sum of the header, reserved flags. */
function withOddHeader(random: Random, gzip: Buffer): Buffer {
  const flags = random(0, 5) ? random(0, 31) : random(0, 255);
  const parts = [gzip.subarray(0, 3), Buffer.from([flags]), gzip.subarray(4, 10)];
  if (flags & 4) parts.push(Buffer.from([3, 0, 1, 2, 3]));
  if (flags & 8) parts.push(Buffer.from("log.txt\0"));
  if (flags & 16) parts.push(Buffer.from("a comment\0"));
  if (flags & 2) {
    const check = random(0, 1) ? headerCheck(Buffer.concat(parts)) : random(0, 65_535);
    parts.push(Buffer.from([check & 255, check >> 8]));
  }
  return Buffer.concat([...parts, gzip.subarray(10)]);
}

/** The header's check sum, which gzip's own trailer has of any content. */
function headerCheck(header: Buffer): number {
  const packed = gzipSync(header);
  return packed.readUInt16LE(packed.length - 8);
}
