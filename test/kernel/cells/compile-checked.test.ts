import { expect, it } from "vitest";
import { compileChecked } from "../../../lib/kernel/cells/compile-checked";

/** Cells of a notebook, and whether a kernel would run all of them. */
const NOTEBOOKS: [string, string[], boolean][] = [
  ["nothing", [], true],
  ["names of earlier cells", ["const a = 1;", "const b: number = a;", "b + a"], true],
  ["an earlier name of another type", ["const a = 1;", "const b: string = a;"], false],
  ["a name of no cell", ["missing"], false],
  ["a name of a later cell", ["later", "const later = 1;"], false],
  [
    "a name declared anew",
    ["const a = 1;", 'const a = "x"; const b: string = a;', "a.trim()"],
    true,
  ],
  [
    "types and functions",
    ["interface A { k: number }\nfunction f(a: A) { return a.k; }", "f({ k: 2 }).toFixed()"],
    true,
  ],
  ["a wrong argument", ["interface A { k: number }\nfunction f(a: A) {}", "f({ k: '2' });"], false],
  ["a cell that awaits", ["const a = await Promise.resolve(1);", "a.toFixed()"], true],
  ["an await in a function", ["function f() { await 1; }"], false],
  [
    "the library",
    ['import { sampleLogs } from "./lib";', "sampleLogs({ rows: 10 }).logs.height"],
    true,
  ],
  [
    "the library, with a wrong option",
    ['import { sampleLogs } from "./lib";', 'sampleLogs({ rows: "10" })'],
    false,
  ],
  ["no strict checks, as in tslab", ["let x: number = null;", "function f(y) { return y; }"], true],
  ["syntax that is wrong", ["const = 1;"], false],
  ["a new value for an earlier name: for the kernel to tell", ["let a = 1;", "a = 2;"], false],
  [
    "a module in a cell: for the kernel to tell",
    ["/** @module mine */ export const a = 1;"],
    false,
  ],
];

it("compiles the notebooks whose cells all have right types, each by itself", async () => {
  const found = await compileChecked(NOTEBOOKS.map(([, cells]) => cells));
  const named = NOTEBOOKS.map(([name], at) => [name, found[at] !== null]);
  expect(named).toEqual(NOTEBOOKS.map(([name, , isRight]) => [name, isRight]));
});
