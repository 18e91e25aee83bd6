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

interface Import {
  /** `lib/…/file.ts:7` */
  where: string;
  from: string;
  /** The file below `lib/` that is meant; a package's name otherwise. */
  to: string;
}

describe("imports", () => {
  const files = filesOf(LIB);
  const imports = files.flatMap(importsOf);
  const folderOf = (file: string) => (file.includes("/") ? (file.split("/")[0] as string) : "");

  it("go with the flow of data", () => {
    const wrong = imports.filter(({ from, to }) => {
      const [own, other] = [folderOf(from), folderOf(to)];
      if (!files.includes(to) || own === "" || own === other) return false;
      return !ALLOWED[own]?.includes(other);
    });
    expect(wrong.map(({ where, to }) => `${where} imports ${to}`)).toEqual([]);
  });

  it("of the middle are not of what reads and writes", () => {
    const wrong = imports.filter(
      ({ from, to }) =>
        MIDDLE.includes(folderOf(from)) && /^(?:node:|dotenv|mysql2|zeromq|tslab)/.test(to),
    );
    expect(wrong.map(({ where, to }) => `${where} imports ${to}`)).toEqual([]);
  });

  it("are of files that can be read in one sitting", () => {
    const lines = (file: string) => readFileSync(join(LIB, file), "utf8").split("\n").length;
    expect(files.filter((file) => lines(file) > MOST_LINES)).toEqual([]);
  });

  it("close no circle", () => {
    const next = new Map<string, Set<string>>(files.map((file) => [file, new Set()]));
    for (const { from, to } of imports) next.get(from)?.add(to);
    expect(files.flatMap((file) => circle(file, next) ?? [])).toEqual([]);
  });
});

/** The way from a file back to itself, the shortest; undefined where there is none. */
function circle(start: string, next: Map<string, Set<string>>): string | undefined {
  const ways = [[start]];
  const seen = new Set<string>();
  for (let way = ways.shift(); way; way = ways.shift()) {
    for (const file of next.get(way.at(-1) as string) ?? []) {
      if (file === start) return [...way, file].join(" -> ");
      if (!seen.has(file)) ways.push([...way, file]);
      seen.add(file);
    }
  }
  return undefined;
}

function importsOf(from: string): Import[] {
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

function filesOf(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => relative(LIB, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
    .sort();
}
