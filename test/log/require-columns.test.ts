import pl from "nodejs-polars";
import { describe, expect, it } from "vitest";
import { requireColumns, requireValues } from "../../lib/log/require-columns";

const frame = pl.DataFrame({
  whole: [1, 2],
  half: [1.5, 2],
  text: ["x", null],
  none: [null, null],
});

describe("requireColumns", () => {
  it("passes integers in a floating column, and columns of nulls", () => {
    expect(() =>
      requireColumns("f", frame, {
        whole: "integer",
        half: "number",
        text: "String",
        none: "Date",
      }),
    ).not.toThrow();
  });

  it("names every missing column, and those that are there", () => {
    expect(() => requireColumns("f", frame, { whole: "any", a: "any", b: "Date" })).toThrow(
      "f needs column a, b; the frame has whole, half, text, none",
    );
  });

  it("tells what a column should hold and what it holds", () => {
    expect(() => requireColumns("f", frame, { text: "number" })).toThrow(
      "f needs column text to hold numbers; it holds String",
    );
    expect(() => requireColumns("f", frame, { half: "integer" })).toThrow(
      "f needs column half to hold integers (pl.Int64); it holds fractions (Float64)",
    );
  });

  it("refuses what is not an eager frame", () => {
    const lazy = frame.lazy() as unknown as pl.DataFrame;
    expect(() => requireColumns("f", lazy)).toThrow("f needs an eager pl.DataFrame");
    expect(() => requireColumns("f", [] as unknown as pl.DataFrame)).toThrow("got an array");
  });
});

describe("requireColumns and requireValues, of types that look alike", () => {
  const times = pl.DataFrame([
    pl.Series("day", [0, null], pl.Int32).cast(pl.Date),
    pl.Series("time", [0, 1], pl.Int64).cast(pl.Datetime("ms")),
    pl.Series("flag", [true, false], pl.Bool),
    pl.Series("list", [[1], [2]]),
  ]);

  it("does not take a Datetime for a Date", () => {
    expect(() => requireColumns("f", times, { day: "Date", time: "Datetime" })).not.toThrow();
    expect(() => requireColumns("f", times, { time: "Date" })).toThrow(
      "f needs column time to hold days (pl.Date); it holds Datetime(ms)",
    );
  });

  it("takes lists for nothing that can be grouped", () => {
    expect(() => requireColumns("f", times, { flag: "any" })).not.toThrow();
    expect(() => requireColumns("f", times, { flag: "Bool", list: "any" })).toThrow(
      "f needs column list to hold single values; it holds List",
    );
  });

  it("names the column that lacks values, and how many", () => {
    expect(() => requireValues("f", times, ["time"])).not.toThrow();
    expect(() => requireValues("f", times, ["time", "day"])).toThrow(
      "f needs day in every row; 1 of 2 rows have none",
    );
  });
});
