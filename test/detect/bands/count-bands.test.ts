import pl from "nodejs-polars";
import { expect, it } from "vitest";
import { bandHistory, bollingerBands, flagsByK } from "../../../lib";
import { numbers } from "../../../lib/log/typed-arrays";
import { above, not, where } from "../../../lib/log/where";
import { benjaminiHochberg } from "../../../lib/stats/exact-tests";
import { daily, rowsOf } from "../../support/access-log";
import { FIRST_DAY, ordinaryDays } from "../../support/ordinary-days";

const method = "counts" as const;
const ordinary = { seed: 7, users: 300, days: 350 };

// 102,000 days of users who never change: by definition of a p-value one in 1,000.
it.each([
  ["negative binomial days", { active: null }],
  ["days with and without pages", {}],
])("of %s a p-value is as often below 0.001 as it says", (_, law) => {
  const banded = bollingerBands(ordinaryDays({ ...ordinary, ...law }), { method });
  const pValues = numbers(where(banded, { p_value: not(null) }), "p_value");
  expect(pValues.length).toBe(102_000);
  const share = pValues.filter((p) => p < 0.001).length / pValues.length;
  expect(Math.abs(share - 0.001)).toBeLessThan(0.0003);
});

it("flags a day where its p-value, corrected for the users of the day, is small enough", () => {
  const [users, day] = [40, FIRST_DAY + 100];
  const isPlanted = pl.col("date").cast(pl.Int32).eq(day).and(pl.col("user_id").lt(5));
  const pages = pl.when(isPlanted).then(pl.lit(200)).otherwise(pl.col("pages")).alias("pages");
  const log = ordinaryDays({ seed: 3, users, days: 120 }).withColumns(pages);
  const banded = bollingerBands(log, { k: 2, method });
  const tested = where(banded, { p_value: not(null) });
  for (const ofDay of tested.partitionBy("date") as pl.DataFrame[]) {
    const adjusted = numbers(ofDay, "adjusted_p_value");
    expect(adjusted).toEqual(benjaminiHochberg(numbers(ofDay, "p_value")));
    // scipy.stats.norm.sf(2)
    const flags = adjusted.filter((p) => p <= 0.022750131948179195).length;
    expect(where(ofDay, { pct_b: above(1) }).height).toBe(flags);
  }
  const found = where(banded, { pct_b: above(1) }).filter(isPlanted);
  expect(found.height).toBeGreaterThanOrEqual(3);
  expect(
    flagsByK(log, { ks: [2, 3], method })
      .getColumn("flags")
      .toArray(),
  ).toEqual(
    [2, 3].map((k) => where(bollingerBands(log, { k, method }), { pct_b: above(1) }).height),
  );
  const history = bandHistory(banded, { method });
  expect(history.getColumn("ceiling").nullCount()).toBe(users);
});

it("a day is held against earlier days of its kind alone, and bands begin after five", () => {
  // From 1 January 2020, a Wednesday: three pages each weekday, none on weekends.
  const week = Array.from({ length: 40 }, (_, day) => ((day + 2) % 7 >= 5 ? 0 : 3));
  const shown = (pages: number[]) => bollingerBands(daily(...pages), { method });
  const banded = shown(week);
  const midband = banded.getColumn("midband").toArray() as (number | null)[];
  const first = midband.findIndex((value) => value !== null);
  expect(first).toBe(7); // Wednesday again, after five weekdays
  expect(midband[7]).toBeCloseTo((5.5 / 6) * 3, 12);
  expect(midband[7 + 10]).toBe(null); // a Saturday, after four days of weekends
  expect(rowsOf(banded.head(30))).toEqual(rowsOf(shown([...week.slice(0, 30), 300]).head(30)));
  const last = rowsOf(
    shown([...week.slice(0, 39), 300])
      .tail(1)
      .select("upper_band", "pct_b"),
  );
  const upper = Number(last[0]?.[0]);
  expect(upper % 1).toBe(0.5);
  expect(last[0]?.[1]).toBeCloseTo(300 / upper, 12);
});

it("needs counts", () => {
  const half = daily(1, 2).withColumns(pl.Series("pages", [1, 0.5], pl.Float64));
  const needs = "bollingerBands needs pages to be whole numbers from 0 to 100,000; found";
  expect(() => bollingerBands(half, { method })).toThrow(`${needs} 0.5`);
  expect(() => bollingerBands(daily(1, -1), { method })).toThrow(`${needs} -1`);
  expect(() => bollingerBands(daily(1, 100_001), { method })).toThrow(`${needs} 100001`);
  expect(() => bollingerBands(daily(1), { method, span: 4.5 })).toThrow("span");
});
