import { describe, expect, it } from "vitest";
import type { CellCompiler } from "../../../lib/kernel/cells/cell-compiler";
import { describeThrown } from "../../../lib/kernel/cells/describe-error";

const compiler = { sourceOf: () => "fail();" } as unknown as CellCompiler;
const described = (thrown: unknown) => describeThrown(thrown, 1, compiler);

describe("describeThrown", () => {
  it("tells message and stack, without the fields that an error carries for programs", () => {
    const error = Object.assign(new Error("no such file"), { path: "/logs", problems: [1, 2] });
    const { evalue, traceback } = described(error);
    expect(evalue).toBe("no such file");
    expect(traceback[0]).toBe("Error: no such file");
    expect(traceback.join("\n")).not.toContain("{");
    expect(traceback.join("\n")).not.toContain("problems");
  });

  it("tells what caused it", () => {
    const text = described(new Error("outer", { cause: new TypeError("inner") })).traceback;
    expect(text).toContain("caused by TypeError: inner");
    const many = described(new AggregateError([new Error("one"), "two"], "all failed")).traceback;
    expect(many).toContain("caused by Error: one");
    expect(many).toContain("caused by two");
  });

  it("ends where an error is its own cause", () => {
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
});
