import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { apportion, scaleRun } from "../../../../lib/acquire/sample/fit/apportion";

const total = (numbers: ArrayLike<number>) => Array.from(numbers).reduce((a, b) => a + b, 0);

describe("apportion", () => {
  it("gives what is left to the largest remainders", () => {
    // Wikipedia, "Largest remainder method", Hare quota: 100,000 votes, 10 seats.
    const votes = [47_000, 16_000, 15_800, 12_000, 6_100, 3_100];
    expect([...apportion(votes, 10)]).toEqual([5, 2, 1, 1, 1, 0]);
  });

  it("raises the smallest to the least at the cost of the largest", () => {
    expect([...apportion([98, 1, 1], 10, 1)]).toEqual([8, 1, 1]);
    expect([...apportion([98, 1, 1], 2, 1)]).toEqual([2, 0, 0]);
  });

  it("adds up for any weights and total", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 1e6 }), { minLength: 1 }),
        fc.nat(1e6),
        (w, n) => {
          expect(total(apportion(w, n))).toBe(n);
        },
      ),
    );
  });
});

describe("scaleRun", () => {
  it("keeps every running sum at its exact share rounded up", () => {
    // Running sums 1, 3, 10 of 10; of 3: 0.3, 0.9, 3.
    expect([...scaleRun([1, 2, 7], 3)]).toEqual([1, 0, 2]);
  });

  it("adds up, and rounds each count up or down", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 1e5 }), { minLength: 1 }),
        fc.nat(1e6),
        (w, n) => {
          const scaled = scaleRun(w, n);
          expect(total(scaled)).toBe(n);
          scaled.forEach((count, i) => {
            expect(Math.abs(count - (w[i]! * n) / total(w))).toBeLessThan(1);
          });
        },
      ),
    );
  });
});
