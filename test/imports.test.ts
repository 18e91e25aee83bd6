import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { PROJECT_ROOT } from "../lib/keep/paths";

const LIB = join(PROJECT_ROOT, "lib");

/** What each folder may import from, besides itself. The middle knows no edge. */
const ALLOWED: Record<string, string[]> = {
  words: [],
  stats: [],
  log: ["stats", "words"],
  prepare: ["log", "stats", "words"],
  explore: ["log", "stats", "words"],
  detect: ["log", "stats", "words"],
  group: ["log", "stats", "words"],
  plot: ["log", "stats", "words", "explore", "detect", "group"],
  report: ["log", "stats", "words", "prepare", "explore", "detect", "group"],
  tell: ["words"],
  keep: ["log", "tell", "words"],
  twin: ["log", "stats", "words", "prepare", "detect", "keep", "tell"],
  acquire: ["log", "words", "keep", "tell", "twin"],
  kernel: ["words", "keep"],
  notebook: ["log", "words", "prepare", "detect", "plot", "report", "keep", "tell", "kernel"],
  cli: ["words", "acquire", "keep", "kernel", "notebook", "tell", "twin"],
};

/** Packages that a folder of the middle may use: none that reads, writes or asks the time. */
const MIDDLE = ["words", "stats", "log", "prepare", "explore", "detect", "group", "plot", "report"];

/** A longer file has more than one subject. */
const MOST_LINES = 400;

describe("imports", () => {
  const files = readdirSync(LIB, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => name.replaceAll("\\", "/"))
    .sort();
  const imports = files.flatMap(importsOf);
  const expectNone = (isWrong: (one: (typeof imports)[number]) => boolean) => {
    const wrong = imports.filter(isWrong);
    expect(wrong.map(({ where, to }) => `${where} imports ${to}`)).toEqual([]);
  };
  const folderOf = (file: string) => (file.includes("/") ? (file.split("/")[0] as string) : "");

  it("go with the flow of data", () => {
    expectNone(({ from, to }) => {
      const [own, other] = [folderOf(from), folderOf(to)];
      if (!files.includes(to) || own === "" || own === other) return false;
      return !ALLOWED[own]?.includes(other);
    });
  });

  it("of the middle are not of what reads and writes", () => {
    const isEdge = (name: string) => /^(?:node:|dotenv|mysql2|zeromq|tslab)/.test(name);
    expectNone(({ from, to }) => MIDDLE.includes(folderOf(from)) && isEdge(to));
  });

  it("are of files that can be read in one sitting", () => {
    const lines = (file: string) => readFileSync(join(LIB, file), "utf8").split("\n").length;
    expect(files.filter((file) => lines(file) > MOST_LINES)).toEqual([]);
  });

  it("close no circle", () => {
    // Files that import none of those left are taken away, until none can be.
    let left = new Set(files);
    for (let before = 0; before !== left.size; ) {
      before = left.size;
      left = new Set(
        imports.flatMap(({ from, to }) => (left.has(to) && left.has(from) ? from : [])),
      );
    }
    expect([...left]).toEqual([]);
  });
});

/** What a file imports: from `where`, and `to` a file below `lib/` or a package. */
function importsOf(from: string) {
  const text = readFileSync(join(LIB, from), "utf8");
  const found = text.matchAll(/\b(?:from|import|require)\s*\(?\s*"([^"\n]+)"/g);
  return Array.from(found, ({ 1: target = "", index }) => {
    const line = text.slice(0, index).split("\n").length;
    return { where: `lib/${from}:${line}`, from, to: fileOf(from, target) };
  });
}

function fileOf(from: string, target: string): string {
  if (!target.startsWith(".")) return target;
  const path = join(LIB, dirname(from), target);
  const found = [path, `${path}.ts`, join(path, "index.ts")].find((one) =>
    statSync(one, { throwIfNoEntry: false })?.isFile(),
  );
  return relative(LIB, found ?? path).replaceAll("\\", "/");
}
