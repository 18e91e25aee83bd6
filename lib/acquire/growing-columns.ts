import pl from "nodejs-polars";
import { formatCount } from "../words/format-words";
import { decodeText } from "./decode-text";
import type { HeapUse } from "./memory";

/** A column of numbers that grows. NaN is a missing number. */
export class NumberColumn {
  private values: Float64Array | Int32Array;
  length = 0;

  /** @param kind integers of 32 bits, or up to 2^53 */
  constructor(kind: "index" | "number") {
    this.values = kind === "index" ? new Int32Array(1024) : new Float64Array(1024);
  }

  push(value: number): void {
    if (this.length === this.values.length) {
      const wider = this.values instanceof Int32Array ? Int32Array : Float64Array;
      const values = new wider(2 * this.length);
      values.set(this.values);
      this.values = values;
    }
    this.values[this.length++] = value;
  }

  toArray(): Float64Array | Int32Array {
    return this.values.slice(0, this.length);
  }
}

const MOST_TEXTS = 2 ** 24;

/** A column of text with few distinct values: each is kept once. */
export class TextColumn {
  private readonly numbers = new Map<string, number>();
  /** Each row's text by its number; -1 for none. */
  readonly rows = new NumberColumn("index");

  constructor(
    private readonly heap: HeapUse,
    private readonly mostTexts = MOST_TEXTS,
  ) {}

  /** The number of a text (its bytes, one character each: cheaper than decoding). */
  numberOf(latin1: string): number {
    const known = this.numbers.get(latin1);
    if (known !== undefined) return known;
    if (this.numbers.size === this.mostTexts) {
      throw new RangeError(
        `a log can have up to ${formatCount(this.mostTexts)} different paths, addresses or types; this one has more`,
      );
    }
    this.heap.addText(latin1.length);
    this.numbers.set(latin1, this.numbers.size);
    return this.numbers.size - 1;
  }

  texts(): string[] {
    return Array.from(this.numbers.keys(), (key) => decodeText(Buffer.from(key, "latin1")));
  }

  toSeries(name: string): pl.Series {
    const texts = this.texts();
    const dictionary = pl.DataFrame({
      number: pl.Series("number", Int32Array.from(texts.keys())),
      [name]: pl.Series(name, texts, pl.String),
    });
    const rows = pl.DataFrame({ number: pl.Series("number", this.rows.toArray()) });
    return rows.join(dictionary, { on: "number", how: "left" }).getColumn(name);
  }
}
