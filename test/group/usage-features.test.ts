import pl from "nodejs-polars";
import { describe, expect, it } from "vitest";
import { usageFeatures } from "../../lib/group/usage-features";
import { rowsOf } from "../support/access-log";
import { usageFrame } from "../support/usage";
// pandas 1.5.3 and scikit-learn 1.2.1, as the case study uses them: see case-study.py
import recorded from "./case-study.json";

const FEATURES = [
  "use_days",
  "use_duration",
  "avg_cont_use",
  "total_calls_log10",
  "usage_range",
  "mean_usage_scaled",
  "sd_usage_scaled",
];

const usage = usageFrame(recorded.usage);
const row = (dt: string, user_id: number, api_count: number, type = "gnql") => ({
  dt,
  user_id,
  type,
  api_count,
});

function expectRows(actual: unknown[][], expected: (string | number)[][]): void {
  expect(actual.map((r) => r.slice(0, 2))).toEqual(expected.map((r) => r.slice(0, 2)));
  const errors = actual.flatMap((r, i) =>
    r.slice(2).map((x, c) => Math.abs((x as number) - (expected[i]![c + 2] as number))),
  );
  expect(Math.max(...errors)).toBeLessThan(1e-12);
}

describe("usageFeatures", () => {
  it("equals the case study's pandas and scikit-learn", () => {
    expect(usageFeatures(usage).columns).toEqual(["user_id", "type", ...FEATURES]);
    expectRows(rowsOf(usageFeatures(usage)), recorded.features);
  });

  it("does not depend on the order of rows, nor on dates being text", () => {
    expectRows(rowsOf(usageFeatures(usage.sort("api_count"))), recorded.features);
    const text = pl.DataFrame(recorded.usage);
    expectRows(rowsOf(usageFeatures(text)), recorded.features);
  });

  it("describes three users as counted by hand", () => {
    const features = usageFeatures(
      usageFrame([
        row("2020-02-28", 1, 10),
        row("2020-02-29", 1, 20), // runs of 2 days and 1: mean 1.5
        row("2020-03-03", 1, 70),
        row("2020-02-01", 2, 10),
        row("2020-02-11", 3, 5), // never changes: 1 and 0
        row("2020-02-13", 3, 5),
      ]),
    );
    // Before scaling over all: days 3 1 2, duration 4 0 2, runs 1.5 1 1, log10 2 1 1, range 60 0 0.
    // User 1 within: 0, 1/6, 1, whose mean is 7/18.
    const deviation = Math.sqrt(((7 / 18) ** 2 + (7 / 18 - 1 / 6) ** 2 + (11 / 18) ** 2) / 3);
    expectRows(rowsOf(features), [
      [1, "gnql", 1, 1, 1, 1, 1, 7 / 18, deviation],
      [2, "gnql", 0, 0, 0, 0, 0, 1, 0],
      [3, "gnql", 0.5, 0.5, 0, 0, 0, 1, 0],
    ]);
  });

  it("makes 0 of a feature that is the same for all", () => {
    expect(rowsOf(usageFeatures(usageFrame([row("2020-02-01", 1, 3)])))).toEqual([
      [1, "gnql", 0, 0, 0, 0, 0, 1, 0],
    ]);
  });

  it("gives nothing for nothing", () => {
    expect(usageFeatures(usage.head(0)).columns).toEqual(["user_id", "type", ...FEATURES]);
    expect(usageFeatures(usage.head(0)).height).toBe(0);
  });

  it("says what it needs", () => {
    const frame = (...rows: ReturnType<typeof row>[]) => usageFrame(rows);
    expect(() => usageFeatures(usage.drop("type"))).toThrow("usageFeatures needs column type");
    expect(() => usageFeatures(frame(row("2020-01-01", 1, -3)))).toThrow(
      "api_count to be integers from 0; found -3 in row 0",
    );
    expect(() => usageFeatures(frame(row("2020-01-01", 1, 0)))).toThrow(
      'none in all by {"user_id":1',
    );
    expect(() => usageFeatures(frame(row("2020-01-01", 1, 3), row("2020-01-01", 1, 4)))).toThrow(
      "one row per user, API and day: add up those that repeat",
    );
    const half = frame(row("2020-01-01", 1, 3)).withColumns(pl.lit(0.5).alias("api_count"));
    expect(() => usageFeatures(half)).toThrow("found 0.5 in row 0");
    const text = pl.DataFrame([row("2020-01-01", 1, 3), row("2020-02-30", 1, 3)]);
    expect(() => usageFeatures(text)).toThrow('days as in 2021-08-13; found "2020-02-30"');
    const nobody = usage.withColumns(pl.lit(null).cast(pl.Int64).alias("user_id"));
    expect(() => usageFeatures(nobody)).toThrow("usageFeatures needs user_id in every row");
  });

  it.each([-3, 0.5, Number.NaN, Number.POSITIVE_INFINITY])("refuses a count of %d", (count) => {
    const counts = pl.Series("api_count", [4, count], pl.Float64);
    const frame = usageFrame([row("2020-01-01", 1, 3), row("2020-01-02", 1, 3)]);
    expect(() => usageFeatures(frame.withColumns(counts))).toThrow(RangeError);
    expect(() => usageFeatures(frame.withColumns(counts))).toThrow(
      `api_count to be integers from 0; found ${count} in row 1`,
    );
  });

  it.each(["2020-02-30", "13/08/2021", "2020-1-1", "today", "", "20200101"])(
    'refuses "%s" for a day',
    (dt) => {
      const text = pl.DataFrame([row("2020-01-01", 1, 3), row(dt, 2, 3)]);
      expect(() => usageFeatures(text)).toThrow(`found "${dt}" in row 1`);
    },
  );

  it("refuses columns that are missing, of another type, or partly null or NaN", () => {
    const two = usageFrame([row("2020-01-01", 1, 3), row("2020-01-02", 2, 3)]);
    for (const name of ["dt", "user_id", "type", "api_count"]) {
      expect(() => usageFeatures(two.drop(name))).toThrow(`usageFeatures needs column ${name}`);
      const dtype = two.getColumn(name).dtype;
      const half = two.withColumns(
        pl
          .when(pl.col("user_id").eq(pl.lit(2)))
          .then(pl.lit(null))
          .otherwise(pl.col(name))
          .cast(dtype)
          .alias(name),
      );
      expect(() => usageFeatures(half)).toThrow(
        `usageFeatures needs ${name} in every row; 1 of 2 rows have none`,
      );
    }
    const unknown = two.withColumns(pl.Series("user_id", [1, Number.NaN], pl.Float64));
    expect(() => usageFeatures(unknown)).toThrow("needs user_id in every row");
    const words = two.withColumns(pl.Series("api_count", ["3", "x"], pl.String));
    expect(() => usageFeatures(words)).toThrow("needs column api_count to hold numbers");
    const times = two.withColumns(pl.col("dt").cast(pl.Datetime("ms")));
    expect(() => usageFeatures(times)).toThrow(
      "needs column dt to hold days (pl.Date) or ISO text; it holds Datetime",
    );
  });

  it("shows hostile text of a log so that it does no harm", () => {
    const twice = [row("2020-01-01", 1, 3, "a\u202eb"), row("2020-01-01", 1, 3, "a\u202eb")];
    expect(() => usageFeatures(usageFrame(twice))).toThrow(/"type":"a\\\\u202eb"/);
  });

  it("takes users whose ids are text", () => {
    const usageByName = usageFrame([
      row("2020-01-01", 1, 30),
      row("2020-01-01", 2, 3),
      row("2020-01-02", 2, 3),
    ]).withColumns(pl.Series("user_id", ["b", "a", "a"], pl.String));
    expect(rowsOf(usageFeatures(usageByName).select("user_id", "use_days"))).toEqual([
      ["a", 1],
      ["b", 0],
    ]);
  });
});

describe("usageFeatures, of a large id", () => {
  it("names the user, not the last 32 bits of the id", () => {
    const twice = usageFrame([
      row("2021-08-02", 2 ** 53 - 1, 1),
      row("2021-08-02", 2 ** 53 - 1, 2),
    ]);
    expect(() => usageFeatures(twice)).toThrow("9007199254740991");
    expect(() => usageFeatures(usageFrame([row("2021-08-02", 2 ** 40, 0)]))).toThrow(
      "1099511627776",
    );
  });
});
