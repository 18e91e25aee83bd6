import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { Kernel } from "../../lib/kernel/kernel";
import { executeNotebook } from "../../lib/notebook/execute";
import type { DisplayOutput, Notebook } from "../../lib/notebook/nbformat";
import { chromiumPath, openFile, usePages } from "../support/browser";
import { codeCellsOf, notebookOf } from "../support/notebook";
import { pythonWith } from "../support/python";

const EVIL = "<img src=x onerror=alert(1)>";

const SETUP = `import pl from "nodejs-polars";
import { type Figure, figureText, prose, show } from "./lib";
const evil = ${JSON.stringify(EVIL)};
const figure = (title: string): Figure => ({
  data: [{ type: "bar", x: [figureText(evil), "b"], y: [1, 2], name: figureText(evil) }],
  layout: { title: { text: title } },
});`;

const python = chromiumPath && pythonWith("nbconvert");
/** Both pages in one process: to load nbconvert takes longer than to make them. */
const CONVERT = `import sys, nbconvert
for name in sys.argv[2:]:
    page, _ = nbconvert.HTMLExporter(template_name=name).from_filename(sys.argv[1] + "/show.ipynb")
    open(sys.argv[1] + "/" + name + ".html", "w", encoding="utf-8").write(page)`;

describe("show in a real kernel", () => {
  let executed: Notebook;
  const { folder, saved } = usePages();

  beforeAll(async () => {
    const kernel = await Kernel.start({ isChecked: true });
    const notebook = notebookOf(
      SETUP,
      "show(pl.DataFrame({ path: [evil, null] }), { limit: 1 });",
      'show(figure("One")); show(figure(figureText(evil)));',
      "show(prose`Path: $" + "{evil}`);",
    );
    const run = await executeNotebook(notebook, kernel, { shownAs: "show" });
    await kernel.shutdown();
    if (run.failure) throw run.failure;
    executed = run.notebook;
  });

  it("sends every form of a table, a figure and prose in one output each", () => {
    const outputs = codeCellsOf(executed).flatMap((cell) => cell.outputs) as DisplayOutput[];
    expect(outputs.map(({ output_type }) => output_type)).toEqual(Array(4).fill("display_data"));
    expect(outputs.map(({ data }) => Object.keys(data))).toEqual([
      ["application/vnd.dataresource+json", "text/html", "text/plain"],
      ["application/vnd.plotly.v1+json", "text/html", "image/svg+xml", "text/plain"],
      ["application/vnd.plotly.v1+json", "text/html", "image/svg+xml", "text/plain"],
      ["text/markdown", "text/plain"],
    ]);
    expect(outputs[0]?.metadata["application/vnd.dataresource+json"]).toEqual({
      total_rows: 2,
      shown_rows: 1,
    });
  });

  it("sends plotly.js with the first figure only", () => {
    const [first, second] = (codeCellsOf(executed)[2]?.outputs ?? []) as DisplayOutput[];
    expect(String(first?.data["text/html"]).length).toBeGreaterThan(1_000_000);
    expect(String(second?.data["text/html"]).length).toBeLessThan(50_000);
  });

  describe("in nbconvert's pages", () => {
    const templates = ["lab", "classic"];
    beforeAll(async () => {
      if (!python) return;
      saved("show.ipynb", JSON.stringify(executed));
      const { status, stderr } = spawnSync(python, ["-c", CONVERT, folder, ...templates], {
        encoding: "utf8",
      });
      expect(status, stderr).toBe(0);
    });

    const needs = it.skipIf(!python).each(templates);
    needs("shows its figures offline: %s (needs nbconvert and Chromium)", async (template) => {
      const { page, problems } = await openFile(join(folder, `${template}.html`));
      await expect.poll(() => page.locator(".js-plotly-plot .gtitle").count()).toBe(2);
      expect(await page.locator(".gtitle").allTextContents()).toEqual(["One", EVIL]);
      expect(await page.locator("img:visible").count()).toBe(0);
      expect(await page.locator("td", { hasText: EVIL }).count()).toBe(1);
      // nbconvert's own page looks for MathJax and its like elsewhere; nothing of ours asks or asks back.
      expect(problems.filter((problem) => /dialog|exception|onerror/.test(problem))).toEqual([]);
    });
  });
});
