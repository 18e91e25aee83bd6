import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { NOTEBOOKS_DIR, PROJECT_ROOT } from "../../lib/keep/paths";
import { chromiumPath, openFile, usePages } from "../support/browser";
import {
  type Executed,
  executedNotebooks,
  figureTitlesOf,
  proseOf,
  readNotebookFile,
  tablesOf,
} from "../support/executed";
import { pythonWith } from "../support/python";
import { isFull } from "../support/which";

/** Debian's nbconvert and what it needs; null where they are not installed. */
const jupyter = pythonWith("nbconvert, nbclient, nbformat");

describe.skipIf(!jupyter)("the notebooks in Jupyter (needs nbconvert and nbclient)", () => {
  const python = jupyter as string;
  const { folder: scratch } = usePages();
  const jupyterOut = join(scratch, "jupyter");
  let executed: Executed;
  const env = {
    ...process.env,
    // A kernelspec of this test's own, whatever is installed for the user.
    JUPYTER_DATA_DIR: join(scratch, "jupyter-data"),
    CURRICULUM_LOGS_SOURCE: "sample",
  };
  const call = (args: string[], cwd = NOTEBOOKS_DIR) => {
    const own = { ...env, CURRICULUM_LOGS_DATA: executed.data };
    const done = spawnSync(python, args, { cwd, env: own, encoding: "utf8" });
    return { status: done.status, printed: done.stdout + done.stderr };
  };

  beforeAll(() => {
    executed = executedNotebooks();
    mkdirSync(jupyterOut);
    const installed = spawnSync(
      process.execPath,
      ["--require", "./lib/typescript.cjs", "lib/cli.ts", "kernel"],
      { cwd: PROJECT_ROOT, env, encoding: "utf8" },
    );
    expect(installed.status, installed.stderr).toBe(0);
  }, 900_000);

  it("ours are valid by Jupyter's own check, as committed and as executed", () => {
    const script =
      "import sys, nbformat\nfor f in sys.argv[1:]: nbformat.validate(nbformat.read(f, as_version=4))";
    const files = [NOTEBOOKS_DIR, executed.out].flatMap((folder) =>
      readdirSync(folder)
        .filter((name) => name.endsWith(".ipynb"))
        .map((name) => join(folder, name)),
    );
    expect(files).toHaveLength(12);
    expect(call(["-W", "error", "-c", script, ...files])).toEqual({ status: 0, printed: "" });
  });

  it("nbconvert executes some of them from their folder, with the same tables, figures and answers", () => {
    // The others take longer, and have nothing that these have not: cells, imports, figures, prose.
    const some = isFull ? /^0[156].*\.ipynb$/ : /^05.*\.ipynb$/;
    const files = readdirSync(NOTEBOOKS_DIR).filter((name) => some.test(name));
    expect(files).toHaveLength(isFull ? 3 : 1);
    const done = call([
      ...["-m", "nbconvert", "--to", "notebook", "--execute", "--output-dir", jupyterOut],
      ...files,
    ]);
    expect(done.status, done.printed).toBe(0);
    for (const file of files) {
      const theirs = readNotebookFile(join(jupyterOut, file));
      const ours = readNotebookFile(join(executed.out, file));
      expect(tablesOf(theirs)).toEqual(tablesOf(ours));
      expect(figureTitlesOf(theirs)).toEqual(figureTitlesOf(ours));
      expect(proseOf(theirs)).toEqual(proseOf(ours));
    }
  }, 600_000);

  it.skipIf(!chromiumPath)(
    "nbconvert exports ours with figures that draw (needs Chromium)",
    async () => {
      const [from, to] = [
        join(executed.out, "04-detect-anomalies.ipynb"),
        join(jupyterOut, "04.html"),
      ];
      const done = call(["-m", "nbconvert", "--to", "html", "--output", to, from]);
      expect(done.status, done.printed).toBe(0);
      const { page, problems } = await openFile(to);
      const figures = figureTitlesOf(readNotebookFile(from)).length;
      await page.waitForFunction(
        `document.querySelectorAll(".js-plotly-plot").length === ${figures}`,
      );
      expect(figures).toBeGreaterThan(8);
      await page.waitForFunction('document.querySelectorAll(".scatterlayer .trace").length > 8');
      // Debian's template itself points at RequireJS and MathJax, on disk or on the web.
      const own = problems.filter((problem) => !/require(\.min)?\.js|mathjax/i.test(problem));
      expect(own.filter((problem) => !problem.startsWith("console:"))).toEqual([]);
    },
    120_000,
  );
});
