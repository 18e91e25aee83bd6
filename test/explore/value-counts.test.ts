import pl from "nodejs-polars";
import { expect, it } from "vitest";
import { valueCounts } from "../../lib/explore/value-counts";
import { rowsOf, typesOf } from "../support/access-log";

const frame = pl.DataFrame({ cohort: ["b", "a", null, "c", "c", null, "a", null] });

it("counts the most frequent value first, equal counts by value", () => {
  expect(rowsOf(valueCounts(frame, "cohort"))).toEqual([
    ["a", 2],
    ["c", 2],
    ["b", 1],
  ]);
  expect(typesOf(valueCounts(frame, "cohort"))[1]).toBe("rows DataType(Int64)");
});

it("gives the same order every time", () => {
  const letters = [..."qwertzuiopasdfghjkl"];
  const counts = valueCounts(pl.DataFrame({ letter: letters }), "letter");
  expect(counts.getColumn("letter").toArray()).toEqual([...letters].sort());
});

it("counts rows without a value when asked", () => {
  expect(rowsOf(valueCounts(frame, "cohort", { nulls: true }))[0]).toEqual([null, 3]);
});

it("counts the columns of its own names too", () => {
  expect(rowsOf(valueCounts(pl.DataFrame({ len: ["x", "x"] }), "len"))).toEqual([["x", 2]]);
});

it("needs the column", () => {
  expect(() => valueCounts(frame, "program")).toThrow("valueCounts needs column program");
  expect(() => valueCounts(pl.DataFrame({ rows: [1] }), "rows")).toThrow("groups other than rows");
});
