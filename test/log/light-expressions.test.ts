import { inspect } from "node:util";
import pl from "nodejs-polars";
import { expect, it } from "vitest";
import { ownExpression } from "../../lib/log/light-expressions";

const frame = pl.DataFrame({ a: [1, 2, 3], b: [3, 2, 1], c: ["x", "y", "x"] });

it("expressions have every function of the package's own", () => {
  const own = ownExpression(pl.col("a").inner());
  for (const name of Reflect.ownKeys(own)) expect(name in pl.col("a")).toBe(true);
  expect(Reflect.ownKeys(own).length).toBeGreaterThan(100);
  expect(pl.Expr.isExpr(pl.col("a"))).toBe(true);
});

it("expressions mean what they say, also within each other", () => {
  const inner = pl.col("b").sub(pl.lit(1));
  const sum = pl.col("a").add(inner.mul(pl.col("a").max()));
  expect(sum.toString()).toBe(String(ownExpression(sum.inner())));
  expect(sum.toString()).toMatch(/^.*"a".*"b".*"a".*max/);
  expect(inspect(sum)).toBe(sum.toString());
  const isX = pl.col("c").eq(pl.lit("x"));
  const rows = frame
    .select(
      sum.alias("sum"),
      pl.when(isX).then(pl.col("a")).otherwise(inner).alias("when"),
      pl.col("a").sum().over("c").alias("over"),
      pl.col("c").str.toUpperCase().alias("upper"),
    )
    .rows();
  // By hand: 1 + 2 * 3, 2 + 1 * 3, 3 + 0 * 3.
  expect(rows).toEqual([
    [7, 1, 4, "X"],
    [5, 1, 2, "Y"],
    [3, 3, 4, "X"],
  ]);
});

it("expressions are as they were after one that fails", () => {
  expect(() => pl.col("a").clip(1 as never, Symbol("no") as never)).toThrow();
  expect(frame.select(pl.col("a").add(1)).rows()).toEqual([[2], [3], [4]]);
});
