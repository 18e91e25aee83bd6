import { expect, it } from "vitest";
import { bandCeiling, bandMinimumHistory, bollingerBands } from "../../../lib";
import { daily } from "../../support/access-log";

const lastPctB = (pages: number[], options: { span?: number; k?: number }) =>
  bollingerBands(daily(...pages), options)
    .getColumn("pct_b")
    .get(pages.length - 1) as number;
const spike = (days: number) => [...Array<number>(days - 1).fill(0), 300];

it("bandCeiling is what a spike after days that are all alike has, whatever their number", () => {
  for (const days of [2, 3, 7, 30, 365]) {
    for (const options of [{}, { span: 10, k: 3.5 }, { span: 2.5, k: 1 }]) {
      expect(bandCeiling(days, options)).toBeCloseTo(lastPctB(spike(days), options), 9);
    }
  }
});

// The derivation is in the reference facts.
it.each([
  [2, 1.435972],
  [3, 1.123981],
  [3.5, 1.034841],
  [6, 0.811991],
])("bandCeiling comes near its published limit at k %d", (k, limit) => {
  expect(bandCeiling(1182, { k })).toBeCloseTo(limit, 5);
  expect(bandCeiling(1e15, { k })).toBeCloseTo(0.5 + 29 / (2 * k * Math.sqrt(60)), 12);
});

it("where the span is endless, both are those of plain standard deviations", () => {
  // Samuelson's inequality.
  expect(bandCeiling(40, { span: 1e300, k: 3 })).toBeCloseTo(0.5 + 39 / (6 * Math.sqrt(40)), 12);
  // (n - 1) / sqrt(n) is above 3 from n = 11: 10 / sqrt(11) is 3.015, 9 / sqrt(10) 2.846.
  expect(bandMinimumHistory({ span: 1e300, k: 3 })).toBe(11);
});

it("bandCeiling is null where no day has a place between bands", () => {
  expect([bandCeiling(1), bandCeiling(100, { span: 1 })]).toEqual([null, null]);
});

it("bandMinimumHistory is the length from which a spike is flagged", () => {
  for (const options of [{}, { k: 2.25 }, { k: 3 }, { k: 3.5 }, { span: 14, k: 2.25 }]) {
    const days = bandMinimumHistory(options)!;
    expect(lastPctB(spike(days), options)).toBeGreaterThan(1);
    expect(lastPctB(spike(days - 1), options)).toBeLessThanOrEqual(1);
  }
  expect(bandMinimumHistory()).toBe(7);
});

it.each([{ k: 6 }, { k: 3.75 }, { span: 1, k: 0.1 }])(
  "bandMinimumHistory is null where no history is long enough: %j",
  (options) => expect(bandMinimumHistory(options)).toBeNull(),
);
