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

  const other = () => pl.Series("a", ["x", null], pl.String);
  const changes: [string, (frame: pl.DataFrame) => unknown][] = [
    ["replaceAtIdx", (frame) => frame.replaceAtIdx(0, other())],
    ["another type", (frame) => frame.replaceAtIdx(0, pl.Series("a", [1, 2], pl.Int64))],
    ["an assignment", (frame) => Object.assign(frame, { a: other() })],
    ["insertAtIdx", (frame) => frame.insertAtIdx(0, other().alias(`${frame.width}`))],
    ["new names", (frame) => Object.assign(frame, { columns: ["b", "a"] })],
    ["sort in place", (frame) => frame.sort({ by: "a", descending: true, inPlace: true } as never)],
    ["extend", (frame) => frame.extend(frameOf(["z"]))],
  ];

  it.each(changes)("makes it anew after the frame was changed in place: %s", (_, change) => {
    const frame = frameOf(["x", "y"]);
    const read = () => frame.toRecords();
    const ask = () => remembered(frame, ["a"], "values", read);
    expect(ask()).toEqual(read());
    for (let time = 0; time < 2; time++) {
      change(frame);
      expect(ask()).toEqual(read());
    }
  });
});
