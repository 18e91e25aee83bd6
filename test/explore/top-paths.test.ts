import { expect, it } from "vitest";
import { topPaths } from "../../lib/explore/top-paths";
import { accessLog, rowsOf } from "../support/access-log";

const read = (program: string | null, cohort: string | null, ...paths: (string | null)[]) =>
  paths.map((path) => ({ at: "2020-01-01 10:00:00", program, cohort, path }));
const log = accessLog([
  ...read("java", "x", "toc", "toc", "/", null, null, null),
  ...read("java", "y", "/", "spring"),
  ...read("ds", "z", "b", "a", "b", "a", "c"),
  ...read(null, null, "secret", "secret", "secret"),
]);

it("topPaths finds each group's most requested path, of equals the first by name", () => {
  expect(rowsOf(topPaths(log, { by: "program" }))).toEqual([
    ["ds", "a", 2],
    ["java", "/", 2],
  ]);
});

it("topPaths keeps n per group, fewer where there are fewer", () => {
  expect(rowsOf(topPaths(log, { by: "cohort", n: 2 }))).toEqual([
    ["x", "toc", 2],
    ["x", "/", 1],
    ["y", "/", 1],
    ["y", "spring", 1],
    ["z", "a", 2],
    ["z", "b", 2],
  ]);
});

it("topPaths groups by several columns, or takes the log as one group", () => {
  expect(rowsOf(topPaths(log, { by: ["program", "cohort"] }))).toEqual([
    ["ds", "z", "a", 2],
    ["java", "x", "toc", 2],
    ["java", "y", "/", 1],
  ]);
  expect(rowsOf(topPaths(log, { by: null }))).toEqual([["secret", 3]]);
});
