import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { HELP, parseCommand } from "../../lib/cli/arguments";
import { PROJECT_ROOT } from "../../lib/keep/paths";
import { installKernelspec, kernelspecDir } from "../../lib/kernel/kernelspec";
import { newFolder } from "../support/new-folder";

// npm itself, called without the "--" that hands options on.

const folder = newFolder();
const isWindows = process.platform === "win32";

function npm(args: string[], env: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync("npm", [...args, "--silent"], {
    ...{ cwd: PROJECT_ROOT, encoding: "utf8", shell: isWindows },
    env: { ...process.env, JUPYTER_DATA_DIR: folder, ...env },
  });
  const warning = /^npm warn .*\n/gm;
  return { status, said: (stdout + stderr).replace(warning, "").split("\n")[0] };
}
const takenFrom = (name: string) =>
  `npm took --${name} for itself (npm_config_${name.replaceAll("-", "_")} is set); options of ours come after "--": `;

describe("an option that npm took", () => {
  it.each([
    ["start --seed 2", "seed", "npm start -- --seed 2"],
    ["start --seed=2", "seed", "npm start -- --seed 2"],
    ["start 04 --on-bad-rows=set-aside", "on-bad-rows", "npm start -- 04 --on-bad-rows set-aside"],
    ["start 04 --source files", "source", "npm start -- --source VALUE"],
    ["start --set k=3", "set", "npm start -- --set k=3"],
    ["start --set=k=3 --set=j=4", "set", "npm start -- --set k=3 --set j=4"],
    ["run db load --rows 5", "rows", "npm run db -- load --rows 5"],
  ])("with a value is a mistake, and what to type is said: npm %s", (line, name, typed) => {
    const { status, said } = npm(line.split(" "));
    expect(said).toBe(takenFrom(name) + typed);
    expect(status).toBe(1);
  });

  it("without a value counts as given", () => {
    installKernelspec(folder);
    const { status, said } = npm(["run", "kernel", "--remove"]);
    expect(said).toBe(`Removed the kernel from ${kernelspecDir(folder)}`);
    expect(status).toBe(0);
    expect(npm(["start", "--remove"]).said).toBe("--remove belongs to the command kernel");
  });

  it("is none of npm's own, whose settings would else be taken for it", () => {
    const { stdout } = spawnSync("npm", ["config", "ls", "-l", "--json"], {
      ...{ cwd: PROJECT_ROOT, encoding: "utf8", shell: isWindows },
    });
    const npms = Object.keys(JSON.parse(stdout));
    expect(npms).toContain("registry");
    const ours = [...HELP.matchAll(/--([a-z-]+)/g)].map(([, name]) => name);
    expect(ours).toContain("seed");
    // In a user's settings of npm it would make runs longer, and change nothing else.
    const harmless = ["force"];
    expect(ours.filter((name) => npms.includes(name as string))).toEqual(harmless);
  });

  it("by an npm that started something else is no concern of ours", () => {
    const own = join(PROJECT_ROOT, "package.json");
    const taken = { npm_config_seed: "2", npm_lifecycle_event: "start", npm_package_json: own };
    const parsed = (environment: Record<string, string>) => () => parseCommand([], environment);
    expect(parsed(taken)).toThrow("npm start -- --seed 2");
    expect(parsed({ npm_config_seed: "2" })).not.toThrow();
    expect(parsed({ ...taken, npm_lifecycle_event: "test" })).not.toThrow();
    expect(parsed({ ...taken, npm_package_json: join(folder, "package.json") })).not.toThrow();
    // npm's word for false
    expect(parsed({ ...taken, npm_config_seed: "" })).not.toThrow();
  });
});
