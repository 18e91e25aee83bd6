import { afterAll, beforeAll, expect, it } from "vitest";
import { Kernel } from "../../../lib/kernel/kernel";
import { printedBy } from "./printed";

let kernel: Kernel;
beforeAll(async () => {
  kernel = await Kernel.start();
});
afterAll(() => kernel?.shutdown());

const use = "console.log(JSON.stringify({ k, in: { k }, list: [{ k }] }));";
const destructured =
  "const { k, m = 1 } = { k: 8 } as { k: number; m?: number };\nconsole.log(k + m);";

it.each([
  [
    "{ k } means { k: k } for a k of an earlier cell",
    ["const k = 2;", use],
    '{"k":2,"in":{"k":2},"list":[{"k":2}]}',
  ],
  ["... a parameter", ["const k = 2;", "console.log(((k: number) => ({ k }))(3));"], "{ k: 3 }"],
  ["... a variable of the cell", ["const k = 4;\nconsole.log({ k });"], "{ k: 4 }"],
  ["... an import", ['import { sep } from "node:path";\nconsole.log({ sep });'], "{ sep: '/' }"],
  ["... also where it is assigned to", ["let k = 5;", "({ k } = { k: 7 });\nconsole.log(k);"], "7"],
  ["... and is a name of its own in a declaration", ["const k = 2;", destructured], "9"],
])("%s", async (_, cells, printed) => {
  expect(await printedBy(kernel, ...cells)).toEqual({
    printed: `${printed}\n`,
    failure: undefined,
  });
});

it("still checks types across cells and against the library", async () => {
  const types = 'import { dbscan } from "./lib";\nconst eps: string = "a";';
  const { failure } = await printedBy(kernel, types, "dbscan([[0]], { eps, minSamples: 1 });");
  expect(failure?.message).toContain("Type 'string' is not assignable to type 'number'");
});
