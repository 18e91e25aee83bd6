import pl from "nodejs-polars";
import { describe, expect, it } from "vitest";
import { codedColumn } from "../../lib/log/coded-column";

const both = (column: pl.Series) => {
  const { codes, values } = codedColumn(column);
  return [[...codes], values.toArray()];
};

describe("codedColumn", () => {
  it("numbers values in their order, -1 for null, whatever the type", () => {
    expect(both(pl.Series("a", ["b", null, "a", "b"], pl.String))).toEqual([
      [1, -1, 0, 1],
      ["a", "b"],
    ]);
    expect(both(pl.Series("a", [7, null, -2, 7], pl.Int64))).toEqual([
      [1, -1, 0, 1],
      [-2, 7],
    ]);
    expect(both(pl.Series("a", [1.5, null, -2, 1.5], pl.Float64))).toEqual([
      [1, -1, 0, 1],
      [-2, 1.5],
    ]);
    expect(both(pl.Series("a", [true, false, null]))).toEqual([
      [1, 0, -1],
      [false, true],
    ]);
  });

  it("holds numbers of more than 32 bits, and the least one of 32 bits, apart from null", () => {
    expect(both(pl.Series("a", [5e9, null, 1], pl.Int64))).toEqual([
      [1, -1, 0],
      [1, 5e9],
    ]);
    expect(both(pl.Series("a", [-2147483648, null, 1], pl.Int64))).toEqual([
      [0, -1, 1],
      [-2147483648, 1],
    ]);
  });

  it("has nothing for nothing", () => {
    expect(both(pl.Series("a", [], pl.Int64))).toEqual([[], []]);
    expect(both(pl.Series("a", [null, null], pl.Int64))).toEqual([[-1, -1], []]);
  });
});
