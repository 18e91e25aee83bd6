import pl from "nodejs-polars";
import { describe, expect, it } from "vitest";
import { remembered } from "../../lib/log/remembered";

describe("remembered", () => {
  const frameOf = (values: (string | null)[]) =>
    pl.DataFrame([pl.Series("a", values, pl.String), pl.Series("b", values, pl.String)]);

  it("makes something once for a frame, and once for each name and other frame", () => {
    const frame = frameOf(["x", null]);
    let made = 0;
    const ask = (of: pl.DataFrame, names: string[], what: string) =>
      remembered(of, names, what, () => ++made);
    expect(ask(frame, ["a"], "this")).toBe(1);
    expect(ask(frame, ["a"], "this")).toBe(1);
    expect(ask(frame, ["a"], "that")).toBe(2);
    expect(ask(frame, ["a", "b"], "this")).toBe(3);
    expect(ask(frameOf(["x", null]), ["a"], "this")).toBe(4);
  });

  it("makes it anew after a column was replaced in place, by a null or another type too", () => {
    const frame = frameOf(["x", "y"]);
    const ask = () => remembered(frame, ["a"], "values", () => frame.getColumn("a").toArray());
    expect(ask()).toEqual(["x", "y"]);
    frame.replaceAtIdx(0, pl.Series("a", ["x", null], pl.String));
    expect(ask()).toEqual(["x", null]);
    frame.replaceAtIdx(0, pl.Series("a", [1, 2], pl.Int64));
    expect(ask()).toEqual([1, 2]);
  });
});
