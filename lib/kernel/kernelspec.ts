import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { closeToOthers } from "../keep/own-folder";
import { PROJECT_ROOT } from "../keep/paths";
import { replaceFile } from "../keep/replaced-file";
import { inOneLine } from "../keep/write-error";
import { kernelFiles } from "./kernel-command";
import type { Environment } from "./kernel-environment";

/** The kernelspec's folder, and its name in notebooks. */
export const KERNEL_NAME = "curriculum-logs";
export const KERNEL_DISPLAY_NAME = "Curriculum logs (TypeScript)";

/** https://docs.jupyter.org/en/latest/use/jupyter-directories.html */
export function jupyterDataDir(
  env: Environment = process.env,
  platform: NodeJS.Platform = process.platform,
  home = homedir(),
): string {
  if (env.JUPYTER_DATA_DIR) return env.JUPYTER_DATA_DIR;
  if (platform === "darwin") return join(home, "Library", "Jupyter");
  if (platform === "win32") {
    return join(env.APPDATA ?? join(home, "AppData", "Roaming"), "jupyter");
  }
  return join(env.XDG_DATA_HOME || join(home, ".local", "share"), "jupyter");
}

export function installKernelspec(dataDir = jupyterDataDir(), root = PROJECT_ROOT): string {
  const folder = kernelspecDir(dataDir);
  const starter = join(folder, "start.cjs");
  const spec = {
    argv: [process.execPath, starter, "{connection_file}"],
    display_name: KERNEL_DISPLAY_NAME,
    language: "typescript",
    interrupt_mode: "signal",
    metadata: { debugger: false, project: root },
  };
  inOneLine(folder, () => {
    // Security: others may read it, but what they wrote would run as this user.
    mkdirSync(folder, { recursive: true, mode: 0o755 });
    closeToOthers(folder, 0o022);
    replaceFile(starter, starterSource(root), { mode: 0o644 });
    const json = `${JSON.stringify(spec, null, 2)}\n`;
    replaceFile(join(folder, "kernel.json"), json, { mode: 0o644 });
  });
  return folder;
}

export function removeKernelspec(dataDir = jupyterDataDir()): string {
  const folder = kernelspecDir(dataDir);
  rmSync(folder, { recursive: true, force: true });
  return folder;
}

export function kernelspecDir(dataDir: string): string {
  return join(dataDir, "kernels", KERNEL_NAME);
}

/** It lies outside the project, to have something to say when that is gone. */
function starterSource(root: string): string {
  const starter = readFileSync(join(__dirname, "kernelspec-start.cjs"), "utf8");
  return starter
    .replace('"ROOT"', () => JSON.stringify(root))
    .replace('["FILES"]', () => JSON.stringify(kernelFiles(root), null, 2));
}
