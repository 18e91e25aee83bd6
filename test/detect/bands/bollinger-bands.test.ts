import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import pl from "nodejs-polars";
import { expect, it } from "vitest";
import { bollingerBands } from "../../../lib/detect/bands/bollinger-bands";
import { PROJECT_ROOT } from "../../../lib/keep/paths";
import { frameOf } from "../../../lib/log/frame-of";
import { above, where } from "../../../lib/log/where";
import { daily, dayOf, rowsOf } from "../../support/access-log";
// pandas 1.5.3: python3 test/detect/bands/pandas-bands.py < test/detect/bands/pandas-bands.json
import ewm from "./pandas-bands.json";
// pandas 1.5.3, scipy 1.10.1:
//   python3 test/detect/bands/pandas-robust.py < test/detect/bands/pandas-robust.json
import robust from "./pandas-robust.json";

const BANDS = ["midband", "upper_band", "lower_band", "pct_b"] as const;
/** Pages of consecutive days, and their bands as another program computes them. */
interface Case extends Record<(typeof BANDS)[number], (number | null)[]> {
  name: string;
  pages: number[];
  span: number;
  k: number;
}
const CASES = [
  ...(ewm as Case[]).map((of) => ({ ...of, method: "ewm" as const })),
  ...(robust as Case[]).map((of) => ({ ...of, method: "robust" as const })),
];

it.each(CASES)("equals pandas and scipy, method $method, on $name", ({ pages, ...expected }) => {
  const banded = bollingerBands(daily(...pages), expected);
  for (const name of BANDS) {
    const actual = banded.getColumn(name).toArray() as (number | null)[];
    const isNull = (value: number | null) => value === null;
    expect(actual.map(isNull)).toEqual(expected[name].map(isNull));
    // To 1e-9 of the number's size.
    const errors = expected[name].map((value, day) => {
      const difference = Math.abs((actual[day] ?? 0) - (value ?? 0));
      return difference / Math.max(1, Math.abs(value ?? 0));
    });
    expect(Math.max(0, ...errors), name).toBeLessThan(1e-9);
  }
});

it("keeps users apart, in any order of rows, and leaves other columns be", () => {
  const two = daily(1, 0, 9, 2).withColumns(pl.lit(2).cast(pl.Int64).alias("user_id"));
  const both = pl.concat([daily(4, 6, 8), two]).withColumns(pl.col("pages").mul(10).alias("tens"));
  const banded = bollingerBands(both, { span: 3 });
  expect(banded.columns).toEqual([...both.columns, ...BANDS]);
  expect(rowsOf(bollingerBands(both.sort("pages", true), { span: 3 }))).toEqual(rowsOf(banded));
  expect(rowsOf(banded.head(3).select(...BANDS))).toEqual(
    rowsOf(bollingerBands(daily(4, 6, 8), { span: 3 }).select(...BANDS)),
  );
});

it("takes all rows as one series when there is no group", () => {
  const banded = bollingerBands(daily(4, 6, 8).drop("user_id"), { span: 3, by: null });
  expect(banded.columns).toEqual(["date", "pages", ...BANDS]);
  expect(banded.getColumn("midband").get(2)).toBeCloseTo(48 / 7, 9); // (4/4 + 6/2 + 8) / (1/4 + 1/2 + 1)
  expect(banded.getColumn("pct_b").get(2)).toBeCloseTo(0.6482498633, 9); // pandas 1.5.3
});
it("says what it needs of the frame", () => {
  const series = (pages: (number | null)[]) =>
    daily(1, 2).withColumns(pl.Series("pages", pages, pl.Float64));
  const needs = (frame: pl.DataFrame, message: string) =>
    expect(() => bollingerBands(frame)).toThrow(message);
  needs(pl.concat([daily(1), daily(2)]), "needs one row per group and day; found a second");
  needs(series([1, null]), "needs pages in every row; 1 of 2 rows have none");
  needs(series([1, Number.NaN]), "needs pages to be finite numbers; found NaN");
});

it("robust bands have no ceiling: after a quiet month 300 pages score far more than three", () => {
  const quiet = Array<number>(40).fill(0);
  const last = [1, 2, 3, 300].map((pages) =>
    bollingerBands(daily(...quiet, pages), { method: "robust" })
      .getColumn("pct_b")
      .get(40),
  );
  expect(last).toEqual([0.75, 1, 1.25, 75.5]);
});

it("robust bands take days before 1970 for the weekdays they were", () => {
  // From 1 January 2020, a Wednesday.
  const week = daily(...Array.from({ length: 60 }, (_, day) => ((day + 2) % 7 >= 5 ? 0 : 30)));
  const shifted = (days: number) => {
    const date = pl.col("date").cast(pl.Int32).sub(days).cast(pl.Date).alias("date");
    return rowsOf(bollingerBands(week.withColumns(date), { method: "robust" }).select(...BANDS));
  };
  expect(shifted(7 * 4000)).toEqual(shifted(0));
});

const REFERENCE = join(PROJECT_ROOT, "../shared/reference/curriculum-daily.csv");
const hasReference = existsSync(REFERENCE);
it.skipIf(!hasReference)(
  `flags the 12 published days of the whole site${hasReference ? "" : " (skipped: no reference data here)"}`,
  () => {
    const lines = readFileSync(REFERENCE, "utf8").trim().split(/\r?\n/).slice(1);
    const rows = lines.map((line) => line.split(","));
    const site = frameOf(
      rows.map(([day, pages]) => ({ date: dayOf(day), pages: Number(pages) })),
      ...(["date", "pages"] as const),
    );
    const flagged = rowsOf(where(bollingerBands(site, { by: null }), { pct_b: above(1) }));
    expect(flagged).toEqual(
      PUBLISHED_DAYS.map((row) => {
        return row.map((x) => (typeof x === "number" ? expect.closeTo(x, 6) : x));
      }),
    );
  },
);

// Printed in public notebooks on the real log, at span 30 and K 2, in column order
// date, pages, midband, upper band, lower band, %b.
const PUBLISHED_DAYS = [
  ["2018-02-27", 1171, 496.375166, 1077.905985, -85.155652, 1.080042],
  ["2018-03-20", 1486, 665.021495, 1472.918024, -142.875035, 1.008096],
  ["2018-05-30", 1056, 400.137163, 1018.214066, -217.939741, 1.030567],
  ["2018-07-23", 1027, 435.495343, 1010.366096, -139.375411, 1.014468],
  ["2018-08-17", 1760, 751.910516, 1655.512283, -151.691251, 1.057817],
  ["2018-11-08", 1291, 561.449002, 1248.899313, -126.001309, 1.030621],
  ["2019-01-28", 1232, 447.643274, 1168.205223, -272.918675, 1.044267],
  ["2019-07-08", 1225, 479.213223, 1215.420161, -256.993715, 1.006506],
  ["2019-10-07", 1879, 803.738383, 1792.312562, -184.835797, 1.043845],
  ["2020-07-16", 2196, 1010.532255, 2148.043834, -126.979325, 1.021079],
  ["2020-09-08", 2304, 1005.605271, 2213.871699, -202.661156, 1.037297],
  ["2021-03-19", 3104, 1303.128816, 2919.090546, -312.832914, 1.057213],
];
