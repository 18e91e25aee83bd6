import { expect } from "vitest";
import type { Answer } from "../../../lib/report/answer";

const NOUNS =
  "users|requests|rows|breaks|weekdays|lessons|classes|cohorts|pages|programs|pairs|students";
const UNSOUND = new RegExp(
  String.raw`undefined|NaN|\bnull\b|not a number|[Ii]nfinity|\[object|none of none|Invalid| {2}|,by|0by|\b1 (?:${NOUNS})\b`,
);

/**
 * An answer's parts as text, after checks that hold for all answers: each number is bound to a claim,
 * the words name no missing value, one of something is in the singular, and the headline is a line.
 */
export function wordsOf({ headline, details, measure, changes, sure }: Answer) {
  for (const { text, unbound } of [headline, details, measure, changes, sure]) {
    expect(unbound).toEqual([]);
    expect(text).not.toBe("");
    expect(text).not.toMatch(UNSOUND);
  }
  expect(headline.text).not.toMatch(/\.$/);
  expect(headline.text.length).toBeLessThanOrEqual(140);
  return { headline: headline.text, details: details.text, sure: sure.text };
}
