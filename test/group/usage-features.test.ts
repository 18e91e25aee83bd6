import pl from "nodejs-polars";
import { expect, it } from "vitest";
import { USAGE_FEATURES, usageFeatures } from "../../lib/group/usage-features";
import { rowsOf } from "../support/access-log";
import { usageFrame } from "../support/usage";
// pandas 1.5.3 and scikit-learn 1.2.1, as the case study uses them: see case-study.py
import recorded from "./case-study.json";

const usage = usageFrame(recorded.usage);
const row = (dt: string, user_id: number, api_count: number, type = "gnql") => {
  return { dt, user_id, type, api_count };
};
const two = usageFrame([row("2020-01-01", 1, 3), row("2020-01-02", 2, 3)]);

it("equals the case study's pandas and scikit-learn, of days and of text", () => {
  expect(usageFeatures(usage).columns).toEqual(["user_id", "type", ...USAGE_FEATURES]);
  const features = recorded.features.map(([user, type, ...values]) => {
    return [user, type, ...values.map((x) => expect.closeTo(x as number, 12))];
  });
  expect(rowsOf(usageFeatures(usage))).toEqual(features);
  expect(rowsOf(usageFeatures(pl.DataFrame(recorded.usage)))).toEqual(features);
});

it("makes 0 of a feature that is the same for all, and takes users whose ids are text", () => {
  const one = usageFeatures(usageFrame([row("2020-02-01", 1, 3)]));
  expect(rowsOf(one)).toEqual([[1, "gnql", 0, 0, 0, 0, 0, 1, 0]]);
  const named = two.withColumns(pl.Series("user_id", ["b", "a"], pl.String));
  expect(rowsOf(usageFeatures(named).select("user_id"))).toEqual([["a"], ["b"]]);
});

it.each([-3, 0.5, Number.NaN, Number.POSITIVE_INFINITY])("refuses a count of %d", (count) => {
  const frame = two.withColumns(pl.Series("api_count", [4, count], pl.Float64));
  expect(() => usageFeatures(frame)).toThrow(RangeError);
  expect(() => usageFeatures(frame)).toThrow(
    `api_count to be integers from 0; found ${count} in row 1`,
  );
});

it.each(["2020-02-30", "13/08/2021", ""])('refuses "%s" for a day', (dt) => {
  const text = pl.DataFrame([row("2020-01-01", 1, 3), row(dt, 2, 3)]);
  expect(() => usageFeatures(text)).toThrow(
    `usageFeatures needs dt to be days as in 2021-08-13; found "${dt}" in row 1`,
  );
});

it.each(["dt", "user_id", "type", "api_count"])("needs %s in every row", (name) => {
  expect(() => usageFeatures(two.drop(name))).toThrow(`usageFeatures needs column ${name}`);
  const other = two.withColumns(pl.lit(null).cast(two.getColumn(name).dtype).alias(name));
  expect(() => usageFeatures(pl.concat([two, other]))).toThrow(
    `usageFeatures needs ${name} in every row; 2 of 4 rows have none`,
  );
});

it("refuses times for days, and ids that are NaN", () => {
  const unknown = two.withColumns(pl.Series("user_id", [1, Number.NaN], pl.Float64));
  expect(() => usageFeatures(unknown)).toThrow("needs user_id in every row; found NaN");
  const times = two.withColumns(pl.col("dt").cast(pl.Datetime("ms")));
  expect(() => usageFeatures(times)).toThrow(
    "needs column dt to hold days (pl.Date) or ISO text; it holds Datetime",
  );
});

it("names users without a call, and rows that repeat, whole and so that they do no harm", () => {
  const silent = usageFrame([row("2021-08-02", 2 ** 40, 0)]);
  expect(() => usageFeatures(silent)).toThrow("none in all by user 1099511627776 of API gnql");
  const large = [1, 2].map((calls) => row("2021-08-02", 2 ** 53 - 1, calls, "a\u202eb"));
  expect(() => usageFeatures(usageFrame(large))).toThrow(
    "usageFeatures needs one row per user, API and day: add up those that repeat, " +
      "such as user 9007199254740991 of API a\\u202eb on 2021-08-02",
  );
});
