import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { compiledFile, compileNotebooks } from "../../../lib/kernel/compiled-notebooks";
import { Kernel } from "../../../lib/kernel/kernel";
import { printedBy } from "./printed";

const CELLS = [
  "let k = 2;\nconst twice = () => 2 * k;\nfunction thrice() { return 3 * k; }",
  "[twice(), thrice(), { k }]",
  "k + 1",
  "const k = 5; // declared anew: functions of earlier cells see it",
  "[twice(), thrice(), k]",
  "const { a, b: [c], ...rest } = { a: 1, b: [2], d: 3, e: 4 };",
  "({ a, c, rest })",
  "enum Level { low, high }\nclass Point { constructor(readonly x = 1) {} get y() { return this.x + k; } }",
  "interface Named { name: string }\ntype Id = number;\n[new Point(3).y, Level.high, Level[0]]",
  "const named: Named = { name: 'n' + k }; named satisfies Named;",
  "const later = await Promise.resolve(k);\nfor await (const each of [1, 2]) console.log(each, later);",
  'import { sep as separator } from "node:path";\nimport * as os from "node:os";',
  "[separator.length, typeof os.cpus]",
  'import { display } from "tslab";\ntypeof display.html',
  "const tsLastExpr = 1; tsLastExpr + 1",
  "var hoisted = inner(); function inner() { return later; }\nhoisted",
  "[1, 2].map((k) => k * 10) // a parameter of an earlier name",
  "",
  "// only a comment",
  "label: for (const i of [1, 2]) { if (i > 1) break label; console.log(i); }",
  "console.log(k, ((k) => k)(1)), undefined",
  "function fails() {\n  throw new TypeError('no ' + named.name);\n}\n\nfails();",
];

it("prints what a kernel prints that compiles each cell itself", async () => {
  const mark = `// ${randomUUID()}`;
  // Nothing is kept of this notebook.
  const cells = [mark, ...CELLS];
  const isCompiled = await compileNotebooks([cells], new AbortController().signal);
  expect(isCompiled).toEqual([true]);
  const compiled = compiledFile(cells);
  const own = await Kernel.start({ compiled });
  const found = await printedBy(own, ...cells).finally(() => own.shutdown());
  const kernel = await Kernel.start();
  const expected = await printedBy(kernel, ...cells).finally(() => kernel.shutdown());
  expect(found.printed).toBe(expected.printed);
  expect(found.failure?.format()).toBe(expected.failure?.format());
  expect(found.failure?.format()).toContain("2:9");
});
