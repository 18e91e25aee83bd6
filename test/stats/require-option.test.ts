import { expect, it } from "vitest";
import { requireInteger, requireNumber, requireOneOf } from "../../lib/stats/require-option";

it("takes what lies in the range, and says what was expected and what was found", () => {
  const share = { above: 0, below: 1 };
  expect(() => requireNumber("f", { a: 0.1, b: 0.9 }, share)).not.toThrow();
  for (const value of [0, 1, Number.NaN, Infinity]) {
    expect(() => requireNumber("f", { a: 0.5, b: value }, share)).toThrow(
      new RangeError(`f needs b to be above 0 and below 1, got ${value}`),
    );
  }
  expect(() => requireNumber("f", { a: 1 }, { atLeast: 1, atMost: 1 })).not.toThrow();
  expect(() => requireNumber("f", { a: 2 }, { atLeast: 1, atMost: 1 })).toThrow(
    "at least 1 and at most 1, got 2",
  );
});

it("takes integers, from 1 where nothing else is said", () => {
  expect(() => requireInteger("f", { n: 1 })).not.toThrow();
  for (const value of [0, 1.5, Number.NaN, "two" as unknown as number]) {
    expect(() => requireInteger("f", { n: value })).toThrow(
      new RangeError(`f needs n to be an integer of at least 1, got ${value}`),
    );
  }
  expect(() => requireInteger("f", { n: -3 }, {})).not.toThrow();
  expect(() => requireInteger("f", { n: 1.5 }, {})).toThrow("f needs n to be an integer, got 1.5");
});

it("takes one of some words", () => {
  expect(() => requireOneOf("f", { by: "day" }, ["day", "week"])).not.toThrow();
  expect(() => requireOneOf("f", { by: "hour" }, ["day", "week"])).toThrow(
    new RangeError("f needs by to be one of day, week, got hour"),
  );
});
