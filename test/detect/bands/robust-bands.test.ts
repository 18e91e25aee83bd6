import pl from "nodejs-polars";
import { expect, it } from "vitest";
import { bollingerBands } from "../../../lib/detect/bands/bollinger-bands";
import { daily, rowsOf } from "../../support/access-log";
import { BANDS, type Case, expectBands } from "./expect-bands";
// pandas 1.5.3, scipy 1.10.1:
//   python3 test/detect/bands/pandas-robust.py < test/detect/bands/pandas-robust.json
import recorded from "./pandas-robust.json";

const robust = (pages: number[], options: { span?: number; k?: number } = {}) =>
  bollingerBands(daily(...pages), { ...options, method: "robust" });
const lastOf = (banded: pl.DataFrame) => banded.getColumn("pct_b").get(banded.height - 1);
/** From 1 January 2020, a Wednesday. */
const isWeekend = (day: number) => (day + 2) % 7 >= 5;

it.each(recorded as Case[])("equals medians by pandas and scipy on $name", (expected) => {
  expectBands(robust(expected.pages, expected), expected);
});

it("has no ceiling: after a quiet month 300 pages score far more than three", () => {
  const quiet = Array<number>(40).fill(0);
  expect([1, 2, 3, 300].map((pages) => lastOf(robust([...quiet, pages])))).toEqual([
    0.75, 1, 1.25, 75.5,
  ]);
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
