/**
 * What the kernelspec starts: tslab's kernel with errors that point into cells. With `--owned` it
 * ends with our runner, removes the connection file's folder and prints its ports as JSON. With
 * `--compiled FILE` it runs these cells, with `--library` it loads the library first.
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { PROJECT_ROOT } from "../keep/paths";
import { CellCompiler } from "./cells/cell-compiler";
import { exitWithParent } from "./cells/exit-with-parent";
import { showWrittenLines } from "./cells/stack-frames";

interface Options {
  owned?: boolean;
  compiled?: string;
  library?: boolean;
}

async function startKernel(connectionFile: string, options: Options): Promise<void> {
  const { owned = false, compiled, library = false } = options;
  if (owned) exitWithParent(connectionFile);
  process.chdir(PROJECT_ROOT);
  const cells = new CellCompiler(compiled);
  // A person's next cell is mostly new; our runner's are those of its last run.
  if (!owned) cells.compiler();
  showWrittenLines(cells);

  // Only now: these load the compiler that CellCompiler has replaced.
  const { CellRunner } = require("./cells/cell-runner") as typeof import("./cells/cell-runner");
  const { CellServer } = require("./cells/cell-server") as typeof import("./cells/cell-server");
  const runner = new CellRunner(cells);
  process.on("SIGINT", () => runner.interrupt());
  process.on("uncaughtException", (error) => runner.background(error));
  process.on("unhandledRejection", (reason) => runner.background(reason));

  const server = new CellServer(runner, connectionFile);
  await server.init();
  if (owned) process.stdout.write(`${JSON.stringify(server.ports)}\n`);
  if (library) loadLibrary();
}

/** Its faults are reported by the cell that imports it. */
function loadLibrary(): void {
  try {
    require(join(PROJECT_ROOT, "lib"));
  } catch {}
}

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    owned: { type: "boolean" },
    compiled: { type: "string" },
    library: { type: "boolean" },
  },
});
const [connectionFile] = positionals;
if (!connectionFile) {
  console.error("start-kernel needs the connection file that Jupyter makes");
  process.exit(2);
}
startKernel(connectionFile, options).catch((error) => {
  process.stderr.write(`the kernel could not start: ${error?.stack ?? error}\n`);
  process.exit(1);
});
