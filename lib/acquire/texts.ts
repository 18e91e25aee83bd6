import { randomInt } from "node:crypto";
import pl from "nodejs-polars";
import { formatCount } from "../words/format-words";
import { decodeText } from "./decode-text";
import type { HeapUse } from "./memory";

const MOST_TEXTS = 2 ** 24;
/** Nobody knows this number: no texts can be written that are all looked for in one place. */
const MULTIPLIER = randomInt(2 ** 30) * 2 + 1;

/** The different texts of a column: each is kept once, as bytes, and has a number. */
export class Texts {
  private count = 0;
  /** All of them, each behind the one before. */
  private bytes = Buffer.alloc(2 ** 16);
  private starts = new Int32Array(2 ** 12);
  /** The numbers, from 1, each at its text's place or the next that was free. */
  private places = new Int32Array(2 ** 13);

  constructor(
    private readonly heap: HeapUse,
    private readonly mostTexts = MOST_TEXTS,
  ) {}

  numberOf(bytes: Buffer, start = 0, end = bytes.length): number {
    const { places } = this;
    let place = placeOf(bytes, start, end);
    for (;;) {
      place &= places.length - 1;
      const number = (places[place] as number) - 1;
      if (number < 0) return this.add(bytes.subarray(start, end), place);
      if (this.isSame(number, bytes, start, end)) return number;
      place++;
    }
  }

  private isSame(number: number, bytes: Buffer, start: number, end: number): boolean {
    const { bytes: own, starts } = this;
    let ownAt = starts[number] as number;
    if ((starts[number + 1] as number) - ownAt !== end - start) return false;
    for (let at = start; at < end; at++) if (own[ownAt++] !== bytes[at]) return false;
    return true;
  }

  private add(text: Buffer, place: number): number {
    if (this.count === this.mostTexts) {
      throw new RangeError(
        `a log can have up to ${formatCount(this.mostTexts)} different paths, addresses or types; this one has more`,
      );
    }
    this.heap.addText(text.length);
    const number = this.count++;
    const start = this.starts[number] as number;
    while (start + text.length > this.bytes.length) {
      this.bytes = Buffer.concat([this.bytes], 2 * this.bytes.length);
    }
    text.copy(this.bytes, start);
    this.starts[this.count] = start + text.length;
    this.places[place] = this.count;
    if (this.count + 1 === this.starts.length) this.grow();
    return number;
  }

  private grow(): void {
    const starts = new Int32Array(2 * this.starts.length);
    starts.set(this.starts);
    this.starts = starts;
    const places = new Int32Array(2 * starts.length);
    for (let number = 0; number < this.count; number++) {
      const text = this.text(number);
      let place = placeOf(text, 0, text.length) & (places.length - 1);
      while (places[place] !== 0) place = (place + 1) & (places.length - 1);
      places[place] = number + 1;
    }
    this.places = places;
  }

  private text(number: number): Buffer {
    return this.bytes.subarray(this.starts[number], this.starts[number + 1]);
  }

  decoded(): string[] {
    return Array.from({ length: this.count }, (_, number) => decodeText(this.text(number)));
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

function placeOf(bytes: Buffer, start: number, end: number): number {
  let hash = 0;
  // four bytes at once take little longer than one; beyond the text's end there are none
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
