import { writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, it } from "vitest";
import { chooseNotebooks } from "../../lib/cli/choose-notebooks";
import { newFolder } from "../support/new-folder";

const folder = newFolder();
for (const name of ["02-b.ipynb", "01-a.ipynb", "10-c.ipynb", "notes.md", ".hidden.ipynb"]) {
  writeFileSync(join(folder, name), "");
}
const choose = (...wanted: string[]) =>
  chooseNotebooks(wanted, folder, folder).map((file) => basename(file, ".ipynb"));

it("takes all, by name, or numbers, names and paths, in the order given, each once", () => {
  expect(choose()).toEqual(["01-a", "02-b", "10-c"]);
  expect(choose("2", "01-a", "02", "c", "10-c.ipynb")).toEqual(["02-b", "01-a", "10-c"]);
  expect(choose(join(folder, "02-b.ipynb"))).toEqual(["02-b"]);
  expect(choose("./01-a.ipynb")).toEqual(["01-a"]);
});

it("lists what is there when one is not", () => {
  const list = 'there is no notebook "03"; there are:\n  01-a\n  02-b\n  10-c';
  expect(() => choose("03")).toThrow(list);
  expect(() => choose("1-a")).toThrow("there is no notebook");
  const none = () => chooseNotebooks([], join(folder, "none"), folder);
  expect(none).toThrow("there are no notebooks in");
});
