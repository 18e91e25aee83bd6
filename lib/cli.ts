/** What the npm scripts call: `node --require ./lib/typescript.cjs lib/cli.ts run | kernel | ...`. */
import { HELP, parseCommand, UsageError } from "./cli/arguments";
import { EXIT, type Surroundings } from "./cli/surroundings";
import { visibleLines } from "./words/visible-text";

/** Errors that their message explains; others are ours and show their stack. */
const EXPLAINED = `NotebookFileError ParameterError WriteError KernelStartError KernelDiedError
  SampleWriteError SettingsError DatabaseError DataFileError`.split(/\s+/);

async function main(args: string[]): Promise<number> {
  const command = parseCommand(args);
  const say = (text: string) => {
    process.stdout.write(text);
    return EXIT.ok;
  };
  switch (command.name) {
    case "help":
      return say(HELP);
    case "kernel":
      return say((require("./cli/kernel") as typeof import("./cli/kernel")).kernel(command.remove));
    case "clean":
      return say((require("./cli/clean") as typeof import("./cli/clean")).clean());
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

function surroundings(): Surroundings {
  // Repeating Ctrl-C changes nothing: ending is quick.
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => controller.abort(new Error(`interrupted by ${signal}`)));
  }
  return {
    screen: process.stdout,
    errors: process.stderr,
    signal: controller.signal,
    // npm goes to the project's folder first, and says where it was called.
    from: process.env.INIT_CWD ?? process.cwd(),
  };
}

/** Last: env.ts may change this process, which kernels take over. */
function warnOfPasswords(): void {
  const { passwordsOthersRead } =
    require("./keep/open-passwords") as typeof import("./keep/open-passwords");
  for (const line of passwordsOthersRead()) process.stderr.write(`${line}\n`);
}

function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { name, message, code, path } = error as NodeJS.ErrnoException;
  if (error instanceof UsageError) return `${message}\n(npm start -- --help lists what there is)`;
  const isExplained = EXPLAINED.includes(name) || (code !== undefined && path !== undefined);
  return isExplained ? message : (error.stack ?? message);
}

// A reader that went away (npm start | head) must not leave kernels behind.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});

main(process.argv.slice(2))
  .catch((error) => {
    process.stderr.write(`${visibleLines(explain(error))}\n`);
    return EXIT.failed;
  })
  .then((code) => {
    process.exitCode = code;
  });
