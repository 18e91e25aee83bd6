import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pl from "nodejs-polars";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { saveCsv } from "../../lib/notebook/save-csv";

describe("saveCsv", () => {
  const inherited = process.env.CURRICULUM_LOGS_OUT;
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "save-csv-"));
    process.env.CURRICULUM_LOGS_OUT = join(folder, "results");
  });
  afterEach(() => {
    if (inherited === undefined) delete process.env.CURRICULUM_LOGS_OUT;
    else process.env.CURRICULUM_LOGS_OUT = inherited;
    rmSync(folder, { recursive: true, force: true });
  });

  it("writes a frame where results go, and replaces an earlier file whole", () => {
    const path = saveCsv(pl.DataFrame({ a: ["x,y", null], b: [-1, 2] }), "one.csv");
    expect(readFileSync(path, "utf8")).toBe('a,b\n"x,y",-1.0\n,2.0\n');
    saveCsv(pl.DataFrame({ a: ["z"] }), "one.csv");
    expect(readFileSync(path, "utf8")).toBe("a\nz\n");
    expect(readdirSync(join(folder, "results"))).toEqual(["one.csv"]);
  });

  it("lets no spreadsheet run what a stranger wrote", () => {
    const texts = ["=1+1", "+x", "-x", "@x", "\uff1dx", "x=1", null];
    const path = saveCsv(pl.DataFrame({ api: texts, n: [1, 2, 3, 4, 5, 6, 7] }), "one.csv");
    const first = readFileSync(path, "utf8").split("\n").slice(1, 8);
    expect(first.map((line) => line.split(",")[0])).toEqual([
      "'=1+1",
      "'+x",
      "'-x",
      "'@x",
      "'\uff1dx",
      "x=1",
      "",
    ]);
  });

  it("guards names of columns and texts kept as categories too, and no number", () => {
    const frame = pl.DataFrame([
      pl.Series("=a", ["\n=1", "-1.5e3", " =1"], pl.String),
      pl.Series("b", ["=1", "x", "=1"], pl.String).cast(pl.Categorical),
      pl.Series("'=a", [1, 2, 3], pl.Int64),
    ]);
    const path = saveCsv(frame, "one.csv");
    expect(readFileSync(path, "utf8")).toBe(`''=a,b,'=a\n"'\n=1",'=1,1\n-1.5e3,x,2\n =1,'=1,3\n`);
  });

  it("refuses a name that leads elsewhere, or is none of a CSV file", () => {
    const frame = pl.DataFrame({ a: [1] });
    for (const name of ["../one.csv", "/one.csv", "a/b.csv", "one.txt", ".csv", ""]) {
      expect(() => saveCsv(frame, name)).toThrow("plain file name");
    }
    expect(existsSync(join(folder, "one.csv"))).toBe(false);
  });
});
