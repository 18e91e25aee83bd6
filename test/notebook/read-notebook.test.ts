import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { parseNotebook, readNotebook } from "../../lib/notebook/read-notebook";

const parse = (value: unknown) => parseNotebook(JSON.stringify(value), "a.ipynb");
const cell = { cell_type: "code", source: "1" };

describe("parseNotebook", () => {
  it("raises an older notebook to 4.5: ids for its cells, the same on every run", () => {
    const old = { nbformat: 4, nbformat_minor: 2, metadata: {}, cells: [cell, cell] };
    const notebook = parse(old);
    expect(notebook.nbformat_minor).toBe(5);
    const ids = notebook.cells.map(({ id }) => id);
    expect(new Set(ids).size).toBe(2);
    expect(ids.every((id) => /^[0-9a-f]{8}$/.test(id))).toBe(true);
    expect(parse(old).cells.map(({ id }) => id)).toEqual(ids);
  });

  it("keeps the ids there are, and replaces those the format forbids or that come twice", () => {
    const cells = ["a", "a", "no spaces", "b-2"].map((id) => ({ ...cell, id }));
    const ids = parse({ nbformat: 4, nbformat_minor: 5, cells }).cells.map(({ id }) => id);
    expect([ids[0], ids[3]]).toEqual(["a", "b-2"]);
    expect(new Set(ids).size).toBe(4);
  });

  it("gives a cell what it lacks", () => {
    expect(parse({ nbformat: 4, cells: [cell] }).cells[0]).toMatchObject({
      metadata: {},
      outputs: [],
      execution_count: null,
    });
  });

  it.each([
    ["not JSON", "{", "a.ipynb is not a notebook: expected JSON, found"],
    ["an empty file", " \n", "expected JSON, found an empty file"],
    ["a list", "[]", "expected a JSON object, found a list"],
    ["nbformat 3", '{"nbformat":3}', 'expected "nbformat": 4, found "nbformat": 3'],
    ["no list of cells", '{"nbformat":4}', "expected a list of cells, found nothing"],
    ["no cells", '{"nbformat":4,"cells":[]}', "expected at least one cell, found none"],
    ["a strange cell", '{"nbformat":4,"cells":[{"cell_type":"x"}]}', 'in cell 1, found "x"'],
    [
      "a cell without text",
      '{"nbformat":4,"cells":[{"cell_type":"code","source":3}]}',
      "a source of text in cell 1, found a number",
    ],
  ])("says what is wrong with %s", (_, text, message) => {
    expect(() => parseNotebook(text, "a.ipynb")).toThrow(message);
  });

  it("refuses a notebook for a kernel of another language", () => {
    const metadata = { kernelspec: { name: "python3", language: "python" } };
    expect(() => parse({ nbformat: 4, metadata, cells: [cell] })).toThrow(
      "a.ipynb is written for a python kernel; this project runs TypeScript notebooks",
    );
  });
});

describe("readNotebook", () => {
  const folder = mkdtempSync(join(tmpdir(), "read-notebook-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  it("names the file that is missing or a folder", () => {
    expect(() => readNotebook(join(folder, "none.ipynb"), "none.ipynb")).toThrow(
      "none.ipynb cannot be read: ENOENT",
    );
    expect(() => readNotebook(folder, "folder")).toThrow("folder cannot be read: it is a folder");
  });

  it("reads a file with a byte-order mark", () => {
    const file = join(folder, "bom.ipynb");
    writeFileSync(file, `\uFEFF${JSON.stringify({ nbformat: 4, cells: [cell] })}`);
    expect(readNotebook(file).cells).toHaveLength(1);
  });
});
