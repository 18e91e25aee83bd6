import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { CACHE_DIR } from "../../../lib/keep/paths";
import { KeptCells } from "../../../lib/kernel/cells/kept-cells";
import { Kernel } from "../../../lib/kernel/kernel";
import { newFolder } from "../../support/new-folder";
import { printedBy } from "./printed";

const maps = { toModule: "{}", toSource: "{}" };
const declared = { declOutput: "declare const k: number;", hasToplevelAwait: false };
const cell = { output: "k", ...declared, ...maps };

describe("KeptCells", () => {
  let folder = "";
  beforeEach(() => {
    folder = newFolder();
  });

  it("gives back a cell after the same cells, of the same version, and no other", () => {
    const read = (version: string, previous: string, source: string) =>
      new KeptCells(folder, version).read(previous, source);
    new KeptCells(folder, "one").keep("before", "k;", cell);
    expect(read("one", "before", "k;")).toEqual(cell);
    expect(read("one", "other", "k;")).toBeUndefined();
    expect(read("one", "before", "k")).toBeUndefined();
    expect(read("one", "beforek", ";")).toBeUndefined();
    expect(read("two", "before", "k;")).toBeUndefined();
  });

  it("forgets the cells of other versions when it keeps the first of its own", () => {
    new KeptCells(folder, "one").keep("", "k;", cell);
    const two = new KeptCells(folder, "two");
    expect(two.read("", "k;")).toBeUndefined();
    expect(readdirSync(folder)).toEqual(["one"]);
    two.keep("", "k;", cell);
    expect(readdirSync(folder)).toEqual(["two"]);
  });

  const own = 'import { mine } from "./mine";';
  it.each([
    ["", own, false],
    [own, "k;", false],
    ["", 'import { a } from "../elsewhere/lib";', false],
    ["", 'import { show } from "./lib";', true],
    ["", 'import { show } from "./lib/index";', true],
    ["", 'import { sep } from "node:path";', true],
  ])(
    "keeps a cell that imports no file but the library, now or before: %s %s",
    (previous, source, isKept) => {
      const kept = new KeptCells(folder, "one");
      kept.keep(previous, source, cell);
      expect(kept.read(previous, source) !== undefined).toBe(isKept);
    },
  );

  it("has nothing where its file is broken, and replaces it", () => {
    const kept = new KeptCells(folder, "one");
    kept.keep("", "k;", cell);
    const [name = ""] = readdirSync(join(folder, "one"));
    for (const broken of ["", '{"output":"k"', "null", '{"output":"k"}']) {
      writeFileSync(join(folder, "one", name), broken);
      expect(kept.read("", "k;")).toBeUndefined();
    }
    kept.keep("", "k;", cell);
    expect(kept.read("", "k;")).toEqual(cell);
  });

  it("does without where it cannot write", () => {
    writeFileSync(join(folder, "file"), "");
    const kept = new KeptCells(join(folder, "file"), "one");
    kept.keep("", "k;", cell);
    expect(kept.read("", "k;")).toBeUndefined();
  });
});

describe("a cell that ran before", () => {
  /** What a fresh kernel makes of the cells. */
  async function run(...sources: string[]) {
    const kernel = await Kernel.start();
    return printedBy(kernel, ...sources).finally(() => kernel.shutdown());
  }

  function keptFile(mark: string): string | undefined {
    const cells = join(CACHE_DIR, "cells");
    return readdirSync(cells, { recursive: true, encoding: "utf8" })
      .map((name) => join(cells, name))
      .filter((path) => path.endsWith(".json"))
      .find((path) => readFileSync(path, "utf8").includes(mark));
  }

  it("is not compiled again, and is compiled where it is another", async () => {
    const mark = randomUUID();
    const sources = ["const k = 2;", `console.log("${mark}", k)`, "k + 1", "await 1; const m = k;"];
    const first = await run(...sources, "({ k, m })");
    expect(first).toEqual({ printed: `${mark} 2\n3\n{ k: 2, m: 2 }\n`, failure: undefined });
    // What is printed can only come from the file now.
    const file = keptFile(mark) ?? "";
    writeFileSync(file, readFileSync(file, "utf8").replaceAll(mark, "from the file"));
    const again = "from the file 2\n3\n{ k: 2, m: 2 }\n";
    expect((await run(...sources, "({ k, m })")).printed).toBe(again);
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

  it("is not kept where its types are wrong, or where cells have declared modules", async () => {
    const mark = randomUUID();
    const wrong = `const text: string = 1; console.log("${mark}");`;
    for (let time = 0; time < 2; time++)
      expect((await run(wrong)).failure?.message).toContain("not assignable");
    const module = '/** @module mine */\nexport const text: "a" = "a";';
    expect((await run(module, `console.log("${mark}")`)).printed).toBe(`${mark}\n`);
    expect(keptFile(mark)).toBeUndefined();
  });
});
