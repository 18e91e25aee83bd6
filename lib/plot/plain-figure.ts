import { formatCount } from "../words/format-words";
import { quotedText } from "../words/quoted-text";
import type { Figure } from "./figure";

/** Numbers, texts and parts of a figure together: what pictures, notebooks and browsers still bear. */
const MOST_VALUES = 250_000;
const MOST_CHARACTERS = 5_000_000;
/** Of one text that is no picture: whoever lays it out in lines measures each of its words. */
const LONGEST_TEXT = 50_000;
const MOST_LEVELS = 20;

/**
 * A figure as plain data of its own: lists, objects, texts and numbers. Whatever draws it may trust
 * every length, and meets no getter, no circle and no more than can be drawn. Typed arrays become
 * plain lists; functions are left out.
 *
 * @throws {TypeError} where the figure holds what is no data, and says where
 * @throws {RangeError} where it holds too much
 */
export function plainFigure(figure: Figure): Figure {
  const place: (string | number)[] = [];
  let values = 0;
  let characters = 0;

  const count = (size: number) => {
    values += size;
    if (values <= MOST_VALUES) return;
    const most = `at most ${formatCount(MOST_VALUES)} values in all`;
    throw new RangeError(refusal(place, most, "more", "draw every tenth point, or sums per day"));
  };

  const copyText = (text: string) => {
    characters += text.length;
    if (text.length > LONGEST_TEXT && place.at(-1) !== "source") {
      const most = `at most ${formatCount(LONGEST_TEXT)} characters`;
      throw new RangeError(refusal(place, most, formatCount(text.length), "shorten it"));
    }
    if (characters <= MOST_CHARACTERS) return text;
    const most = `at most ${formatCount(MOST_CHARACTERS)} characters in all`;
    throw new RangeError(refusal(place, most, "more", "shorten its texts"));
  };

  const copyPart = (key: string | number, part: unknown) => {
    place.push(key);
    const copied = copy(part);
    place.pop();
    return copied;
  };

  function copy(value: unknown): unknown {
    if (typeof value === "string") return copyText(value);
    if (typeof value === "bigint") return Number(value);
    if (typeof value === "function" || typeof value === "symbol") return undefined;
    if (value === null || typeof value !== "object") return value;
    if (place.length >= MOST_LEVELS) {
      const found = "more, or a part that holds itself";
      throw new RangeError(refusal(place, `at most ${MOST_LEVELS} levels`, found, "flatten it"));
    }
    if (isList(value)) {
      const { length } = value;
      count(length);
      return Array.from({ length }, (_, index) => copyPart(index, value[index]));
    }
    // By its tag: a cell's own objects come from another realm, where `instanceof` says no.
    const tag = Object.prototype.toString.call(value);
    if (tag === "[object Date]") return new Date(Number(value));
    if (tag !== "[object Object]" || "length" in value) {
      const name = (value as object).constructor?.name ?? "no class";
      const found = "length" in value ? "an object with a length" : `an object of ${name}`;
      const expected = "an array, a plain object, a text or a number";
      throw new TypeError(refusal(place, expected, found, "make an array of it"));
    }
    const keys = Object.keys(value);
    count(keys.length);
    return Object.fromEntries(
      keys.map((key) => [key, copyPart(key, (value as Record<string, unknown>)[key])]),
    );
  }

  const plain = copy(figure) as Figure;
  const parts: [(string | number)[], unknown][] = plain.data.map((trace, i) => [
    ["data", i],
    trace,
  ]);
  for (const [where, part] of [[["layout"], plain.layout] as (typeof parts)[0], ...parts]) {
    if (part !== null && typeof part === "object" && !Array.isArray(part)) continue;
    throw new TypeError(refusal(where, "an object", String(part), "write it as { ... }"));
  }
  return plain;
}

function isList(value: object): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && "length" in value);
}

function refusal(
  place: readonly (string | number)[],
  expected: string,
  found: string,
  advice: string,
): string {
  const path = place.map((key) => (typeof key === "number" ? `[${key}]` : `.${key}`)).join("");
  const where = quotedText(path.replace(/^\./, "") || "the figure itself", { max: 100 });
  return `a figure cannot be drawn: at ${where} expected ${expected}, found ${found}; ${advice}`;
}
