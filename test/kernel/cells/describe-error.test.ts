import { expect, it } from "vitest";
import type { CellCompiler } from "../../../lib/kernel/cells/cell-compiler";
import { describeThrown } from "../../../lib/kernel/cells/describe-error";

const compiler = { sourceOf: () => "fail();" } as unknown as CellCompiler;
const described = (thrown: unknown) => describeThrown(thrown, 1, compiler);

it("tells message and stack, without the fields that an error carries for programs", () => {
  const error = Object.assign(new Error("no such file"), { path: "/logs", problems: [1, 2] });
  const { evalue, traceback } = described(error);
  expect([evalue, traceback[0]]).toEqual(["no such file", "Error: no such file"]);
  expect(traceback.join("\n")).not.toMatch(/\{|problems/);
});

it("tells what caused it, and ends where an error is its own cause", () => {
  const text = described(new Error("outer", { cause: new TypeError("inner") })).traceback;
  expect(text).toContain("caused by TypeError: inner");
  const many = described(new AggregateError([new Error("one"), "two"], "all failed")).traceback;
  expect(many).toEqual(expect.arrayContaining(["caused by Error: one", "caused by two"]));
  const error = new Error("round");
  error.cause = error;
  const told = described(error).traceback.filter((line) => line === "caused by Error: round");
  expect(told).toHaveLength(5);
});

it("takes whatever was thrown", () => {
  expect(described("just text")).toMatchObject({ ename: "Thrown", evalue: "just text" });
  expect(described(undefined).evalue).toBe("undefined");
  expect(described(Object.assign(new Error("x"), { stack: 7 })).traceback[0]).toBe("Error: x");
});
