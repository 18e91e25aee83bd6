import type pl from "nodejs-polars";
import { expect } from "vitest";

export const BANDS = ["midband", "upper_band", "lower_band", "pct_b"] as const;
export type Bands = Record<(typeof BANDS)[number], (number | null)[]>;
/** Pages of consecutive days, and their bands as another program computes them. */
export type Case = Bands & { name: string; pages: number[]; span: number; k: number };

/** Equal to 1e-9 of the number's size, and null where the other is null. */
export function expectBands(banded: pl.DataFrame, expected: Bands): void {
  for (const name of BANDS) {
    const actual = banded.getColumn(name).toArray() as (number | null)[];
    expect(actual.map((value) => value === null)).toEqual(expected[name].map((x) => x === null));
    const errors = expected[name].map((value, day) => {
      const difference = Math.abs((actual[day] ?? 0) - (value ?? 0));
      return difference / Math.max(1, Math.abs(value ?? 0));
    });
    expect(Math.max(0, ...errors), name).toBeLessThan(1e-9);
  }
}
