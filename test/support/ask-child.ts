import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import { PROJECT_ROOT } from "../../lib/keep/paths";

/** A process that answers one message at a time. */
export interface Child<Question, Answer> {
  /** The answer; null where none came in time and the process had to be ended, or ended by itself. */
  ask(question: Question, patience?: number): Promise<Answer | null>;
  stop(): void;
}

/** Starts a script of this folder when it is first asked, and anew after it had to be ended. */
export function childOf<Question extends object | string, Answer>(
  script: string,
  options: string[] = [],
): Child<Question, Answer> {
  let child: ChildProcess | undefined;
  return {
    ask(question, patience = 20_000) {
      child ??= fork(join(PROJECT_ROOT, "test/support", script), {
        execArgv: [...options, "--require", "tsx/cjs"],
        stdio: ["ignore", "ignore", "ignore", "ipc"],
      });
      const own = child;
      const timer = setTimeout(() => own.kill("SIGKILL"), patience);
      return new Promise<Answer | null>((resolve) => {
        const onExit = () => {
          child = undefined;
          resolve(null);
        };
        own.once("exit", onExit);
        own.once("message", (answer) => {
          own.off("exit", onExit);
          resolve(answer as Answer);
        });
        own.send(question);
      }).finally(() => clearTimeout(timer));
    },
    stop: () => void child?.kill(),
  };
}
