import { describe, expect, it } from "vitest";
import { topPaths } from "../../lib/explore/top-paths";
import { accessLog, rowsOf, typesOf } from "../support/access-log";

const read = (program: string | null, cohort: string | null, ...paths: (string | null)[]) =>
  paths.map((path) => ({ at: "2020-01-01 10:00:00", program, cohort, path }));
const log = accessLog([
  ...read("java", "x", "toc", "toc", "/", null, null, null),
  ...read("java", "y", "/", "spring"),
  ...read("ds", "z", "b", "a", "b", "a", "c"),
  ...read(null, null, "secret", "secret", "secret"),
]);

describe("topPaths", () => {
  it("finds each group's most requested path, of equals the first by name", () => {
    expect(rowsOf(topPaths(log, { by: "program" }))).toEqual([
      ["ds", "a", 2],
      ["java", "/", 2],
    ]);
    expect(typesOf(topPaths(log, { by: "program" }))[2]).toBe("pages DataType(Int64)");
  });

  it("keeps n per group, fewer where there are fewer", () => {
    expect(rowsOf(topPaths(log, { by: "cohort", n: 2 }))).toEqual([
      ["x", "toc", 2],
      ["x", "/", 1],
      ["y", "/", 1],
      ["y", "spring", 1],
      ["z", "a", 2],
      ["z", "b", 2],
    ]);
  });

  it("groups by several columns, or takes the log as one group", () => {
    expect(rowsOf(topPaths(log, { by: ["program", "cohort"] }))).toEqual([
      ["ds", "z", "a", 2],
      ["java", "x", "toc", 2],
      ["java", "y", "/", 1],
    ]);
    expect(rowsOf(topPaths(log, { by: null }))).toEqual([["secret", 3]]);
  });

  it("does not depend on the order of rows", () => {
    const expected = rowsOf(topPaths(log, { by: "cohort", n: 3 }));
    expect(rowsOf(topPaths(log.sort("path", true), { by: "cohort", n: 3 }))).toEqual(expected);
  });

  it("finds nothing in an empty log", () => {
    expect(topPaths(log.head(0), { by: "program" }).height).toBe(0);
  });

  it("says what it needs", () => {
    expect(() => topPaths(log, { by: "program", n: 0 })).toThrow(RangeError);
    expect(() => topPaths(log, { by: "program", n: 1.5 })).toThrow("integer from 1, got 1.5");
    expect(() => topPaths(log, { by: "path" })).toThrow("groups other than path");
    expect(() => topPaths(log, { by: "team" })).toThrow("topPaths needs column team");
  });
});
