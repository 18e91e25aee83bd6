import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import pl from "nodejs-polars";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { saveCsv } from "../../lib/notebook/save-csv";
import { formulaCells, NASTY_TEXTS, spreadsheetCells } from "../support/csv";
import { newFolder } from "../support/new-folder";
import { pythonWith } from "../support/python";
import { smallDisk } from "../support/small-disk";

let folder = "";
beforeEach(() => {
  folder = newFolder();
  vi.stubEnv("CURRICULUM_LOGS_OUT", join(folder, "results"));
});
afterEach(() => vi.unstubAllEnvs());
const saved = (frame: pl.DataFrame) => readFileSync(saveCsv(frame, "one.csv"), "utf8");

it("writes a frame where results go, and replaces an earlier file whole", () => {
  expect(saved(pl.DataFrame({ a: ["x,y", null], b: [-1, 2] }))).toBe('"a","b"\n"x,y",-1.0\n,2.0\n');
  expect(saved(pl.DataFrame({ a: ["z"] }))).toBe('"a"\n"z"\n');
  expect(readdirSync(join(folder, "results"))).toEqual(["one.csv"]);
});

it("quotes every text, and marks what a spreadsheet would run", () => {
  const marked = {
    "=1+1": "'=1+1",
    "+x": "'+x",
    "-x": "'-x",
    "@x": "'@x",
    "\uff1dx": "'\uff1dx",
    "x=1": "x=1",
    "x;=1": "x;'=1",
    "\u200b=1": "'\u200b=1",
    "a - b": "a - b",
    "": "",
  };
  const lines = saved(pl.DataFrame({ api: [...Object.keys(marked), null] })).split("\n");
  expect(lines.slice(1)).toEqual([...Object.values(marked).map((text) => `"${text}"`), "", ""]);
});

it("guards names of columns and texts kept as categories too, and no number", () => {
  const frame = pl.DataFrame([
    pl.Series("=a", ["\n=1", "-1.5e3", 'q"'], pl.String),
    pl.Series("b", ["=1", "x", "=1"], pl.String).cast(pl.Categorical),
    pl.Series("'=a", [1, 2, 3], pl.Int64),
  ]);
  expect(saved(frame)).toBe(`"''=a","b","'=a"\n"'\n'=1","'=1",1\n"-1.5e3","x",2\n"q""","'=1",3\n`);
});

it("writes what is no text as Polars does", () => {
  const at = new Date("2020-02-29T12:34:56.789Z");
  const frame = pl.DataFrame([
    pl.Series("day", [at, null], pl.Date),
    pl.Series("at", [at, null], pl.Datetime("ms")),
    pl.Series("is", [true, null], pl.Bool),
    pl.Series("integer", [9_007_199_254_740_993n, null], pl.Int64),
    pl.Series("part", [0.1 + 0.2, Number.NaN], pl.Float64),
    pl.Series("big", [-1e300, Number.NEGATIVE_INFINITY], pl.Float64),
    pl.Series("none", [null, null], pl.Float64),
  ]);
  const rows = (csv: unknown) => String(csv).split("\n").slice(1);
  for (const one of [frame, frame.head(0), ...frame.columns.map((name) => frame.select(name))])
    expect(rows(saved(one))).toEqual(rows(one.writeCSV()));
});

describe("of texts that a spreadsheet would run", () => {
  const save = (names = ["n", "text", "none", "again"]) => {
    const text = pl.Series("text", NASTY_TEXTS, pl.String);
    const frame = pl.DataFrame([
      pl.Series("n", Array.from(NASTY_TEXTS.keys()), pl.Int64),
      text,
      pl.Series("none", Array(NASTY_TEXTS.length).fill(null), pl.String),
      text.alias("again"),
    ]);
    return saveCsv(frame.select(...names), "nasty.csv");
  };
  /** What a spreadsheet may be set to split at. */
  const separators = [",", ";", "\t", "|"];

  it("leaves none that it would, and changes no more than apostrophes", () => {
    expect(formulaCells([NASTY_TEXTS]).length).toBeGreaterThan(30);
    for (const names of [["text", "n", "again"], ["text"], undefined]) {
      const text = readFileSync(save(names), "utf8");
      for (const separator of separators)
        expect(formulaCells(spreadsheetCells(text, separator)), separator).toEqual([]);
    }
    const columns = spreadsheetCells(readFileSync(save(), "utf8"), ",").slice(1, -1);
    const plain = NASTY_TEXTS.map((nasty) => nasty.replaceAll("'", ""));
    for (const column of [1, 3])
      expect(columns.map((row) => row[column]?.replaceAll("'", ""))).toEqual(plain);
  });

  it("leaves none for Python's reader either", (context) => {
    const python = pythonWith("csv");
    if (!python) return context.skip("Python is not installed");
    const script = `import csv, json, sys
with open(sys.argv[1], encoding="utf-8", newline="") as file: text = file.read()
print(json.dumps([list(csv.reader(text.splitlines(True), delimiter=at)) for at in sys.argv[2:]]))`;
    // a NUL ends a text for some versions of it
    const path = save();
    writeFileSync(path, readFileSync(path, "utf8").replaceAll("\0", ""));
    const options = { encoding: "utf8", maxBuffer: 1 << 28 } as const;
    const read = spawnSync(python, ["-c", script, path, ...separators], options);
    expect(read.stderr).toBe("");
    const all: string[][][] = JSON.parse(read.stdout);
    expect(all.map(formulaCells)).toEqual(separators.map(() => []));
    expect(all[0]?.[NASTY_TEXTS.length]?.[0]).toBe(String(NASTY_TEXTS.length - 1));
  });
});

it("says in one line that a disk is full, and leaves the earlier file", (context) => {
  const disk = smallDisk(join(folder, "results"), "100k");
  if (typeof disk === "string") return context.skip(disk);
  try {
    const path = saveCsv(pl.DataFrame({ a: ["x"] }), "one.csv");
    expect(() => saveCsv(pl.DataFrame({ a: ["x".repeat(200_000)] }), "one.csv")).toThrow(
      /one\.csv cannot be written: no space is left on the disk \(ENOSPC\)\. Make room, or/,
    );
    expect(readFileSync(path, "utf8")).toBe('"a"\n"x"\n');
    expect(readdirSync(join(folder, "results"))).toEqual(["one.csv"]);
  } finally {
    disk.remove();
  }
});

it("refuses a name that leads elsewhere, or is none of a CSV file", () => {
  for (const name of ["../one.csv", "/one.csv", "a/b.csv", "one.txt", ".csv", ""])
    expect(() => saveCsv(pl.DataFrame({ a: [1] }), name)).toThrow("plain file name");
  expect(existsSync(join(folder, "one.csv"))).toBe(false);
});
