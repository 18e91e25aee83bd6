import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
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
  let kernel: Kernel;
  afterEach(() => kernel.shutdown());

  /** What a fresh kernel makes of the cells. */
  async function run(...sources: string[]) {
    await kernel?.shutdown();
    kernel = await Kernel.start();
    return printedBy(kernel, ...sources);
  }

  function keptFile(mark: string): string | undefined {
    const cells = join(CACHE_DIR, "cells");
    return readdirSync(cells, { recursive: true, encoding: "utf8" })
      .map((name) => join(cells, name))
      .filter((path) => path.endsWith(".json"))
      .find((path) => readFileSync(path, "utf8").includes(mark));
  }

  it("is not compiled again, says where an error is as it did the first time, and is compiled where it is another", async () => {
    const [mark, failing] = [randomUUID(), randomUUID()];
    const sources = ["const k = 2;", `console.log("${mark}", k)`, "k + 1", "await 1; const m = k;"];
    const throws = `const fail = () => {\n  throw new Error("${failing}");\n};\n\nfail();`;
    const first = await run(...sources, "({ k, m })", throws);
    expect(first.printed).toBe(`${mark} 2\n3\n{ k: 2, m: 2 }\n`);
    expect(first.failure?.format()).toContain("cell 6:2:9");
    expect(keptFile(failing)).toBeDefined();
    // What is printed can only come from the file now.
    const file = keptFile(mark) ?? "";
    writeFileSync(file, readFileSync(file, "utf8").replaceAll(mark, "from the file"));
    const second = await run(...sources, "({ k, m })", throws);
    expect(second.printed).toBe("from the file 2\n3\n{ k: 2, m: 2 }\n");
    expect(second.failure?.format()).toBe(first.failure?.format());
    expect((await run("const k = 3;", ...sources.slice(1))).printed).toBe(`${mark} 3\n4\n`);
  });

  it("is not kept where its types are wrong, or where cells have declared modules", async () => {
    const mark = randomUUID();
    const wrong = `const text: string = 1; console.log("${mark}");`;
    expect((await run(wrong)).failure?.message).toContain("not assignable");
    await new Promise((resolve) => setTimeout(resolve, 250)); // what comes right behind is aborted
    const module = '/** @module mine */\nexport const text: "a" = "a";';
    expect((await printedBy(kernel, module, `console.log("${mark}")`)).printed).toBe(`${mark}\n`);
    expect(keptFile(mark)).toBeUndefined();
  });
});
