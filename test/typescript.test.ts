import { spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { PROJECT_ROOT } from "../lib/keep/paths";
import { kernelCommand } from "../lib/kernel/kernel-command";
import { installKernelspec } from "../lib/kernel/kernelspec";
import { packageJson } from "./support/lock-file";
import { notebookOf } from "./support/notebook";
import { ATTACKER, everybodysFolder, folderOf, VICTIM, whyNoOtherUser } from "./support/other-user";

// Another user of the machine prepares the folder in which tsx, left alone, looks for compiled code.

const noOther = whyNoOtherUser();
const COMMAND = ["--require", "./lib/typescript.cjs", "lib/cli.ts", "run"];
const TSX_ITSELF = ["--require", "tsx/cjs", "lib/cli.ts", "run"];

let temporary: string;
let poisoned: string;
beforeEach(() => {
  temporary = everybodysFolder();
  poisoned = join(temporary, "poisoned");
});
afterEach(() => rmSync(temporary, { recursive: true }));

function node(args: string[], user: number, env: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    ...{ cwd: PROJECT_ROOT, encoding: "utf8", uid: user, gid: user },
    env: { PATH: process.env.PATH, HOME: temporary, TMPDIR: temporary, ...env },
  });
  return { status, output: stdout + stderr };
}

/** Entries as tsx makes them, with code of the attacker's in each. */
function poison(folder: string, made: string): void {
  folderOf(ATTACKER, folder);
  for (const name of readdirSync(made)) {
    const text = readFileSync(join(made, name), "utf8");
    const entry = JSON.parse(text);
    const code = `require("node:fs").writeFileSync(${JSON.stringify(poisoned)}, "");${entry.code}`;
    writeFileSync(join(folder, name), JSON.stringify({ ...entry, code }));
  }
}

/** Code that tsx itself compiled for root, poisoned where it would look as the victim. */
function poisonTemporary(...compile: string[]): void {
  const { status, output } = node(compile, 0);
  expect([status, output]).toEqual([0, output]);
  const made = join(temporary, "tsx-0");
  poison(join(temporary, `tsx-${VICTIM}`), made);
  rmSync(made, { recursive: true });
}

describe.skipIf(noOther)(`code in everybody's temporary folder ${noOther}`, () => {
  it("is run by tsx itself, and by no command of this project", () => {
    poisonTemporary(...TSX_ITSELF, "--help");
    expect(node([...TSX_ITSELF, "--help"], VICTIM)).toMatchObject({ status: 0 });
    expect(existsSync(poisoned)).toBe(true);
    rmSync(poisoned);

    const done = node([...COMMAND, "--help"], VICTIM);
    expect(done).toMatchObject({ status: 0, output: expect.stringContaining("npm start") });
    expect(existsSync(poisoned)).toBe(false);
    expect(readdirSync(temporary)).toEqual([`tsx-${VICTIM}`]);
  });

  it("is not run by a kernel, ours or Jupyter's", () => {
    const out = folderOf(VICTIM, join(temporary, "out"));
    const file = join(temporary, "one.ipynb");
    writeFileSync(
      file,
      JSON.stringify(notebookOf('import { COLUMNS } from "./lib/log/columns"; COLUMNS.pages[0]')),
    );
    poisonTemporary(...TSX_ITSELF, "--help"); // loads some of what a kernel loads
    const [, ...start] = [...kernelCommand(PROJECT_ROOT), "none.json"];
    const byTsx = start.map((part) => part.replace(/^.*typescript\.cjs$/, "tsx/cjs"));
    node(byTsx, VICTIM);
    expect(existsSync(poisoned)).toBe(true);
    rmSync(poisoned);

    const done = node([...COMMAND, file, "--out", out], VICTIM);
    expect(done).toMatchObject({ status: 0 });
    const installed = installKernelspec(join(temporary, "jupyter"));
    const started = node([join(installed, "start.cjs"), "none.json"], VICTIM);
    expect(started.output).toContain("the kernel could not start");
    expect(existsSync(poisoned)).toBe(false);
  });
});

it("env.ts is compiled without everybody's temporary folder, under a runner without tsx too", () => {
  const env = { TMPDIR: temporary, TMP: temporary, TEMP: temporary };
  const load = (tsx: string) => {
    const script = "require(process.argv[1]).require('./env.example.ts', process.argv[2])";
    const options = { cwd: PROJECT_ROOT, env: { ...process.env, ...env } };
    const args = ["-e", script, tsx, join(PROJECT_ROOT, "here")];
    expect(spawnSync(process.execPath, args, options).status).toBe(0);
    return readdirSync(temporary).length;
  };
  expect(load("./lib/tsx.cjs")).toBe(0);
  expect(load("tsx/cjs/api")).toBe(1);
});

describe.skipIf(noOther)(`a pipe in everybody's temporary folder ${noOther}`, () => {
  it("is told by tsx itself what is loaded, and by this project nothing", async () => {
    const folder = folderOf(ATTACKER, join(temporary, `tsx-${VICTIM}`));
    const pipe = join(folder, `${process.pid}.pipe`);
    let told = 0;
    const server = createServer((socket) => {
      told++;
      socket.on("error", () => {}).resume();
    });
    await new Promise<void>((resolve) => server.listen(pipe, resolve));
    chmodSync(pipe, 0o777);
    const turn = () => new Promise((resolve) => setTimeout(resolve, 100));
    try {
      node([...TSX_ITSELF, "--help"], VICTIM);
      await turn();
      expect(told).toBe(1);
      node([...COMMAND, "--help"], VICTIM);
      await turn();
      expect(told).toBe(1);
    } finally {
      server.close();
    }
  });
});

describe("the folder for compiled code in the project", () => {
  const user = process.geteuid?.() ?? 0;
  let project: string;
  let compiled: string;
  beforeEach(() => {
    project = join(temporary, "project");
    compiled = join(project, "node_modules", `.compiled-${user}`);
    mkdirSync(join(project, "node_modules"), { recursive: true });
    for (const name of readdirSync(join(PROJECT_ROOT, "node_modules"))) {
      if (/^(tsx|@?esbuild)$/.test(name))
        symlinkSync(join(PROJECT_ROOT, "node_modules", name), join(project, "node_modules", name));
    }
    cpSync(join(PROJECT_ROOT, "lib/tsx.cjs"), join(project, "lib/tsx.cjs"));
    cpSync(join(PROJECT_ROOT, "lib/typescript.cjs"), join(project, "lib/typescript.cjs"));
    writeFileSync(
      join(project, "said.ts"),
      'const said: string = "written";\nconsole.log(said);\n',
    );
  });
  const say = () => {
    const args = ["--require", "./lib/typescript.cjs", "said.ts"];
    const env = { ...process.env, TMPDIR: temporary, TMP: temporary, TEMP: temporary };
    return spawnSync(process.execPath, args, { cwd: project, env, encoding: "utf8" }).stdout;
  };
  const entries = () => join(compiled, `tsx-${user}`);
  /** The entry with other words in it: whether it is used can be heard. */
  const change = () => {
    for (const name of readdirSync(entries())) {
      const text = readFileSync(join(entries(), name), "utf8");
      writeFileSync(join(entries(), name), text.replaceAll("written", "planted"));
    }
  };

  it.skipIf(process.platform === "win32")("is made for this user alone, and used", () => {
    expect(say()).toBe("written\n");
    expect(readdirSync(entries())).toHaveLength(1);
    change();
    expect(say()).toBe("planted\n");
  });

  it.skipIf(process.platform === "win32")("is not used when others could write to it", () => {
    say();
    change();
    for (const mode of [0o777, 0o720, 0o702]) {
      chmodSync(compiled, mode);
      expect(say()).toBe("written\n");
    }
  });

  it.skipIf(noOther)(`is not used when it is another user's, or elsewhere ${noOther}`, () => {
    say();
    change();
    chownSync(compiled, ATTACKER, ATTACKER);
    expect(say()).toBe("written\n");
    chownSync(compiled, user, user);
    expect(say()).toBe("planted\n");
    cpSync(compiled, join(temporary, "elsewhere"), { recursive: true });
    rmSync(compiled, { recursive: true });
    symlinkSync(join(temporary, "elsewhere"), compiled);
    expect(say()).toBe("written\n");
  });

  it("is done without where it cannot be made", () => {
    writeFileSync(compiled, "a file is in the way");
    expect(say()).toBe("written\n");
    expect(readdirSync(temporary)).toEqual(["project"]);
  });
});

it("no command of package.json runs tsx itself", () => {
  const { scripts } = packageJson();
  const commands = Object.values(scripts).filter((command) => /^(node|tsx)\b/.test(command));
  const wrong = commands.filter(
    (command) =>
      !/^node (--require \.\/lib\/typescript\.cjs (lib|test)|node_modules)\//.test(command),
  );
  expect(wrong).toEqual([]);
});
