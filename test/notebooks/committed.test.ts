import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { NOTEBOOKS_DIR } from "../../lib/keep/paths";
import { joinText, type Notebook } from "../../lib/notebook/nbformat";

const files = readdirSync(NOTEBOOKS_DIR)
  .filter((name) => name.endsWith(".ipynb"))
  .sort();

it("there are six notebooks, numbered in the order in which they are read", () => {
  expect(files.map((name) => name.replace(/-.*/, ""))).toEqual([
    "01",
    "02",
    "03",
    "04",
    "05",
    "06",
  ]);
});

describe.each(files)("%s as committed", (file) => {
  const notebook: Notebook = JSON.parse(readFileSync(join(NOTEBOOKS_DIR, file), "utf8"));
  const code = notebook.cells.filter((cell) => cell.cell_type === "code");
  const sources = notebook.cells.map((cell) => joinText(cell.source));

  it("is nbformat 4.5 for the project's kernel, with an id for every cell and no outputs", () => {
    expect([notebook.nbformat, notebook.nbformat_minor]).toEqual([4, 5]);
    expect(notebook.metadata.kernelspec).toMatchObject({ name: "curriculum-logs" });
    for (const cell of code) expect([cell.outputs, cell.execution_count]).toEqual([[], null]);
    const ids = notebook.cells.map((cell) => cell.id);
    for (const id of ids) expect(id).toMatch(/^[a-zA-Z0-9_-]{1,64}$/);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("opens with a title and reads as prose around short cells", () => {
    expect(sources[0]).toMatch(/^# \d\. /);
    for (const cell of code) {
      const lines = joinText(cell.source).split("\n");
      expect(lines.length).toBeLessThan(25);
      expect(lines.filter((line) => line.length > 120)).toEqual([]);
    }
  });

  it("imports from the library and Polars only, and links to notebooks that exist", () => {
    const imports = [...sources.join("\n").matchAll(/from "([^"]+)"/g)].map((match) => match[1]);
    for (const name of imports) expect(["./lib", "nodejs-polars"]).toContain(name);
    const links = [...sources.join("\n").matchAll(/\]\(([^)#]+\.ipynb)\)/g)];
    for (const [, target] of links) expect(files).toContain(target);
  });
});
