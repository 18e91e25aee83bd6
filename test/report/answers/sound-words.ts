import { expect } from "vitest";
import type { Answer } from "../../../lib/report/answer";

/**
 * An answer's parts as text, after checks that hold for all answers: each number is bound to a claim,
 * the words name no missing value, and one of something is in the singular.
 */
export function wordsOf(answer: Answer) {
  const { headline, details, measure, changes, sure } = answer;
  const parts = { headline, details, measure, changes, sure };
  for (const { text, unbound } of Object.values(parts)) {
    expect(unbound).toEqual([]);
    expect(text).not.toBe("");
    expect(text).not.toMatch(
      /undefined|NaN|null|Infinity|\[object|Invalid| {2}|,by|0by|\b1 (users|requests|rows|breaks|weekdays|lessons|classes|cohorts|pages|programs|pairs|students)\b/,
    );
  }
  expect(headline.text).not.toMatch(/\.$/);
  return Object.fromEntries(
    Object.entries(parts).map(([name, { text }]) => [name, text]),
  ) as Record<keyof typeof parts, string>;
}
