import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { installKernelspec, jupyterDataDir, removeKernelspec } from "../../lib/kernel/kernelspec";
import { newFolder } from "../support/new-folder";
import { notebookOf } from "../support/notebook";
import { pythonWith } from "../support/python";

// https://docs.jupyter.org/en/latest/use/jupyter-directories.html
it.each<[NodeJS.Platform, Record<string, string>, string]>([
  ["linux", {}, "/home/ada/.local/share/jupyter"],
  ["linux", { XDG_DATA_HOME: "/x" }, "/x/jupyter"],
  ["linux", { JUPYTER_DATA_DIR: "/j", XDG_DATA_HOME: "/x" }, "/j"],
  ["darwin", {}, "/home/ada/Library/Jupyter"],
  ["win32", { APPDATA: "/r" }, join("/r", "jupyter")],
])("finds Jupyter's folder on %s with %j", (platform, env, folder) => {
  expect(jupyterDataDir(env, platform, "/home/ada")).toBe(folder);
});

describe("the kernelspec", () => {
  const folder = newFolder();

  it("is installed as Jupyter reads it, and removed without a trace", () => {
    const installed = installKernelspec(folder);
    const spec = JSON.parse(readFileSync(join(installed, "kernel.json"), "utf8"));
    const argv = [process.execPath, join(installed, "start.cjs"), "{connection_file}"];
    const display_name = "Curriculum logs (TypeScript)";
    expect(spec).toMatchObject({ display_name, language: "typescript", argv });
    expect(readdirSync(join(folder, "kernels"))).toEqual(["curriculum-logs"]);
    removeKernelspec(folder);
    expect(readdirSync(join(folder, "kernels"))).toEqual([]);
    removeKernelspec(folder);
  });

  it.skipIf(process.platform === "win32")(
    "may be read by others, and written by nobody else, whatever the umask and an earlier version",
    () => {
      const umask = process.umask(0);
      try {
        const installed = installKernelspec(folder);
        const paths = ["", "kernel.json", "start.cjs"].map((name) => join(installed, name));
        const modes = () => paths.map((path) => (statSync(path).mode & 0o777).toString(8));
        expect(modes()).toEqual(["755", "644", "644"]);
        for (const path of paths) chmodSync(path, 0o777);
        installKernelspec(folder);
        expect(modes()).toEqual(["755", "644", "644"]);
      } finally {
        process.umask(umask);
        removeKernelspec(folder);
      }
    },
  );

  it("says in one line where it cannot be installed", () => {
    const file = join(folder, "file");
    writeFileSync(file, "");
    expect(() => installKernelspec(file)).toThrow(
      /curriculum-logs cannot be written: a part of the path is not a folder \(ENOTDIR\)\. Remove it, or choose another folder\.$/,
    );
    rmSync(file);
  });

  it("says to install it again when the project is not where it was", () => {
    const installed = installKernelspec(folder, join(folder, "moved"));
    const start = [join(installed, "start.cjs"), "none.json"];
    const started = spawnSync(process.execPath, start, { encoding: "utf8" });
    expect(started.status).toBe(1);
    const words = `The kernel's project is not at ${join(folder, "moved")} any more`;
    expect(started.stderr).toContain(words);
    expect(started.stderr).toContain("npm ci && npm run kernel");
    expect(existsSync(join(folder, "moved"))).toBe(false);
  });

  it("runs notebooks in Jupyter's own tools, which see what fails", (context) => {
    const python = pythonWith("nbconvert, nbclient");
    if (!python) return context.skip("Python's nbconvert is not installed");
    installKernelspec(folder);
    const execute = (name: string, ...cells: string[]) => {
      const file = join(folder, `${name}.ipynb`);
      writeFileSync(file, JSON.stringify(notebookOf(...cells)));
      const args = ["-m", "nbconvert", "--to", "notebook", "--execute", "--stdout", file];
      // From the notebook's folder, as Jupyter does.
      const env = { ...process.env, JUPYTER_DATA_DIR: folder };
      return spawnSync(python, args, { cwd: folder, env, encoding: "utf8" });
    };
    const importing = 'import { COLUMNS } from "./lib/log/columns";';
    const good = execute("good", importing, "COLUMNS.pages[0]");
    expect(JSON.parse(good.stdout).cells[1].outputs[0].text).toEqual(["Int64\n"]);
    const bad = execute("bad", "const a: number = 1;\nthrow new RangeError('a is ' + a);");
    expect(bad.status).not.toBe(0);
    expect(bad.stderr).toContain("RangeError: a is 1\n    at cell[1]:2:7");
  });

  it("talks over files of this user's alone when Jupyter is told --KernelManager.transport=ipc", (context) => {
    const python = pythonWith("jupyter_client");
    if (!python) return context.skip("Python's jupyter_client is not installed");
    installKernelspec(folder);
    const sockets = join(folder, "sockets");
    mkdirSync(sockets);
    // As Jupyter's servers start kernels.
    const script = `
import os, sys
from traitlets.config import Config
from jupyter_client.multikernelmanager import MultiKernelManager
config = Config({"KernelManager": {"transport": "ipc"}})
kernels = MultiKernelManager(connection_dir=sys.argv[1], config=config)
kernel = kernels.start_kernel(kernel_name="curriculum-logs")
client = kernels.get_kernel(kernel).client()
client.start_channels()
client.wait_for_ready(timeout=60)
client.execute_interactive("console.log('ran')", timeout=60)
print(sum("-ipc-" in name for name in os.listdir(sys.argv[1])))
client.stop_channels()
kernels.shutdown_kernel(kernel)`;
    const env = { ...process.env, JUPYTER_DATA_DIR: folder };
    const done = spawnSync(python, ["-c", script, sockets], { env, encoding: "utf8" });
    expect(done.stdout, done.stderr).toBe("ran\n5\n");
    expect(readdirSync(sockets)).toEqual([]);
  });
});
