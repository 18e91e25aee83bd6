import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { RunOptions } from "../../lib/cli/arguments";
import { isOwnNotebook, kernelSettings } from "../../lib/cli/kernel-settings";
import { NOTEBOOKS_DIR } from "../../lib/keep/paths";
import { DATABASE_VARIABLES, SettingsError } from "../../lib/keep/settings";
import { neededByKernel } from "../../lib/kernel/kernel-environment";
import { useFolder } from "../support/tiny-logs";

const folder = useFolder();
const DATABASE = {
  CURRICULUM_LOGS_HOST: "db.example",
  CURRICULUM_LOGS_USER: "reader",
  CURRICULUM_LOGS_PASSWORD: "hunter2",
};
const settingsOf = (
  asked: Partial<RunOptions>,
  isOwn: boolean,
  outer: Record<string, string> = DATABASE,
) => {
  const options: RunOptions = { notebooks: [], set: {}, timeout: 1, ...asked };
  const where = { from: "/from", folder: "/out", isOwn, began: new Date() };
  return kernelSettings(options, where, { environment: outer, root: folder.path() });
};

describe("kernelSettings", () => {
  it("has how to reach the database where the project's notebooks read from it, and only there", () => {
    const from = { CURRICULUM_LOGS_SOURCE: "mysql", ...DATABASE };
    expect(settingsOf({}, true)).toMatchObject(DATABASE);
    expect(settingsOf({ source: "mysql" }, true)).toMatchObject(from);
    expect(settingsOf({}, true, from)).toMatchObject(from);
    const files = { ...DATABASE, CURRICULUM_LOGS_SOURCE: "files" };
    expect(settingsOf({ source: "mysql" }, true, files)).toMatchObject(from);
    for (const settings of [
      settingsOf({ source: "sample" }, true),
      settingsOf({}, true, files),
      settingsOf({}, true, { CURRICULUM_LOGS_PASSWORD: "hunter2" }),
    ]) {
      for (const name of DATABASE_VARIABLES) expect(settings[name]).toBeUndefined();
    }
  });

  it("has it for others only where the command line says so", () => {
    expect(settingsOf({ source: "mysql" }, false)).toMatchObject(DATABASE);
    for (const outer of [DATABASE, { ...DATABASE, CURRICULUM_LOGS_SOURCE: "mysql" }]) {
      const settings = settingsOf({}, false, outer);
      for (const name of DATABASE_VARIABLES) expect(settings[name]).toBeUndefined();
    }
  });

  it("has what the command line says before what the environment says", () => {
    const outer = { CURRICULUM_LOGS_ROWS: "5", CURRICULUM_LOGS_SEED: "6" };
    const asked = { rows: 9, anomalies: 0, data: "mine", onBadRows: "set-aside" };
    expect(settingsOf(asked, false, outer)).toMatchObject({
      CURRICULUM_LOGS_ROWS: "9",
      CURRICULUM_LOGS_SEED: "6",
      CURRICULUM_LOGS_ANOMALIES: "0",
      CURRICULUM_LOGS_DATA: "/from/mine",
      CURRICULUM_LOGS_ON_BAD_ROWS: "set-aside",
      CURRICULUM_LOGS_OUT: "/out",
    });
  });

  it("refuses a setting that is not as it must be, before anything runs", () => {
    const wrong = { CURRICULUM_LOGS_ROWS: "many" };
    expect(() => settingsOf({}, true, wrong)).toThrow(SettingsError);
  });
});

describe("isOwnNotebook", () => {
  it("holds for what lies in the project's folder, and for no link, neighbour or way around", () => {
    const own = join(folder.path(), "notebooks");
    mkdirSync(join(own, "exercises"), { recursive: true });
    mkdirSync(join(folder.path(), "notebooks-of-others"));
    const stranger = folder.put("notebooks-of-others/a.ipynb", "{}");
    symlinkSync(stranger, join(own, "link.ipynb"));
    const isOwn = (path: string) => isOwnNotebook(path, own);
    expect(isOwn(folder.put("notebooks/a.ipynb", "{}"))).toBe(true);
    expect(isOwn(folder.put("notebooks/exercises/a.ipynb", "{}"))).toBe(true);
    expect(isOwn(folder.put("notebooks/..a.ipynb", "{}"))).toBe(true);
    expect(isOwn(stranger)).toBe(false);
    expect(isOwn(join(own, "link.ipynb"))).toBe(false);
    expect(isOwn(`${own}/../notebooks-of-others/a.ipynb`)).toBe(false);
    expect(isOwnNotebook(stranger, join(folder.path(), "none"))).toBe(false);
    expect(isOwnNotebook(join(NOTEBOOKS_DIR, "01-acquire.ipynb"))).toBe(true);
  });
});

describe("neededByKernel", () => {
  it("keeps what processes, locales and Node need, in Windows' spelling too, and nothing else", () => {
    const needed = {
      Path: "x",
      HOME: "x",
      LC_TIME: "x",
      TZ: "x",
      NODE_OPTIONS: "x",
      SystemRoot: "x",
    };
    const settings = { CURRICULUM_LOGS_SEED: "2", POLARS_MAX_THREADS: "1" };
    const kept = { ...needed, ...settings };
    const others = [
      "AWS_SECRET_ACCESS_KEY",
      "GITHUB_TOKEN",
      "NODE_AUTH_TOKEN",
      "npm_config_registry",
    ];
    const secrets = [...others, "CURRICULUM_LOGS_PASSWORD", "CURRICULUM_LOGS_HOST", "HTTPS_PROXY"];
    const all = { ...kept, ...Object.fromEntries(secrets.map((name) => [name, "secret"])) };
    expect(neededByKernel(all)).toEqual(kept);
  });
});
