import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { NOTEBOOKS_DIR } from "../../lib/keep/paths";
import { joinText, type Notebook } from "../../lib/notebook/nbformat";

const files = readdirSync(NOTEBOOKS_DIR)
  .filter((name) => name.endsWith(".ipynb"))
  .sort();

it("there are six notebooks, numbered in the order in which they are read", () => {
  expect(files).toEqual([
    "01-acquire.ipynb",
    "02-prepare.ipynb",
    "03-explore.ipynb",
    "04-detect-anomalies.ipynb",
    "05-group-users.ipynb",
    "06-final-report.ipynb",
  ]);
});

describe.each(files)("%s as committed", (file) => {
  const notebook: Notebook = JSON.parse(readFileSync(join(NOTEBOOKS_DIR, file), "utf8"));
  const code = notebook.cells.filter((cell) => cell.cell_type === "code");
  const sources = notebook.cells.map((cell) => joinText(cell.source));

  it("is nbformat 4.5 with an id of its own for every cell", () => {
    expect([notebook.nbformat, notebook.nbformat_minor]).toEqual([4, 5]);
    const ids = notebook.cells.map((cell) => cell.id);
    for (const id of ids) expect(id).toMatch(/^[a-zA-Z0-9_-]{1,64}$/);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("names the project's kernel", () => {
    expect(notebook.metadata.kernelspec).toMatchObject({ name: "curriculum-logs" });
  });

  it("carries no outputs", () => {
    for (const cell of code) {
      expect(cell.outputs).toEqual([]);
      expect(cell.execution_count).toBeNull();
    }
  });

  it("opens with a title and reads as prose around short cells", () => {
    expect(sources[0]).toMatch(/^# \d\. /);
    for (const cell of code) expect(joinText(cell.source).split("\n").length).toBeLessThan(25);
  });

  it("imports from the library and Polars only", () => {
    const imports = [...sources.join("\n").matchAll(/from "([^"]+)"/g)].map((match) => match[1]);
    for (const name of imports) expect(["./lib", "nodejs-polars"]).toContain(name);
  });

  it("links to notebooks that exist", () => {
    const links = [...sources.join("\n").matchAll(/\]\(([^)#]+\.ipynb)\)/g)];
    for (const [, target] of links) expect(files).toContain(target);
  });
});
