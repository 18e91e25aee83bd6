import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { parseNotebook, readNotebook } from "../../lib/notebook/read-notebook";
import { newFolder } from "../support/new-folder";

const parse = (value: unknown) => parseNotebook(JSON.stringify(value), "a.ipynb");
const cell = { cell_type: "code", source: "1" };

it("raises an older notebook to 4.5: cells get what they lack, with the same ids on every run", () => {
  const old = { nbformat: 4, nbformat_minor: 2, metadata: {}, cells: [cell, cell] };
  const { cells, nbformat_minor } = parse(old);
  expect(nbformat_minor).toBe(5);
  expect(cells[0]).toMatchObject({ metadata: {}, outputs: [], execution_count: null });
  expect(new Set(cells.map(({ id }) => id)).size).toBe(2);
  for (const { id } of cells) expect(id).toMatch(/^[0-9a-f]{8}$/);
  expect(parse(old).cells).toEqual(cells);
});

it("keeps the ids there are, and replaces those the format forbids or that come twice", () => {
  const cells = ["a", "a", "no spaces", "b-2"].map((id) => ({ ...cell, id }));
  const ids = parse({ nbformat: 4, nbformat_minor: 5, cells }).cells.map(({ id }) => id);
  expect([ids[0], ids[3]]).toEqual(["a", "b-2"]);
  expect(new Set(ids).size).toBe(4);
});

const oneCell = (rest: object) => JSON.stringify({ nbformat: 4, cells: [rest] });

it.each([
  ["{", "a.ipynb is not a notebook: expected JSON, found"],
  [" \n", "expected JSON, found an empty file"],
  ["[]", "expected a JSON object, found a list"],
  ['{"nbformat":3}', 'expected "nbformat": 4, found "nbformat": 3'],
  ['{"nbformat":4}', "expected a list of cells, found nothing"],
  ['{"nbformat":4,"cells":[]}', "expected at least one cell, found none"],
  [oneCell({ cell_type: "x" }), 'in cell 1, found "x"'],
  [oneCell({ cell_type: "code", source: 3 }), "a source of text in cell 1, found a number"],
  [oneCell({ ...cell, metadata: { tags: "x" } }), 'metadata.tags of text in cell 1, found "x"'],
])("says what is wrong with %s", (text, message) => {
  expect(() => parseNotebook(text, "a.ipynb")).toThrow(message);
});

it("refuses a notebook for a kernel of another language", () => {
  const metadata = { kernelspec: { name: "python3", language: "python" } };
  expect(() => parse({ nbformat: 4, metadata, cells: [cell] })).toThrow(
    "a.ipynb is written for a python kernel; this project runs TypeScript notebooks",
  );
});

it("names the file that is missing or a folder, and reads one with a byte-order mark", () => {
  const folder = newFolder();
  const missing = () => readNotebook(join(folder, "none.ipynb"), "none.ipynb");
  expect(missing).toThrow("none.ipynb cannot be read: ENOENT");
  expect(() => readNotebook(folder, "folder")).toThrow("folder cannot be read: it is a folder");
  const file = join(folder, "bom.ipynb");
  writeFileSync(file, `\uFEFF${oneCell(cell)}`);
  expect(readNotebook(file).cells).toHaveLength(1);
});
