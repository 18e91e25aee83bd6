import { expect, it } from "vitest";
import { TextColumn } from "../../lib/acquire/growing-columns";
import { HeapUse } from "../../lib/acquire/memory";

it("numbers texts in order of appearance, and refuses more of them than a column can have", () => {
  const column = new TextColumn(new HeapUse(), 2);
  expect(["a", "b", "a"].map((text) => column.numberOf(text))).toEqual([0, 1, 0]);
  expect(() => column.numberOf("c")).toThrow(
    "a log can have up to 2 different paths, addresses or types; this one has more",
  );
  expect(column.numberOf("b")).toBe(1);
});
