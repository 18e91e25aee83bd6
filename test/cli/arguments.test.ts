import { describe, expect, it } from "vitest";
import { parseCommand } from "../../lib/cli/arguments";

describe("parseCommand", () => {
  it("runs everything when nothing is said", () => {
    const all = { name: "run", options: { notebooks: [], set: {}, timeout: 600 } };
    expect(parseCommand([])).toMatchObject(all);
    expect(parseCommand(["run"])).toMatchObject(all);
  });

  it("reads notebooks and options in any order", () => {
    const args =
      "run 04 --set k=3 06 --set name=a=b --source sample --rows 10 --seed 0 --refresh --timeout 1.5 --out x";
    expect(parseCommand(args.split(" "))).toEqual({
      name: "run",
      options: {
        notebooks: ["04", "06"],
        set: { k: "3", name: "a=b" },
        source: "sample",
        rows: 10,
        seed: 0,
        refresh: true,
        timeout: 1.5,
        out: "x",
      },
    });
  });

  it("knows what to do with a database", () => {
    const db = (line: string) => parseCommand(`db ${line}`.trim().split(" "));
    expect(db("load --data x --rows 9")).toEqual({
      name: "db",
      options: { action: "load", source: undefined, rows: 9, seed: undefined, data: "x" },
    });
    expect(db("read --data x")).toMatchObject({ options: { action: "read", data: "x" } });
    expect(db("drop")).toMatchObject({ options: { action: "drop" } });
    for (const [line, message] of [
      ["", "db takes load, drop or read"],
      ["fill", 'db takes load, drop or read, not "fill"'],
      ["load more", 'db does not take "more"'],
      ["drop --data x", 'db drop does not take "data"'],
      ["read --rows 9", 'db read does not take "rows"'],
      ["load --to x", 'db does not take "to"'],
      ["load --source mysql", 'db load takes --source files or sample, not "mysql"'],
    ] as const) {
      expect(() => db(line), line).toThrow(message);
    }
  });

  it("knows the other commands", () => {
    expect(parseCommand(["kernel"])).toEqual({ name: "kernel", remove: false });
    expect(parseCommand(["kernel", "--remove"])).toEqual({ name: "kernel", remove: true });
    expect(parseCommand(["clean"])).toEqual({ name: "clean" });
    expect(parseCommand(["sample", "--to", "x"])).toEqual({ name: "sample", options: { to: "x" } });
    expect(parseCommand("sample --rows 9 --to x --seed 0".split(" "))).toEqual({
      name: "sample",
      options: { rows: 9, seed: 0, to: "x" },
    });
    expect(parseCommand(["run", "--help"])).toEqual({ name: "help" });
  });

  it.each([
    ["walk", 'there is no command "walk"'],
    ["run --sauce x", "--sauce"],
    ["run --source web", '--source takes mysql, files or sample, not "web"'],
    ["run --rows many", '--rows takes an integer from 1 on, not "many"'],
    ["run --rows 0", "--rows"],
    ["run --seed 1.5", "--seed"],
    ["run --timeout 0", '--timeout takes seconds above 0, not "0"'],
    ["run --set k", '--set takes NAME=VALUE, not "k"'],
    ["run --set =3", "--set takes NAME=VALUE"],
    ["run --remove", "--remove belongs to the command kernel"],
    ["clean --rows 3", 'clean does not take "rows"'],
    ["kernel 04", 'kernel does not take "04"'],
    ["sample", "sample needs --to and a folder"],
    ["sample --to=", "sample needs --to and a folder"],
    ["sample --to x 9", 'sample does not take "9"'],
    ["sample --to x --set k=3", 'sample does not take "set"'],
    ["sample --to x --rows 0", '--rows takes an integer from 1 on, not "0"'],
    ["--to x", "--to belongs to the command sample"],
  ])("says what is wrong with %s", (line, message) => {
    expect(() => parseCommand(line.split(" "))).toThrow(message);
  });
});
