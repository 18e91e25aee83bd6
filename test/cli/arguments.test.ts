import { expect, it } from "vitest";
import { parseCommand } from "../../lib/cli/arguments";

const parse = (line: string) => parseCommand(line.split(" ").filter(Boolean), {});

it("runs everything when nothing is said", () => {
  const all = { name: "run", options: { notebooks: [], set: {}, timeout: 600 } };
  expect(parse("")).toMatchObject(all);
  expect(parse("run")).toMatchObject(all);
});

it("reads notebooks and options in any order", () => {
  const line =
    "run 04 --set k=3 06 --set name=a=b --source sample --rows 10 --seed 0 --refresh --timeout 1.5 --out x";
  const sample = { source: "sample", rows: 10, seed: 0, refresh: true };
  const set = { k: "3", name: "a=b" };
  const options = { notebooks: ["04", "06"], set, ...sample, timeout: 1.5, out: "x" };
  expect(parse(line)).toEqual({ name: "run", options });
});

it.each([
  ["kernel", { name: "kernel", remove: false }],
  ["kernel --remove", { name: "kernel", remove: true }],
  ["clean", { name: "clean" }],
  ["sample --to x", { name: "sample", options: { to: "x" } }],
  ["sample --rows 9 --to x --seed 0", { name: "sample", options: { rows: 9, seed: 0, to: "x" } }],
  ["db load --data x --rows 9", { name: "db", options: { action: "load", rows: 9, data: "x" } }],
  ["db read --data x", { name: "db", options: { action: "read", data: "x" } }],
  ["db drop", { name: "db", options: { action: "drop" } }],
  ["run --help", { name: "help" }],
])("knows the command %s", (line, command) => {
  expect(parse(line)).toEqual(command);
});

it.each([
  ["walk", 'there is no command "walk"'],
  ["run --sauce x", "--sauce"],
  ["run --source web", '--source takes mysql, files or sample, not "web"'],
  ["run --on-bad-rows skip", '--on-bad-rows takes error or set-aside, not "skip"'],
  ["run --rows many", '--rows takes an integer from 1 on, not "many"'],
  ["run --rows 0", "--rows"],
  ["run --seed 1.5", "--seed"],
  ["run --timeout 0", '--timeout takes seconds above 0, not "0"'],
  ["run --set k", '--set takes NAME=VALUE, not "k"'],
  ["run --set =3", "--set takes NAME=VALUE"],
  ["run --out=", "--out needs a folder"],
  ["run --remove", "--remove belongs to the command kernel"],
  ["run --to x", "--to belongs to the command sample"],
  ["clean --rows 3", 'clean does not take "rows"'],
  ["kernel 04", 'kernel does not take "04"'],
  ["sample", "sample needs --to and a folder"],
  ["sample --to=", "sample needs --to and a folder"],
  ["sample --to x 9", 'sample does not take "9"'],
  ["sample --to x --set k=3", 'sample does not take "set"'],
  ["sample --to x --rows 0", '--rows takes an integer from 1 on, not "0"'],
  ["db", "db takes load, drop or read"],
  ["db fill", 'db takes load, drop or read, not "fill"'],
  ["db load more", 'db does not take "more"'],
  ["db drop --data x", 'db drop does not take "data"'],
  ["db read --rows 9", 'db read does not take "rows"'],
  ["db load --to x", 'db does not take "to"'],
  ["db load --source mysql", 'db load takes --source files or sample, not "mysql"'],
])("says what is wrong with %s", (line, message) => {
  expect(() => parse(line)).toThrow(message);
});
