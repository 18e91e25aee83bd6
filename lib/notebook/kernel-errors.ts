/** How a kernel's process ended. */
export interface KernelExit {
  code: number | null;
  signal: NodeJS.Signals | null;
  /** The last lines it wrote on stderr, past Jupyter's messages. */
  stderr: string;
}

/** A kernel that could not be started, or did not answer. */
export class KernelStartError extends Error {
  override name = "KernelStartError";
}

/** The kernel's process ended while something was still expected of it. */
export class KernelDiedError extends Error {
  override name = "KernelDiedError";
  readonly exit: KernelExit;

  constructor(exit: KernelExit) {
    const how = exit.signal ? `was ended by ${exit.signal}` : `ended with exit code ${exit.code}`;
    super(`the kernel ${how}${exit.stderr ? `; its last words:\n${exit.stderr}` : ""}`);
    this.exit = exit;
  }
}
