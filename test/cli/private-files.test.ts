import { spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  mkdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PROJECT_ROOT } from "../../lib/keep/paths";
import { SETTING_NAMES } from "../../lib/keep/settings";
import { notebookOf } from "../support/notebook";
import { canBeOther, listedByOther, openFolder, readByOther } from "../support/other-user";

// The real commands in a copy of the project, with a umask that keeps nothing from anybody, and
// another user of the machine who looks at what they leave.

const project = openFolder("private-files-");
const at = (...names: string[]) => join(project, ...names);
const mode = (...names: string[]) => (statSync(at(...names)).mode & 0o777).toString(8);

beforeAll(() => {
  for (const name of ["lib", "package.json", "package-lock.json", "tsconfig.json"]) {
    cpSync(join(PROJECT_ROOT, name), at(name), { recursive: true });
  }
  symlinkSync(join(PROJECT_ROOT, "node_modules"), at("node_modules"));
  for (const name of ["notebooks", "data", "data/cache", "out", "mine"]) {
    mkdirSync(at(name));
    chmodSync(at(name), 0o755);
  }
  for (const name of ["data/cache/old.parquet", "out/old.html", "mine/old.txt"]) {
    writeFileSync(at(name), "who read what");
    chmodSync(at(name), 0o644);
  }
  const cells = [
    'import { acquireLogs, saveCsv } from "./lib";',
    'const { logs } = await acquireLogs({ source: "sample", rows: 100 });',
    'saveCsv(logs.head(3), "three.csv");',
  ];
  writeFileSync(at("notebooks", "01-small.ipynb"), JSON.stringify(notebookOf(...cells)));
});
afterAll(() => rmSync(project, { recursive: true }));

function command(...args: string[]) {
  const env: NodeJS.ProcessEnv = { ...process.env, INIT_CWD: project };
  for (const name of Object.values(SETTING_NAMES)) delete env[name];
  const line = 'umask 000; exec "$0" --require ./lib/typescript.cjs lib/cli.ts "$@"';
  return spawnSync("sh", ["-c", line, process.execPath, ...args], {
    cwd: project,
    env,
    encoding: "utf8",
  });
}

const RESULTS = ["01-small.html", "01-small.ipynb", "index.html", "three.csv"];
const WARNING = ".env can be read by other users of this machine: chmod 600 .env\n";

describe.skipIf(process.platform === "win32")("what is written (not on Windows)", () => {
  it("is for its owner alone, and so is what an earlier version left", () => {
    const ran = command("run");
    expect(ran).toMatchObject({ status: 0, stderr: "" });
    expect([mode("out"), mode("data", "cache"), mode("data")]).toEqual(["700", "700", "755"]);
    for (const name of RESULTS) expect(mode("out", name), name).toBe("600");
  });

  it.skipIf(!canBeOther)("is nothing that another user can see (needs root)", () => {
    expect(readByOther(at("lib"))).toContain("cli.ts");
    expect(readByOther(at("mine"))).toEqual(["old.txt"]);
    expect(readByOther(at("out"))).toEqual([]);
    expect(readByOther(at("data"))).toEqual([]);
    expect(listedByOther(at("out"))).toBeUndefined();
    expect(listedByOther(at("data", "cache"))).toBeUndefined();
  });

  it("leaves a folder of the user's own as it is", () => {
    expect(command("run", "--out", "mine")).toMatchObject({ status: 0, stderr: "" });
    expect(mode("mine")).toBe("755");
    for (const name of RESULTS) expect(mode("mine", name), name).toBe("600");
    if (canBeOther) expect(readByOther(at("mine"))).toEqual(["old.txt"]);
  });

  it("warns once a command of a password that others can read", () => {
    writeFileSync(at(".env"), "CURRICULUM_LOGS_PASSWORD=hunter2\n");
    chmodSync(at(".env"), 0o644);
    expect(command("run")).toMatchObject({ status: 0, stderr: WARNING });
    const read = command("db", "read");
    expect(read.status).toBe(1);
    expect(read.stderr.split(WARNING)).toHaveLength(2);
    expect(read.stderr).toContain("MySQL needs CURRICULUM_LOGS_USER");
    chmodSync(at(".env"), 0o600);
    expect(command("db", "read").stderr).not.toContain("chmod");
  });
});
