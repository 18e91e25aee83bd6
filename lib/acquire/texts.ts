import { randomInt } from "node:crypto";
import pl from "nodejs-polars";
import { formatCount } from "../words/format-words";
import { decodeText } from "./decode-text";
import type { HeapUse } from "./memory";

const MOST_TEXTS = 2 ** 24;
/** No text can be written so that it falls together with many others: nobody knows this number. */
const MULTIPLIER = randomInt(2 ** 31) * 2 + 1;

/** The different texts of a column: each is kept once and has a number. */
export class Texts {
  private count = 0;
  /** All of them, each behind the one before. */
  private bytes = Buffer.alloc(1 << 16);
  private ends = new Int32Array(1024);
  private hashes = new Int32Array(1024);
  /** A hash's place, or one soon after it, has the number that follows the text's; 0 is free. */
  private places = new Int32Array(4096);

  constructor(
    private readonly heap: HeapUse,
    private readonly mostTexts = MOST_TEXTS,
  ) {}

  numberOf(bytes: Buffer, start = 0, end = bytes.length): number {
    const hash = hashOf(bytes, start, end);
    const { places, hashes } = this;
    let place = hash & (places.length - 1);
    for (let next = places[place] as number; next > 0; next = places[place] as number) {
      if (hashes[next - 1] === hash && this.isSame(next - 1, bytes, start, end)) return next - 1;
      place = (place + 1) & (places.length - 1);
    }
    return this.add(bytes.subarray(start, end), hash, place);
  }

  private startOf(number: number): number {
    return number === 0 ? 0 : (this.ends[number - 1] as number);
  }

  private isSame(number: number, bytes: Buffer, start: number, end: number): boolean {
    const own = this.startOf(number);
    if ((this.ends[number] as number) - own !== end - start) return false;
    for (let at = 0; at < end - start; at++) {
      if (this.bytes[own + at] !== bytes[start + at]) return false;
    }
    return true;
  }

  private add(text: Buffer, hash: number, place: number): number {
    if (this.count === this.mostTexts) {
      throw new RangeError(
        `a log can have up to ${formatCount(this.mostTexts)} different paths, addresses or types; this one has more`,
      );
    }
    this.heap.addText(text.length);
    const number = this.count++;
    const start = this.startOf(number);
    if (number === this.ends.length) {
      this.ends = twiceAsLong(this.ends);
      this.hashes = twiceAsLong(this.hashes);
    }
    while (start + text.length > this.bytes.length) {
      this.bytes = Buffer.concat([this.bytes], 2 * this.bytes.length);
    }
    text.copy(this.bytes, start);
    this.ends[number] = start + text.length;
    this.hashes[number] = hash;
    this.places[place] = number + 1;
    if (2 * this.count > this.places.length) this.findPlaces();
    return number;
  }

  private findPlaces(): void {
    const places = new Int32Array(4 * this.places.length);
    for (let number = 0; number < this.count; number++) {
      let place = (this.hashes[number] as number) & (places.length - 1);
      while (places[place] !== 0) place = (place + 1) & (places.length - 1);
      places[place] = number + 1;
    }
    this.places = places;
  }

  decoded(): string[] {
    return Array.from({ length: this.count }, (_, number) =>
      decodeText(this.bytes.subarray(this.startOf(number), this.ends[number])),
    );
  }

  /** Each row's text by its number; -1 for none. */
  toSeries(name: string, rows: Int32Array): pl.Series {
    const texts = this.decoded();
    const dictionary = pl.DataFrame({
      number: pl.Series("number", Int32Array.from(texts.keys())),
      [name]: pl.Series(name, texts, pl.String),
    });
    return pl
      .DataFrame({ number: pl.Series("number", rows) })
      .join(dictionary, { on: "number", how: "left" })
      .getColumn(name);
  }
}

function hashOf(bytes: Buffer, start: number, end: number): number {
  let hash = 0;
  // four bytes at once take little longer than one; those behind the text's end count as none
  for (let at = start; at < end; at += 4) {
    const left = end - at;
    let four = bytes[at] as number;
    if (left > 1) four |= (bytes[at + 1] as number) << 8;
    if (left > 2) four |= (bytes[at + 2] as number) << 16;
    if (left > 3) four |= (bytes[at + 3] as number) << 24;
    hash = Math.imul(hash ^ four, MULTIPLIER);
    hash ^= hash >>> 15;
  }
  return hash;
}

export function twiceAsLong<T extends Int32Array | Float64Array>(column: T): T {
  const longer = new (column.constructor as new (length: number) => T)(2 * column.length);
  longer.set(column);
  return longer;
}
