import pl from "nodejs-polars";
import { expect, it } from "vitest";
import { count } from "../../lib/log/count";
import { rowsOf } from "../support/access-log";

const frame = pl.DataFrame({ a: ["y", "x", null, "y", "x"], b: ["p", "p", "p", "p", "q"] });

it("counts rows by one column or several, most first, equal counts in order, null as a group", () => {
  expect(rowsOf(count(frame, "a"))).toEqual(
    [
      ["x", 2],
      ["y", 2],
      [null, 1],
    ].sort((one, other) => Number(one[0] === null) - Number(other[0] === null)),
  );
  expect(rowsOf(count(frame, ["b", "a"]))).toEqual([
    ["p", "y", 2],
    ["p", null, 1],
    ["p", "x", 1],
    ["q", "x", 1],
  ]);
});

it("says which column is missing, and refuses one that is called rows", () => {
  expect(() => count(frame, "c")).toThrow("count needs column c; the frame has a, b");
  expect(() => count(pl.DataFrame({ rows: [1] }), "rows")).toThrow("rows");
});
