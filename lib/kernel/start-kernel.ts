/**
 * What the kernelspec starts: tslab's kernel with errors that point into cells. With `--owned` it
 * ends with our runner, removes the connection file's folder and prints its ports as JSON. With
 * `--checked` it takes cells' types for right.
 */
import { PROJECT_ROOT } from "../keep/paths";
import { CellCompiler } from "./cells/cell-compiler";
import { exitWithParent } from "./cells/exit-with-parent";
import { showWrittenLines } from "./cells/stack-frames";

async function startKernel(connectionFile: string, options: string[]): Promise<void> {
  const owned = options.includes("--owned");
  if (owned) exitWithParent(connectionFile);
  process.chdir(PROJECT_ROOT);
  const cells = new CellCompiler({ isChecked: options.includes("--checked") });
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
}

const [connectionFile, ...options] = process.argv.slice(2).reverse();
if (!connectionFile) {
  console.error("start-kernel needs the connection file that Jupyter makes");
  process.exit(2);
}
startKernel(connectionFile, options).catch((error) => {
  process.stderr.write(`the kernel could not start: ${error?.stack ?? error}\n`);
  process.exit(1);
});
