import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { codeCell, codeCellsOf, FOR_EVER, markdownCell, notebookOf } from "../support/notebook";
import { canListProcesses } from "../support/processes";
import { pythonWith } from "../support/python";
import { eventually, useCommand } from "./command";

/** Tells this test that a cell is at work. */
const reached = join(tmpdir(), `cli-run-reached-${process.pid}`);
const SAY_REACHED = `require("node:fs").writeFileSync(${JSON.stringify(reached)}, "");`;

const SO_FAR = 'console.log("so far");';

const { folder, scratch, out, start, run, result, kernels, leftFiles, expectNothingLeft } =
  useCommand({
    one: notebookOf(
      markdownCell("# The first"),
      codeCell("const k = 2; // deviations", ["parameters"]),
      "console.log(JSON.stringify({ k, ...process.env }));",
    ),
    two: notebookOf('import { COLUMNS } from "./lib/log/columns";\nCOLUMNS.pages[0]'),
    wrong: notebookOf(SO_FAR, "const a = 1;\nconst b: string = a;", "1"),
    hostile: notebookOf('throw new Error("\\u001b[2J\\u202e");'),
    endless: notebookOf(SO_FAR, `${SAY_REACHED} ${FOR_EVER}`),
    unclaimed: {
      ...notebookOf(markdownCell("# Report\n\nIn 2019 and after."), SO_FAR),
      metadata: { curriculum_logs: { claims: "required" } },
    },
  });
const fileOf = (name: string) => join(folder, `${name}.ipynb`);

describe("npm start", () => {
  /** What the first notebook prints: k, and its environment. */
  function printed() {
    const [output] = codeCellsOf(result("one")).flatMap(({ outputs }) => outputs);
    return JSON.parse((output as { text: string }).text);
  }

  it("runs notebooks with settings that it says in the result, and writes them, their pages and an index that Jupyter's own library accepts", async () => {
    const done = await run("one.ipynb two.ipynb --set k=3 --source sample --rows 9 --seed 7");
    expect(done).toMatchObject({ code: 0, stderr: "" });
    expect(done.stdout).toMatch(
      /^\[1\/2\] one {2}2 cells {2}[\d.]+ s\n\[2\/2\] two {2}1 cell {2}[\d.]+ s\n\n2 of 2 notebooks ran, [\d.]+ s in all\.\nOpen: file:.*index\.html\n$/,
    );
    const files = ["index.html", "one.html", "one.ipynb", "two.html", "two.ipynb"];
    expect(readdirSync(out).sort()).toEqual(files);
    expect(codeCellsOf(result("two"))[0]?.outputs).toMatchObject([{ text: "Int64\n" }]);
    const { cells } = result("one");
    expect(cells[1]?.source).toBe("const k = 3; // deviations");
    expect(cells[2]?.source).toContain("`k = 3` (the notebook has `2`)");
    expect(printed()).toMatchObject({
      k: 3,
      CURRICULUM_LOGS_SOURCE: "sample",
      CURRICULUM_LOGS_ROWS: "9",
      CURRICULUM_LOGS_SEED: "7",
    });
    expectNothingLeft();
    const python = pythonWith("nbformat");
    if (!python) return;
    const script =
      "import sys, nbformat\nfor f in sys.argv[1:]: nbformat.validate(nbformat.read(f, 4))";
    const written = [join(out, "one.ipynb"), join(out, "two.ipynb")];
    const check = spawnSync(python, ["-c", script, ...written]);
    expect([check.status, String(check.stderr)]).toEqual([0, ""]);
  });

  it("hands strangers' notebooks no keys, and says what they can do all the same", async () => {
    const secrets = {
      CURRICULUM_LOGS_HOST: "db.example",
      CURRICULUM_LOGS_USER: "reader",
      CURRICULUM_LOGS_PASSWORD: "hunter2",
      AWS_SECRET_ACCESS_KEY: "aws",
      NODE_AUTH_TOKEN: "token",
      npm_config__authToken: "token",
      npm_config_registry: "https://198.18.0.1/",
      HTTPS_PROXY: "http://user:secret@198.18.0.1",
    };
    const environmentOf = async (more = "") => {
      const env = { ...secrets, LC_ALL: "C.UTF-8" };
      const done = await run(`one.ipynb --set k=3${more}`, { env });
      expect(done).toMatchObject({ code: 0, stderr: "" });
      return { notices: done.notices, environment: printed() };
    };
    const plain = await environmentOf();
    expect(plain.notices).toEqual([
      `${fileOf("one")} is not one of this project's notebooks: it runs with your rights and can read your files, .env included; the settings of the database are not handed to it (--source mysql does).\n`,
    ]);
    expect(plain.environment).toMatchObject({ PATH: process.env.PATH, LC_ALL: "C.UTF-8" });
    for (const name of Object.keys(secrets)) expect(plain.environment).not.toHaveProperty(name);
    const asked = await environmentOf(" --source mysql");
    expect(asked.notices[0]).toContain("--source mysql hands it the settings of the database");
    const { CURRICULUM_LOGS_PASSWORD } = secrets;
    const handed = { CURRICULUM_LOGS_SOURCE: "mysql", CURRICULUM_LOGS_PASSWORD };
    expect(asked.environment).toMatchObject(handed);
    expect(asked.environment).not.toHaveProperty("AWS_SECRET_ACCESS_KEY");
  });

  it("stops at a cell that fails, points at it, and keeps what ran", async () => {
    const done = await run("wrong.ipynb one.ipynb");
    expect(done.code).toBe(1);
    expect(done.stderr.trim()).toBe(
      `${fileOf("wrong")} cell 2:2:7 - error TS2322: Type 'number' is not assignable to type 'string'.

  1 | const a = 1;
> 2 | const b: string = a;
    |       ^`,
    );
    expect(done.stdout).toMatch(/\[1\/2\] wrong {2}2 cells.* stopped in cell 2\n/);
    expect(codeCellsOf(result("wrong")).map((cell) => cell.outputs)).toMatchObject([
      [{ text: "so far\n" }],
      [{ output_type: "error", ename: "TS2322" }],
      [],
    ]);
    expect(readFileSync(join(out, "wrong.html"), "utf8")).toContain("so far");
    expectNothingLeft();
  });

  it("fails a report with a number that no claim stands for, and keeps its page", async () => {
    const done = await run("unclaimed.ipynb");
    expect(done.code).toBe(1);
    expect(done.stderr.trim()).toMatch(
      /unclaimed\.ipynb cell 1 - “2019” is typed in a Markdown cell: compute it .*$/,
    );
    expect(done.stdout).toMatch(
      /1 cell {2}[\d.]+ s {2}\d problems? with claims, first in cell 1\n/,
    );
    expect(readFileSync(join(out, "unclaimed.html"), "utf8")).toContain("Not every number");
    expectNothingLeft();
  });

  it("lets nothing from a notebook move the terminal's cursor", async () => {
    const done = await run("hostile.ipynb");
    expect(done.stderr).toContain("cell 1:1:7 - Error: \\u001b[2J\\u202e");
    expect(done.stdout + done.stderr).not.toMatch(/\p{Cc}(?<!\n)|\u202e/u);
  });

  it("ends a cell that runs too long", async () => {
    const done = await run("endless.ipynb --timeout 8");
    expect(done.code).toBe(1);
    expect(done.stderr.trim()).toBe(
      `${fileOf("endless")} cell 2 - ran longer than 8 s: raise it with --timeout`,
    );
    expect(codeCellsOf(result("endless"))[0]?.outputs).toMatchObject([{ text: "so far\n" }]);
    expectNothingLeft();
  });

  it("says in one line what it was asked wrongly, before anything runs", async () => {
    writeFileSync(fileOf("broken"), "{");
    writeFileSync(join(folder, "file"), "");
    const lines = {
      nope: 'there is no notebook "nope"; there are:\n  01-acquire\n',
      "--nope": "Unknown option '--nope'",
      "one.ipynb --set z=1": "there is no parameter z; there are: k = 2",
      "one.ipynb --set k=x": 'one.ipynb: parameter k is 2: expected a number, found "x"',
      "broken.ipynb": "broken.ipynb is not a notebook: expected JSON",
      "one.ipynb --out file": "file cannot be written: a file is in the way",
    };
    const all = await Promise.all(Object.keys(lines).map((line) => run(line)));
    for (const [index, message] of Object.values(lines).entries()) {
      expect(all[index]).toMatchObject({ code: 1, stdout: "" });
      expect(all[index]?.stderr).toContain(message);
      expect(all[index]?.stderr).not.toMatch(/^\s+at /m);
    }
    expectNothingLeft();
  });

  it("keeps running when nobody reads what it says", async () => {
    const { child, ended } = start(["two.ipynb"]);
    child.stdout?.destroy();
    expect((await ended).code).toBe(0);
    expectNothingLeft();
  });
});

describe.skipIf(!canListProcesses)("npm start, ended by others", () => {
  /** The first notebook at work, and the kernel of the next one started. */
  async function startedTwo(...notebooks: string[]) {
    rmSync(reached, { force: true });
    const started = start(notebooks);
    expect(await eventually(() => existsSync(reached) && kernels().length === 2)).toBe(true);
    rmSync(reached);
    return started;
  }

  it.each(["SIGINT", "SIGTERM"] as const)(
    "ends on %s with everything it started, and keeps what ran",
    async (signal) => {
      rmSync(out, { recursive: true, force: true });
      const { child, ended } = await startedTwo("endless.ipynb", "two.ipynb");
      child.kill(signal);
      const done = await ended;
      expect([done.code, done.stderr.trim()]).toEqual([130, "interrupted"]);
      expect(codeCellsOf(result("endless"))[0]?.outputs).toMatchObject([{ text: "so far\n" }]);
      expect(existsSync(join(out, "endless.html"))).toBe(true);
      expectNothingLeft();
    },
  );

  it("ends early when it is interrupted while kernels start", async () => {
    const { child, ended } = start(["one.ipynb", "two.ipynb"]);
    expect(await eventually(() => kernels().length > 0)).toBe(true);
    child.kill("SIGINT");
    expect((await ended).code).toBe(130);
    expectNothingLeft();
  });

  it("leaves no kernel behind when it is killed, at work or while a kernel starts", async () => {
    const { child, ended } = await startedTwo("endless.ipynb", "two.ipynb");
    child.kill("SIGKILL");
    expect((await ended).signal).toBe("SIGKILL");
    expect(await eventually(() => kernels().length === 0)).toBe(true);
    expect(leftFiles()).toEqual([]);

    const early = start(["two.ipynb"]);
    const folders = () => readdirSync(scratch).filter((name) => name.includes("kernel"));
    expect(await eventually(() => folders().length > 0 && kernels().length > 0, 5)).toBe(true);
    early.child.kill("SIGKILL");
    await early.ended;
    expect(await eventually(() => kernels().length === 0)).toBe(true);
    expect(leftFiles()).toEqual([]);
  });
});
