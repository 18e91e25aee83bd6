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
const MYSQL = { ...DATABASE, CURRICULUM_LOGS_SOURCE: "mysql" };
const FILES = { ...DATABASE, CURRICULUM_LOGS_SOURCE: "files" };
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
  it("has how to reach the database where a notebook of the project reads from it, or where the command line says so", () => {
    expect(settingsOf({}, true)).toMatchObject(DATABASE);
    expect(settingsOf({ source: "mysql" }, true)).toMatchObject(MYSQL);
    expect(settingsOf({}, true, MYSQL)).toMatchObject(MYSQL);
    expect(settingsOf({ source: "mysql" }, true, FILES)).toMatchObject(MYSQL);
    expect(settingsOf({ source: "mysql" }, false)).toMatchObject(DATABASE);
    for (const settings of [
      settingsOf({ source: "sample" }, true),
      settingsOf({}, true, FILES),
      settingsOf({}, true, { CURRICULUM_LOGS_PASSWORD: "hunter2" }),
      settingsOf({}, false),
      settingsOf({}, false, MYSQL),
    ]) {
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

it("takes for the project's notebook what lies in its folder, and no link, neighbour or way around", () => {
  const own = join(folder.path(), "notebooks");
  mkdirSync(join(own, "exercises"), { recursive: true });
  mkdirSync(join(folder.path(), "notebooks-of-others"));
  const stranger = folder.put("notebooks-of-others/a.ipynb", "{}");
  symlinkSync(stranger, join(own, "link.ipynb"));
  for (const name of ["a.ipynb", "exercises/a.ipynb", "..a.ipynb"])
    expect(isOwnNotebook(folder.put(`notebooks/${name}`, "{}"), own)).toBe(true);
  const around = `${own}/../notebooks-of-others/a.ipynb`;
  for (const path of [stranger, join(own, "link.ipynb"), around])
    expect(isOwnNotebook(path, own)).toBe(false);
  expect(isOwnNotebook(stranger, join(folder.path(), "none"))).toBe(false);
  expect(isOwnNotebook(join(NOTEBOOKS_DIR, "01-acquire.ipynb"))).toBe(true);
});

it("gives kernels what processes, locales and Node need, in Windows' spelling too, and nothing else", () => {
  const named = (names: string) =>
    Object.fromEntries(names.split(/\s+/).map((name) => [name, "x"]));
  const kept = named(
    "Path HOME LC_TIME TZ NODE_OPTIONS SystemRoot CURRICULUM_LOGS_SEED POLARS_MAX_THREADS",
  );
  const secrets = named(`AWS_SECRET_ACCESS_KEY GITHUB_TOKEN NODE_AUTH_TOKEN npm_config_registry
    CURRICULUM_LOGS_PASSWORD CURRICULUM_LOGS_HOST HTTPS_PROXY`);
  expect(neededByKernel({ ...kept, ...secrets })).toEqual(kept);
});
