/** What the npm scripts call: `node --require ./lib/typescript.cjs lib/cli.ts run | kernel | ...`. */
import { HELP, parseCommand, UsageError } from "./cli/arguments";
import type { RunSurroundings } from "./cli/run";
import { visibleLines } from "./words/visible-text";

/** Mistakes and mishaps that their message explains; any other error is ours and shows its stack. */
const EXPLAINED = [
  "NotebookFileError",
  "ParameterError",
  "WriteError",
  "KernelStartError",
  "KernelDiedError",
  "SampleWriteError",
  "SettingsError",
  "DatabaseError",
  "DataFileError",
];

async function main(args: string[]): Promise<number> {
  const command = parseCommand(args);
  switch (command.name) {
    case "help":
      process.stdout.write(HELP);
      return 0;
    case "kernel": {
      const { kernel } = require("./cli/kernel") as typeof import("./cli/kernel");
      process.stdout.write(kernel(command.remove));
      return 0;
    }
    case "clean": {
      const { clean } = require("./cli/clean") as typeof import("./cli/clean");
      process.stdout.write(clean());
      return 0;
    }
    case "sample": {
      const { sample } = require("./cli/sample") as typeof import("./cli/sample");
      return sample(command.options, surroundings());
    }
    case "db": {
      const { db } = require("./cli/db") as typeof import("./cli/db");
      return db(command.options, surroundings()).finally(warnOfPasswords);
    }
    case "run": {
      const { run } = require("./cli/run") as typeof import("./cli/run");
      return run(command.options, surroundings()).finally(warnOfPasswords);
    }
  }
}

function surroundings(): RunSurroundings {
  return {
    screen: process.stdout,
    errors: process.stderr,
    signal: interruption(),
    // npm goes to the project's folder first, and says where it was called.
    from: process.env.INIT_CWD ?? process.cwd(),
  };
}

/** Last of all: env.ts may change this process, which kernels take over. */
function warnOfPasswords(): void {
  const { passwordsOthersRead } =
    require("./keep/open-passwords") as typeof import("./keep/open-passwords");
  for (const line of passwordsOthersRead()) process.stderr.write(`${line}\n`);
}

/** Ctrl-C, and what else asks a process to end. Repeating it changes nothing: ending is quick. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => controller.abort(new Error(`interrupted by ${signal}`)));
  }
  return controller.signal;
}

function explain(error: unknown): string {
  if (error instanceof UsageError)
    return `${error.message}\n(npm start -- --help lists what there is)`;
  if (!(error instanceof Error)) return String(error);
  const { code, path } = error as NodeJS.ErrnoException;
  if (EXPLAINED.includes(error.name) || (code !== undefined && path !== undefined)) {
    return error.message;
  }
  return error.stack ?? error.message;
}

// A reader that went away (npm start | head) is no reason to leave kernels behind.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});

main(process.argv.slice(2))
  .catch((error) => {
    process.stderr.write(`${visibleLines(explain(error))}\n`);
    return 1;
  })
  .then((code) => {
    process.exitCode = code;
  });
