import { describe, expect, it } from "vitest";
import {
  chiSquareSurvival,
  normalSurvival,
  studentQuantile,
  studentSurvival,
} from "../../lib/stats/tails";
// scipy 1.10.1: see tails.py
import recorded from "./tails.json";

/** The largest of relative errors, and where it is. */
function worst(rows: number[][], survival: (...at: number[]) => number) {
  const errors = rows.map((row) => ({
    at: row.slice(0, -1),
    error: Math.abs(survival(...row.slice(0, -1)) / row[row.length - 1]! - 1),
  }));
  return errors.reduce((most, one) => (one.error <= most.error ? most : one));
}

describe("normalSurvival", () => {
  it("is scipy's norm.sf, to 1e-12 of it", () => {
    expect(recorded.normal.length).toBe(300);
    expect(worst(recorded.normal, normalSurvival).error).toBeLessThan(1e-12);
  });

  it("ends in nothing and in all", () => {
    const at = [-Infinity, -40, 0, 40, Infinity, Number.NaN];
    expect(at.map(normalSurvival)).toEqual([1, 1, 0.5, 0, 0, Number.NaN]);
  });
});

describe("chiSquareSurvival", () => {
  const survival = chiSquareSurvival as (...at: number[]) => number;

  it("is scipy's chi2.sf, to 1e-12 of it", () => {
    expect(recorded.chi_square.length).toBe(400);
    expect(worst(recorded.chi_square, survival).error).toBeLessThan(1e-12);
  });

  it("is right where degrees are many: e^-(x/2) and the sum are beyond all doubles there", () => {
    // By Python's decimal with 60 digits; scipy 1.10.1 is off by 1.5e-12 at the second.
    const exact = [
      [3001.0, 3001, 0.49656701096104366],
      [6849.350089097052, 3001, 1.0000000000006993e-300],
      [10000.0, 10001, 0.5009403373901555],
      [12000.0, 10000, 1.1470065524601248e-40],
    ];
    expect(worst(exact, survival).error).toBeLessThan(1e-12);
  });

  it("ends in nothing and in all", () => {
    const at = [-1, 0, 1e5, Number.MAX_VALUE, Infinity, Number.NaN];
    for (const degrees of [1, 2, 3, 20]) {
      expect(at.map((x) => chiSquareSurvival(x, degrees))).toEqual([1, 1, 0, 0, 0, Number.NaN]);
    }
  });
});

describe("studentSurvival", () => {
  it("is scipy's t.sf, to 1e-12 of it", () => {
    expect(recorded.student.length).toBe(192);
    const survival = studentSurvival as (...at: number[]) => number;
    expect(worst(recorded.student, survival).error).toBeLessThan(1e-12);
  });

  it("ends in nothing and in all", () => {
    const at = [-Infinity, 0, Infinity, Number.NaN];
    expect(at.map((t) => studentSurvival(t, 4))).toEqual([1, 0.5, 0, Number.NaN]);
  });
});

it("studentQuantile lies where so much is above it", () => {
  // scipy 1.10.1: t.isf(tail, degrees)
  expect(studentQuantile(0.025, 3)).toBeCloseTo(3.182446305283708, 12);
  expect(studentQuantile(1e-5, 15)).toBeCloseTo(6.10886789502544, 12);
  expect(studentQuantile(0.5, 15)).toBeCloseTo(0, 12);
});
