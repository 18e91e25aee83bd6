import pl from "nodejs-polars";
import { expect, it } from "vitest";
import { valueAt } from "../../lib/log/value-at";

it("gives integers of more than 32 bits as they are", () => {
  const ids = pl.Series("", [2 ** 53 - 1, 2 ** 31, -1], pl.Int64);
  expect([0, 1, 2].map((place) => valueAt(ids, place))).toEqual([2 ** 53 - 1, 2 ** 31, -1]);
  expect(valueAt(pl.Series("", ["a", null], pl.String), 1)).toBe(null);
});
