import pl from "nodejs-polars";
import { expect, it } from "vitest";
import { type ColumnKind, requireColumns, requireValues } from "../../lib/log/require-columns";

const frame = pl.DataFrame([
  pl.Series("whole", [1, 2], pl.Float64),
  pl.Series("half", [1.5, 2], pl.Float64),
  pl.Series("text", ["x", null], pl.String),
  pl.Series("none", [null, null], pl.Float64),
  pl.Series("day", [0, null], pl.Int32).cast(pl.Date),
  pl.Series("time", [0, 1], pl.Int64).cast(pl.Datetime("ms")),
  pl.Series("flag", [true, false], pl.Bool),
  pl.Series("list", [[1], [2]]),
]);

it("requireColumns passes integers in a floating column, and columns of nulls", () => {
  requireColumns("f", frame, { whole: "integer", half: "number", text: "String", none: "Date" });
  requireColumns("f", frame, { day: "Date", time: "Datetime", flag: "Bool" }, { flag: "any" });
});

it.each<[Record<string, ColumnKind>, string]>([
  [{ whole: "any", a: "any", b: "Date" }, "column a, b; the frame has whole, half, text, none"],
  [{ text: "number" }, "column text to hold numbers; it holds String"],
  [{ half: "integer" }, "column half to hold integers (pl.Int64); it holds fractions (Float64)"],
  [{ time: "Date" }, "column time to hold days (pl.Date); it holds Datetime(ms)"],
  [{ flag: "Bool", list: "any" }, "column list to hold single values; it holds List"],
])("requireColumns says of %o what is missing, or held instead", (kinds, message) => {
  expect(() => requireColumns("f", frame, kinds)).toThrow(`f needs ${message}`);
});

it("requireColumns refuses what is not an eager frame", () => {
  const lazy = frame.lazy() as unknown as pl.DataFrame;
  expect(() => requireColumns("f", lazy)).toThrow("f needs an eager pl.DataFrame");
  expect(() => requireColumns("f", [] as unknown as pl.DataFrame)).toThrow("got an array");
});

it("requireValues names the column that lacks values, and how many", () => {
  requireValues("f", frame, ["time"]);
  expect(() => requireValues("f", frame, ["time", "day"])).toThrow(
    "f needs day in every row; 1 of 2 rows have none",
  );
});
