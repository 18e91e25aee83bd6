import { randomUUID } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CACHE_DIR } from "../../../lib/keep/paths";
import { type KeptCell, KeptCells } from "../../../lib/kernel/cells/kept-cells";
import { Kernel } from "../../../lib/kernel/kernel";
import { executeNotebook } from "../../../lib/notebook/execute";
import { joinText } from "../../../lib/notebook/nbformat";
import { codeCellsOf, notebookOf } from "../../support/notebook";

const cell = (output: string): KeptCell => ({
  output,
  declOutput: "declare const k: number;",
  hasToplevelAwait: false,
  toModule: "{}",
  toSource: "{}",
});

describe("KeptCells", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "kept-cells-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("gives back a cell after the same cells, of the same version, and no other", () => {
    new KeptCells(folder, "one").keep("before", "k;", cell("k"));
    expect(new KeptCells(folder, "one").read("before", "k;")).toEqual(cell("k"));
    expect(new KeptCells(folder, "one").read("other", "k;")).toBeUndefined();
    expect(new KeptCells(folder, "one").read("before", "k")).toBeUndefined();
    expect(new KeptCells(folder, "one").read("beforek", ";")).toBeUndefined();
    expect(new KeptCells(folder, "two").read("before", "k;")).toBeUndefined();
  });

  it("forgets the cells of other versions when it keeps the first of its own", () => {
    new KeptCells(folder, "one").keep("", "k;", cell("k"));
    const two = new KeptCells(folder, "two");
    expect(two.read("", "k;")).toBeUndefined();
    expect(readdirSync(folder)).toEqual(["one"]);
    two.keep("", "k;", cell("k"));
    expect(readdirSync(folder)).toEqual(["two"]);
  });

  it("keeps no cell that imports a file other than the library, now or before", () => {
    const kept = new KeptCells(folder, "one");
    const own = 'import { mine } from "./mine";';
    kept.keep("", own, cell("k"));
    kept.keep(own, "k;", cell("k"));
    kept.keep("", 'import { a } from "../elsewhere/lib";', cell("k"));
    kept.keep("", 'import { show } from "./lib";', cell("k"));
    kept.keep("", 'import { show } from "./lib/index";', cell("k"));
    kept.keep("", 'import { sep } from "node:path";', cell("k"));
    expect(kept.read("", own)).toBeUndefined();
    expect(kept.read(own, "k;")).toBeUndefined();
    expect(kept.read("", 'import { a } from "../elsewhere/lib";')).toBeUndefined();
    expect(kept.read("", 'import { show } from "./lib";')).toBeDefined();
    expect(kept.read("", 'import { show } from "./lib/index";')).toBeDefined();
    expect(kept.read("", 'import { sep } from "node:path";')).toBeDefined();
  });

  it("has nothing where its file is broken, and replaces it", () => {
    const kept = new KeptCells(folder, "one");
    kept.keep("", "k;", cell("k"));
    const [name = ""] = readdirSync(join(folder, "one"));
    for (const broken of ["", '{"output":"k"', "null", '{"output":"k"}']) {
      writeFileSync(join(folder, "one", name), broken);
      expect(kept.read("", "k;")).toBeUndefined();
    }
    kept.keep("", "k;", cell("k"));
    expect(kept.read("", "k;")).toEqual(cell("k"));
  });

  it("does without where it cannot write", () => {
    writeFileSync(join(folder, "file"), "");
    const kept = new KeptCells(join(folder, "file"), "one");
    kept.keep("", "k;", cell("k"));
    expect(kept.read("", "k;")).toBeUndefined();
  });
});

describe("a cell that ran before", () => {
  /** What a fresh kernel makes of the cells. */
  async function run(...sources: string[]) {
    const kernel = await Kernel.start();
    try {
      const done = await executeNotebook(notebookOf(...sources), kernel, { shownAs: "a.ipynb" });
      const texts = codeCellsOf(done.notebook)
        .flatMap((each) => each.outputs)
        .flatMap((output) => (output.output_type === "stream" ? [joinText(output.text)] : []));
      return { printed: texts.join(""), failure: done.failure };
    } finally {
      await kernel.shutdown();
    }
  }

  function keptFile(mark: string): string | undefined {
    const cells = join(CACHE_DIR, "cells");
    const files = readdirSync(cells, { recursive: true, encoding: "utf8" })
      .map((name) => join(cells, name))
      .filter((path) => path.endsWith(".json"));
    return files.find((path) => readFileSync(path, "utf8").includes(mark));
  }

  it("is not compiled again, and is compiled where it is another", async () => {
    const mark = randomUUID();
    const sources = ["const k = 2;", `console.log("${mark}", k)`, "k + 1", "await 1; const m = k;"];
    const first = await run(...sources, "({ k, m })");
    expect(first).toEqual({ printed: `${mark} 2\n3\n{ k: 2, m: 2 }\n`, failure: undefined });
    expect(await run(...sources, "({ k, m })")).toEqual(first);

    // What is printed can only come from the file now.
    const file = keptFile(mark) ?? "";
    writeFileSync(file, readFileSync(file, "utf8").replaceAll(mark, "from the file"));
    expect((await run(...sources)).printed).toBe("from the file 2\n3\n");
    expect((await run("const k = 3;", ...sources.slice(1))).printed).toBe(`${mark} 3\n4\n`);
  });

  it("says where an error is as it did the first time", async () => {
    const mark = randomUUID();
    const throws = `const fail = () => {\n  throw new Error("${mark}");\n};\n\nfail();`;
    const first = await run("const k = 2;", throws);
    expect(first.failure?.format()).toContain("cell 2:2:9");
    expect(keptFile(mark)).toBeDefined();
    const again = await run("const k = 2;", throws);
    expect(again.failure?.format()).toBe(first.failure?.format());
  });

  it("is not kept where its types are wrong", async () => {
    const mark = randomUUID();
    const wrong = `const text: string = 1; console.log("${mark}");`;
    expect((await run(wrong)).failure?.message).toContain("not assignable");
    expect(keptFile(mark)).toBeUndefined();
    expect((await run(wrong)).failure?.message).toContain("not assignable");
  });

  it("is compiled where cells have declared modules", async () => {
    const mark = randomUUID();
    const module = (text: string) => `/** @module mine${text} */\nexport const text: "a" = "a";`;
    await run(module(""), `console.log("${mark}")`);
    expect(keptFile(mark)).toBeUndefined();
  });
});
