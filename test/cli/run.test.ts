import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { PROJECT_ROOT } from "../../lib/keep/paths";
import type { Notebook } from "../../lib/notebook/nbformat";
import { codeCell, codeCellsOf, markdownCell, notebookOf } from "../support/notebook";
import { folderOf, VICTIM, whyNoOtherUser } from "../support/other-users";
import { canListProcesses, processesWith } from "../support/processes";
import { pythonWith } from "../support/python";
import { smallDisk } from "../support/small-disk";

// The command itself, in real processes: what it prints, writes, and leaves behind (nothing).

const folder = mkdtempSync(join(tmpdir(), "cli-run-"));
/** For the temporary files of the command and its kernels alone. */
const scratch = join(folder, "tmp");
const out = join(folder, "out");

/** Tells this test that a cell is at work. */
const reached = join(folder, "reached");
const SAY_REACHED = `require("node:fs").writeFileSync(${JSON.stringify(reached)}, "");`;

const NOTEBOOKS: Record<string, Notebook> = {
  one: notebookOf(
    markdownCell("# The first"),
    codeCell("const k = 2; // deviations", ["parameters"]),
    "console.log(k, process.env.CURRICULUM_LOGS_SOURCE, process.env.CURRICULUM_LOGS_ROWS, process.env.CURRICULUM_LOGS_SEED);",
  ),
  environment: notebookOf("console.log(JSON.stringify(process.env))"),
  two: notebookOf('import { COLUMNS } from "./lib/log/columns";\nCOLUMNS.pages[0]'),
  wrong: notebookOf("console.log('so far');", "const a = 1;\nconst b: string = a;", "1"),
  hostile: notebookOf('throw new Error("\\u001b[2J\\u202e");'),
  endless: notebookOf('console.log("so far");', `${SAY_REACHED} while (true) {}`),
  waiting: notebookOf('console.log("so far");', "await new Promise(() => {});"),
  unclaimed: {
    ...notebookOf(markdownCell("# Report\n\nIn 2019 and after."), "console.log('so far');"),
    metadata: { curriculum_logs: { claims: "required" } },
  },
  dying: notebookOf('process.kill(process.pid, "SIGKILL"); await new Promise(() => {});'),
};

beforeAll(() => {
  mkdirSync(scratch);
  for (const [name, notebook] of Object.entries(NOTEBOOKS)) {
    writeFileSync(join(folder, `${name}.ipynb`), JSON.stringify(notebook));
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Outcome {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  /** Without the notices. */
  stderr: string;
  /** What is said of notebooks that are not the project's, as all of these are. */
  notices: string[];
}

const NOTICE = /^.* is not one of this project's notebooks: .*\n/gm;

const children: ChildProcess[] = [];
// A test that fails half-way must not leave its kernels to the next one.
afterEach(async () => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  rmSync(reached, { force: true });
  await eventually(() => kernels().length === 0);
});

function start(
  args: string[],
  env: Record<string, string> = {},
  within: string[] = [],
): { child: ChildProcess; ended: Promise<Outcome> } {
  const [command = "", ...rest] = [...within, process.execPath];
  const child = spawn(
    command,
    [...rest, "--require", "./lib/typescript.cjs", "lib/cli.ts", "run", "--out", out, ...args],
    {
      cwd: PROJECT_ROOT,
      env: { ...process.env, TMPDIR: scratch, TEMP: scratch, INIT_CWD: folder, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  children.push(child);
  let stdout = "";
  let stderr = "";
  child.stdout?.setEncoding("utf8").on("data", (text) => (stdout += text));
  child.stderr?.setEncoding("utf8").on("data", (text) => (stderr += text));
  const ended = new Promise<Outcome>((resolve) => {
    child.once("close", (code, signal) => {
      const notices = stderr.match(NOTICE) ?? [];
      resolve({ code, signal, stdout, stderr: stderr.replace(NOTICE, ""), notices });
    });
  });
  return { child, ended };
}

const run = (...args: string[]): Promise<Outcome> => start(args).ended;
const result = (name: string): Notebook =>
  JSON.parse(readFileSync(join(out, `${name}.ipynb`), "utf8"));

async function eventually(holds: () => boolean, wait = 50): Promise<boolean> {
  // Long enough for a machine that does much else at once.
  for (let waited = 0; waited < 40_000; waited += wait) {
    if (holds()) return true;
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
  return false;
}

const leftFiles = () => [
  ...readdirSync(scratch),
  ...(existsSync(out) ? readdirSync(out).filter((name) => !/\.(ipynb|html)$/.test(name)) : []),
];
const kernels = () => (canListProcesses ? processesWith(scratch) : []);

function expectNothingLeft(): void {
  expect(kernels()).toEqual([]);
  expect(leftFiles()).toEqual([]);
}

describe("npm start", () => {
  it("runs notebooks, and writes them, their pages and an index", async () => {
    const done = await run("one.ipynb", "two.ipynb");
    expect(done.stderr).toBe("");
    expect(done).toMatchObject({ code: 0, stderr: "" });
    expect(done.stdout).toMatch(
      /^\[1\/2\] one {2}2 cells {2}[\d.]+ s\n\[2\/2\] two {2}1 cell {2}[\d.]+ s\n\n2 of 2 notebooks ran, [\d.]+ s in all\.\nOpen: file:.*index\.html\n$/,
    );
    for (const file of ["one.html", "one.ipynb", "two.html", "two.ipynb", "index.html"]) {
      expect(existsSync(join(out, file))).toBe(true);
    }
    expect(codeCellsOf(result("two"))[0]?.outputs).toMatchObject([{ text: "pages\n" }]);
    expectNothingLeft();
  });

  it("hands settings to the kernels and says in the result what it set", async () => {
    const done = await run(..."one.ipynb --set k=3 --source sample --rows 9 --seed 7".split(" "));
    expect(done).toMatchObject({ code: 0, stderr: "" });
    const notebook = result("one");
    expect(notebook.cells[1]?.source).toBe("const k = 3; // deviations");
    expect(notebook.cells[2]?.source).toContain("`k = 3` (the notebook has `2`)");
    expect(codeCellsOf(notebook)[1]?.outputs).toMatchObject([{ text: "3 sample 9 7\n" }]);
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
      LC_ALL: "C.UTF-8",
    };
    const environmentOf = async (...args: string[]) => {
      const done = await start(["environment.ipynb", ...args], secrets).ended;
      expect(done).toMatchObject({ code: 0, stderr: "" });
      const output = codeCellsOf(result("environment"))[0]?.outputs[0] as { text: string };
      return { notices: done.notices, environment: JSON.parse(output.text) };
    };
    const plain = await environmentOf();
    expect(plain.notices).toEqual([
      `${join(folder, "environment.ipynb")} is not one of this project's notebooks: it runs with your rights and can read your files, .env included; the settings of the database are not handed to it (--source mysql does).\n`,
    ]);
    expect(plain.environment).toMatchObject({ PATH: process.env.PATH, LC_ALL: "C.UTF-8" });
    for (const name of Object.keys(secrets)) {
      if (name !== "LC_ALL") expect(plain.environment).not.toHaveProperty(name);
    }
    const asked = await environmentOf("--source", "mysql");
    expect(asked.notices[0]).toContain("--source mysql hands it the settings of the database");
    expect(asked.environment).toMatchObject({
      CURRICULUM_LOGS_SOURCE: "mysql",
      CURRICULUM_LOGS_PASSWORD: "hunter2",
    });
    expect(asked.environment).not.toHaveProperty("AWS_SECRET_ACCESS_KEY");
  });

  it("writes notebooks that Jupyter's own library accepts", (context) => {
    const python = pythonWith("nbformat");
    if (!python) return context.skip("Python's nbformat is not installed");
    const script =
      "import sys, nbformat\nfor f in sys.argv[1:]: nbformat.validate(nbformat.read(f, 4))";
    const files = [join(out, "one.ipynb"), join(out, "two.ipynb")];
    const check = spawnSync(python, ["-c", script, ...files]);
    expect(String(check.stderr)).toBe("");
    expect(check.status).toBe(0);
  });

  it("stops at a cell that fails, points at it, and keeps what ran", async () => {
    const done = await run("wrong.ipynb", "one.ipynb");
    expect(done.code).toBe(1);
    expect(done.stderr.trim()).toBe(
      [
        `${join(folder, "wrong.ipynb")} cell 2:2:7 - error TS2322: Type 'number' is not assignable to type 'string'.`,
        "",
        "  1 | const a = 1;",
        "> 2 | const b: string = a;",
        "    |       ^",
      ].join("\n"),
    );
    expect(done.stdout).toContain("[1/2] wrong  2 cells");
    expect(done.stdout).toContain("stopped in cell 2");
    expect(codeCellsOf(result("wrong")).map((cell) => cell.outputs)).toMatchObject([
      [{ text: "so far\n" }],
      [{ output_type: "error", ename: "TS2322" }],
      [],
    ]);
    expect(readFileSync(join(out, "wrong.html"), "utf8")).toContain("so far");
    expectNothingLeft();
  });

  it("fails a report with a number that no claim stands for, and keeps its page", async () => {
    const done = await run("unclaimed.ipynb", "one.ipynb");
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
    const done = await run("endless.ipynb", "one.ipynb", "--timeout", "12");
    expect(done.code).toBe(1);
    expect(done.stderr.trim()).toBe(
      `${join(folder, "endless.ipynb")} cell 2 - ran longer than 12 s: raise it with --timeout`,
    );
    expect(codeCellsOf(result("endless"))[0]?.outputs).toMatchObject([{ text: "so far\n" }]);
    expectNothingLeft();
  });

  it("says when a kernel died", async () => {
    const done = await run("dying.ipynb", "one.ipynb");
    expect(done.code).toBe(1);
    expect(done.stderr.trim()).toBe(
      `${join(folder, "dying.ipynb")} cell 1 - the kernel was ended by SIGKILL`,
    );
    expectNothingLeft();
  });

  it.skipIf(!canListProcesses).each(["SIGINT", "SIGTERM"] as const)(
    "ends on %s with everything it started, and keeps what ran",
    async (signal) => {
      rmSync(out, { recursive: true, force: true });
      const { child, ended } = start(["endless.ipynb", "one.ipynb"]);
      // The first at work, and the next one started.
      expect(await eventually(() => existsSync(reached) && kernels().length === 2)).toBe(true);
      child.kill(signal);
      const done = await ended;
      expect(done.code).toBe(130);
      expect(done.stderr.trim()).toBe("interrupted");
      expect(codeCellsOf(result("endless"))[0]?.outputs).toMatchObject([{ text: "so far\n" }]);
      expect(existsSync(join(out, "endless.html"))).toBe(true);
      expectNothingLeft();
    },
  );

  it.skipIf(!canListProcesses)(
    "ends early when it is interrupted while kernels start",
    async () => {
      const { child, ended } = start(["one.ipynb", "two.ipynb"]);
      expect(await eventually(() => kernels().length > 0)).toBe(true);
      child.kill("SIGINT");
      expect((await ended).code).toBe(130);
      expectNothingLeft();
    },
  );

  it.skipIf(!canListProcesses)("leaves no kernel behind when it is killed itself", async () => {
    const { child, ended } = start(["endless.ipynb", "waiting.ipynb"]);
    expect(await eventually(() => existsSync(reached) && kernels().length === 2)).toBe(true);
    child.kill("SIGKILL");
    expect((await ended).signal).toBe("SIGKILL");
    expect(await eventually(() => kernels().length === 0)).toBe(true);
    expect(leftFiles()).toEqual([]);
  });

  it.skipIf(!canListProcesses)(
    "leaves nothing when it is killed while a kernel starts",
    async () => {
      const { child, ended } = start(["one.ipynb"]);
      const folders = () => readdirSync(scratch).filter((name) => name.includes("kernel"));
      expect(await eventually(() => folders().length > 0 && kernels().length > 0, 5)).toBe(true);
      child.kill("SIGKILL");
      await ended;
      expect(await eventually(() => kernels().length === 0)).toBe(true);
      expect(leftFiles()).toEqual([]);
    },
  );

  it("says in one line what it was asked wrongly, before anything runs", async () => {
    writeFileSync(join(folder, "broken.ipynb"), "{");
    writeFileSync(join(folder, "file"), "");
    const lines: [string, string][] = [
      ["nope", 'there is no notebook "nope"; there are:\n  01-acquire\n'],
      ["--nope", "Unknown option '--nope'"],
      ["one.ipynb --set z=1", "there is no parameter z; there are: k = 2"],
      ["one.ipynb --set k=x", 'one.ipynb: parameter k is 2: expected a number, found "x"'],
      ["broken.ipynb", "broken.ipynb is not a notebook: expected JSON"],
      ["one.ipynb --out file", "file cannot be written: a file is in the way"],
    ];
    const all = await Promise.all(lines.map(([line]) => run(...line.split(" "))));
    for (const [index, [, message]] of lines.entries()) {
      expect(all[index]).toMatchObject({ code: 1, stdout: "" });
      expect(all[index]?.stderr).toContain(message);
      expect(all[index]?.stderr).not.toMatch(/^\s+at /m);
    }
    expectNothingLeft();
  });

  it("keeps running when nobody reads what it says", async () => {
    const { child, ended } = start(["one.ipynb"]);
    child.stdout?.destroy();
    expect((await ended).code).toBe(0);
    expectNothingLeft();
  });

  describe("over an earlier run's results", () => {
    const bytesIn = (place: string) =>
      new Map(readdirSync(place).map((name) => [name, readFileSync(join(place, name), "latin1")]));

    /** Runs a notebook of few words, then the same with many, which are not to be written. */
    async function runTwice(place: string, second: () => Promise<Outcome>) {
      const put = (code: string) =>
        writeFileSync(join(folder, "growing.ipynb"), JSON.stringify(notebookOf(code)));
      put("1");
      expect((await run("growing.ipynb", "--out", place)).code).toBe(0);
      const before = bytesIn(place);
      expect([...before.keys()].sort()).toEqual(["growing.html", "growing.ipynb", "index.html"]);
      put('console.log("x".repeat(300_000))');
      const done = await second();
      expect(done.code).toBe(1);
      expect(bytesIn(place)).toEqual(before);
      expectNothingLeft();
      return done;
    }

    it("leaves them whole on a disk that gets full", async (context) => {
      const place = join(folder, "small");
      const disk = smallDisk(place, "300k");
      if (typeof disk === "string") return context.skip(disk);
      try {
        const done = await runTwice(place, () => run("growing.ipynb", "--out", place));
        expect(done.stderr).toBe(
          `${join(place, "growing.ipynb")} cannot be written: no space is left on the disk (ENOSPC). Make room, or choose another folder.\n`,
        );
      } finally {
        disk.remove();
      }
    });

    it.skipIf(process.platform === "win32")("leaves them whole past a file's limit", async () => {
      const limited = join(folder, "limited");
      const within = ["bash", "-c", 'ulimit -f 60; exec "$@"', "bash"];
      const done = await runTwice(
        limited,
        () => start(["growing.ipynb", "--out", limited], {}, within).ended,
      );
      expect(done.stderr).toBe(
        `${join(limited, "growing.ipynb")} cannot be written: the file is larger than files may be here (EFBIG). Raise the limit (ulimit -f), or write less.\n`,
      );
    });

    it("shows what could be written before in the index, beside what is left of before", async (context) => {
      const place = join(folder, "half");
      const disk = smallDisk(place, "300k");
      if (typeof disk === "string") return context.skip(disk);
      try {
        const before = await runTwice(place, () => run("growing.ipynb", "--out", place));
        const done = await run("one.ipynb", "growing.ipynb", "--out", place);
        expect(done).toMatchObject({ code: 1, stderr: before.stderr });
        const files = ["growing.html", "growing.ipynb", "index.html", "one.html", "one.ipynb"];
        expect(readdirSync(place).sort()).toEqual(files);
        const index = readFileSync(join(place, "index.html"), "utf8");
        for (const name of ["one", "growing"]) expect(index).toContain(`href="${name}.html"`);
      } finally {
        disk.remove();
      }
    });

    it("says in one line that the folder for temporary files is full", async (context) => {
      const place = join(folder, "temporary");
      const disk = smallDisk(place, "4k");
      if (typeof disk === "string") return context.skip(disk);
      try {
        writeFileSync(join(place, "filler"), Buffer.alloc(4096));
        const done = await start(["one.ipynb"], { TMPDIR: place }).ended;
        expect(done.code).toBe(1);
        expect(done.stderr.trim().split("\n")).toHaveLength(1);
        expect(done.stderr).toContain(place);
      } finally {
        disk.remove();
      }
    });

    it("sweeps what a killed run left, once it is an hour old", async () => {
      const left = join(out, `.unfinished-${"a".repeat(16)}-one.html`);
      mkdirSync(out, { recursive: true });
      writeFileSync(left, "");
      utimesSync(left, 1, 1);
      expect((await run("one.ipynb")).code).toBe(0);
      expectNothingLeft();
    });
  });

  it("says in one line that a disk is full", async (context) => {
    const disk = join(folder, "disk");
    mkdirSync(disk);
    const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", disk]);
    if (mounted.status !== 0) context.skip("no small disk can be mounted here (needs root)");
    try {
      const filler = openSync(join(disk, "filler"), "w");
      try {
        for (;;) writeFileSync(filler, Buffer.alloc(4096));
      } catch {
        closeSync(filler);
      }
      const done = await run("one.ipynb", "two.ipynb", "--out", disk);
      expect(done.code).toBe(1);
      expect(done.stderr).toBe(
        `${join(disk, "one.ipynb")} cannot be written: no space is left on the disk (ENOSPC). Make room, or choose another folder.\n`,
      );
      expect(readdirSync(disk)).toEqual(["filler"]);
      expectNothingLeft();
    } finally {
      spawnSync("umount", [disk]);
    }
  });
});

describe.skipIf(process.platform === "win32")("npm start where there is little to be had", () => {
  const openFiles = (most: number) => ["sh", "-c", `ulimit -n ${most}; exec "$@"`, "sh"];
  const LINE =
    /^the kernel [^\n]*\. This (?:process|user) may [^\n]*: raise ulimit -[nu], [^\n]*\n$/;

  it("runs with 64 open files, and says in one line that there are too few", async () => {
    const enough = await start(["two.ipynb"], {}, openFiles(64)).ended;
    expect(enough).toMatchObject({ code: 0, stderr: "" });
    const { code, stderr } = await start(["two.ipynb"], {}, openFiles(28)).ended;
    expect(stderr).toMatch(LINE);
    expect(code).toBe(1);
    expectNothingLeft();
  });

  it("says in one line that there are too few processes", async (context) => {
    const why = whyNoOtherUser();
    if (why) return context.skip(why);
    const theirs = folderOf(VICTIM, join(folder, "theirs"));
    for (const each of [folder, scratch]) chmodSync(each, 0o777);
    const user = ["setpriv", "--reuid", `${VICTIM}`, "--regid", `${VICTIM}`, "--clear-groups"];
    const within = ["prlimit", "--nproc=24", ...user];
    const { code, stderr } = await start(["two.ipynb", "--out", theirs], {}, within).ended;
    expect(stderr).toMatch(/^the kernel [^\n]*\n$/);
    expect(code).toBe(1);
    expectNothingLeft();
  });

  it("runs without a network, loopback included", async (context) => {
    if (spawnSync("unshare", ["-n", "true"]).status !== 0) {
      return context.skip("no network can be taken away here (needs root and unshare)");
    }
    const done = await start(["two.ipynb"], {}, ["unshare", "-n"]).ended;
    expect(done).toMatchObject({ code: 0, stderr: "" });
    expectNothingLeft();
  });

  it("runs when the folder for temporary files is not there", async () => {
    const done = await start(["two.ipynb"], { TMPDIR: join(folder, "none") }).ended;
    expect(done).toMatchObject({ code: 0, stderr: "" });
    expectNothingLeft();
  });

  it("says in one line that no folder can be made for sockets", async (context) => {
    if (!existsSync("/dev/shm")) return context.skip("there is no folder beside /tmp");
    const out = mkdtempSync("/dev/shm/cli-run-");
    const script = `mount --bind /tmp /tmp && mount -o remount,ro,bind /tmp && exec "$@"`;
    try {
      const within = ["unshare", "-m", "sh", "-c", script, "sh"];
      if (spawnSync("unshare", [...within.slice(1), "true"]).status !== 0) {
        return context.skip("/tmp cannot be made read-only here (needs root and unshare)");
      }
      const env = { TMPDIR: "/tmp" };
      const { code, stderr } = await start(["two.ipynb", "--out", out], env, within).ended;
      expect(stderr).toMatch(
        /^a kernel needs a folder for its sockets, and none can be made: .*\n$/,
      );
      expect(code).toBe(1);
    } finally {
      rmSync(out, { recursive: true });
    }
  });
});
