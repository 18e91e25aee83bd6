import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Kernel } from "../../../lib/kernel/kernel";
import { executeNotebook } from "../../../lib/notebook/execute";
import { joinText } from "../../../lib/notebook/nbformat";
import { codeCellsOf, notebookOf } from "../../support/notebook";

describe("a cell as the kernel compiles it", () => {
  let kernel: Kernel;
  beforeAll(async () => {
    kernel = await Kernel.start();
  });
  afterAll(() => kernel?.shutdown());

  /** What the cells printed, the failure included. */
  async function printed(...sources: string[]): Promise<string> {
    const run = await executeNotebook(notebookOf(...sources), kernel, { shownAs: "a.ipynb" });
    const texts = codeCellsOf(run.notebook)
      .flatMap((cell) => cell.outputs)
      .flatMap((output) => (output.output_type === "stream" ? [joinText(output.text)] : []));
    return texts.join("") + (run.failure ? run.failure.message : "");
  }

  it("takes { k } to mean { k: k } for a k of an earlier cell", async () => {
    const use = "console.log(JSON.stringify({ k, in: { k }, list: [{ k }] }));";
    expect(await printed("const k = 2;", use)).toBe('{"k":2,"in":{"k":2},"list":[{"k":2}]}\n');
  });

  it("takes { k } to mean the nearest k: a parameter, a variable of the cell, an import", async () => {
    expect(await printed("const k = 2;", "console.log(((k: number) => ({ k }))(3));")).toBe(
      "{ k: 3 }\n",
    );
    expect(await printed("const k = 4;\nconsole.log({ k });")).toBe("{ k: 4 }\n");
    const imported = 'import { sep } from "node:path";\nconsole.log({ sep });';
    expect(await printed(imported)).toBe("{ sep: '/' }\n");
  });

  it("assigns to variables of earlier cells by { k } too", async () => {
    const assign = "({ k } = { k: 7 });\nconsole.log(k);";
    expect(await printed("let k = 5;", assign)).toBe("7\n");
  });

  it("keeps names of its own in destructuring declarations", async () => {
    const cell = "const { k, m = 1 } = { k: 8 } as { k: number; m?: number };\nconsole.log(k + m);";
    expect(await printed("const k = 2;", cell)).toBe("9\n");
  });

  it("still checks types across cells and against the library", async () => {
    const types = 'import { dbscan } from "./lib";\nconst eps: string = "a";';
    expect(await printed(types, "dbscan([[0]], { eps, minSamples: 1 });")).toContain(
      "Type 'string' is not assignable to type 'number'",
    );
  });
});
