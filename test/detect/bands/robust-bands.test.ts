import pl from "nodejs-polars";
import { describe, expect, it } from "vitest";
import { bollingerBands } from "../../../lib/detect/bands/bollinger-bands";
import { daily, rowsOf } from "../../support/access-log";
import { randomIntegers } from "../../support/random";
import { BANDS, type Bands, type Case, expectBands } from "./expect-bands";
// pandas 1.5.3, scipy 1.10.1:
//   python3 test/detect/bands/pandas-robust.py < test/detect/bands/pandas-robust.json
import recorded from "./pandas-robust.json";

const robust = (pages: number[], options: { span?: number; k?: number } = {}) =>
  bollingerBands(daily(...pages), { ...options, method: "robust" });
const lastOf = (banded: pl.DataFrame) => banded.getColumn("pct_b").get(banded.height - 1);
/** From 1 January 2020, a Wednesday. */
const isWeekend = (day: number) => (day + 2) % 7 >= 5;

describe("bollingerBands, robust", () => {
  it.each(recorded as Case[])("equals medians by pandas and scipy on $name", (expected) => {
    expectBands(robust(expected.pages, expected), expected);
  });

  it("has the bands of the earlier days of the same kind, by hand", () => {
    // Weekdays 1, 2, 3, 6, 7, 8 January: 4, 8, 6, 20, 2 and then 9; weekend days 4 and 5: 0.
    // Median of the first five 6, distances 2, 2, 0, 14, 4: MAD 2, which is less than sqrt(7).
    const row = robust([4, 8, 6, 0, 0, 20, 2, 9]).tail(1).toRecords()[0]!;
    expect(row.midband).toBe(6);
    expect(row.upper_band).toBeCloseTo(6 + 2 * Math.max(1.482602218505602 * 2, Math.sqrt(7)), 12);
    expect(row.pct_b).toBeCloseTo(0.5 + 3 / (4 * 1.482602218505602 * 2), 12);
  });

  it("has no ceiling: after a quiet month 300 pages score far more than three", () => {
    const quiet = Array<number>(40).fill(0);
    expect([1, 2, 3, 300].map((pages) => lastOf(robust([...quiet, pages])))).toEqual([
      0.75, 1, 1.25, 75.5,
    ]);
  });

  it("holds a weekend day against weekend days", () => {
    const rhythm = Array.from({ length: 60 }, (_, day) => (isWeekend(day) ? 0 : 30));
    const sunday = 60 - 1 - [...rhythm].reverse().findIndex((_, i) => isWeekend(59 - i));
    const busy = rhythm.map((pages, day) => (day === sunday ? 30 : pages)).slice(0, sunday + 1);
    expect(lastOf(robust(busy))).toBeGreaterThan(5);
    expect(lastOf(bollingerBands(daily(...busy)))).toBeLessThan(1);
  });

  it("takes days before 1970 for the weekdays they were", () => {
    const shift = (days: number) =>
      bollingerBands(
        daily(...Array.from({ length: 60 }, (_, day) => (isWeekend(day) ? 0 : 30))).withColumns(
          pl.col("date").cast(pl.Int32).sub(days).cast(pl.Date).alias("date"),
        ),
        { method: "robust" },
      ).select(...BANDS);
    expect(rowsOf(shift(7 * 4000))).toEqual(rowsOf(shift(0)));
  });

  it("has no place between bands whose width is lost to rounding", () => {
    const banded = robust([5, 5, 5, 5, 5, 5, 5, 5, 5, 9], { span: 5, k: 1e-300 });
    expect(new Set(banded.getColumn("pct_b").toArray())).toEqual(new Set([null]));
  });
});

it("agrees with a slow and obvious version on 200 random users", () => {
  const random = randomIntegers(20180127);
  const users = Array.from({ length: 200 }, () => {
    const most = random(1, 60);
    return Array.from({ length: random(1, 300) }, () => Math.max(0, random(-40, most)));
  });
  const frames = users.map((pages, i) =>
    daily(...pages).withColumns(pl.lit(i).cast(pl.Int64).alias("user_id")),
  );
  for (const [span, k] of [
    [30, 2],
    [5, 1],
    [8, 3.5],
  ] as const) {
    const expected = users.map((pages) => obviousBands(pages, span, k));
    const together = Object.fromEntries(
      BANDS.map((name) => [name, expected.flatMap((user) => user[name])]),
    ) as Bands;
    expectBands(bollingerBands(pl.concat(frames), { span, k, method: "robust" }), together);
  }
});

/** The definition, from scratch for every day. */
function obviousBands(pages: number[], span: number, k: number): Bands {
  const median = (values: number[]) => {
    const sorted = [...values].sort((a, b) => a - b);
    const half = sorted.length / 2;
    return (sorted[Math.ceil(half) - 1]! + sorted[Math.floor(half)]!) / 2;
  };
  const days = pages.map((x, day) => {
    const window = pages
      .slice(0, day)
      .filter((_, earlier) => isWeekend(earlier) === isWeekend(day))
      .slice(-span);
    if (window.length < 5)
      return { midband: null, upper_band: null, lower_band: null, pct_b: null };
    const midband = median(window);
    const mad = median(window.map((value) => Math.abs(value - midband)));
    const reach = k * Math.max(1.482602218505602 * mad, Math.sqrt(midband + 1));
    const [upper, lower] = [midband + reach, midband - reach];
    return {
      midband,
      upper_band: upper,
      lower_band: lower,
      pct_b: (x - lower) / (upper - lower),
    };
  });
  return Object.fromEntries(BANDS.map((name) => [name, days.map((day) => day[name])])) as Bands;
}
