import pl, { type DataType } from "nodejs-polars";
import { expect, it } from "vitest";
import { codedColumn } from "../../lib/log/coded-column";

// Expected: the different values sorted, and each one's place among them.
it.each<[string, (string | number | boolean | null)[], DataType]>([
  ["texts", ["b", null, "a", "b"], pl.String],
  ["integers", [7, null, -2, 7], pl.Int64],
  ["numbers", [1.5, null, -2, 1.5], pl.Float64],
  ["booleans", [true, false, null], pl.Bool],
  ["numbers of more than 32 bits", [5e9, null, 1], pl.Int64],
  ["the least number of 32 bits, which is not null", [-2147483648, null, 1], pl.Int64],
  ["nothing", [], pl.Int64],
  ["nulls", [null, null], pl.Int64],
])("codedColumn numbers %s in their order, -1 for null", (_, values, type) => {
  const { codes, values: found } = codedColumn(pl.Series("a", values, type));
  const known = [...new Set(values)].filter((value) => value !== null);
  const sorted: unknown[] = known.sort((a, b) => (a < b ? -1 : 1));
  expect([...codes]).toEqual(values.map((value) => sorted.indexOf(value)));
  expect(found.toArray()).toEqual(sorted);
});
