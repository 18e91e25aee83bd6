import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { ReplacedFile, replaceFile, UNFINISHED } from "../../lib/acquire/replaced-file";
import { useFolder } from "../support/tiny-logs";

const folder = useFolder();
const inFolder = (...names: string[]) => join(folder.path(), ...names);

it("shows the old file until the new one is kept", () => {
  const path = folder.put("a.txt", "old");
  const file = new ReplacedFile(path);
  file.append(Buffer.from("new"));
  expect(readFileSync(path, "utf8")).toBe("old");
  file.keep();
  expect(readFileSync(path, "utf8")).toBe("new");
  expect(readdirSync(folder.path())).toEqual(["a.txt"]);
});

it("lets two write the same file at once: the last one kept stays", () => {
  const files = [new ReplacedFile(inFolder("a.txt")), new ReplacedFile(inFolder("a.txt"))];
  for (const [at, file] of files.entries()) file.append(Buffer.from(String(at)));
  for (const file of files) file.keep();
  expect(readFileSync(inFolder("a.txt"), "utf8")).toBe("1");
  expect(readdirSync(folder.path())).toEqual(["a.txt"]);
});

it("copies what is appended, so that its buffer may be used again", () => {
  const file = new ReplacedFile(inFolder("a.txt"));
  const buffer = Buffer.from("abc");
  file.append(buffer);
  buffer.fill("x");
  file.keep();
  expect(readFileSync(inFolder("a.txt"), "utf8")).toBe("abc");
});

it("makes the folder, and leaves nothing in it when discarded", () => {
  const file = new ReplacedFile(inFolder("new", "a.txt"));
  expect(readdirSync(inFolder("new"))).toEqual([expect.stringMatching(UNFINISHED)]);
  file.discard();
  expect(readdirSync(inFolder("new"))).toEqual([]);
});

it("leaves nothing where the file's place is taken by a folder", () => {
  mkdirSync(inFolder("a.txt"));
  expect(() => replaceFile(inFolder("a.txt"), "x")).toThrow();
  expect(readdirSync(folder.path())).toEqual(["a.txt"]);
});
