export interface KernelExit {
  code: number | null;
  signal: NodeJS.Signals | null;
  /** Its last lines, without Jupyter's messages. */
  stderr: string;
}

export class KernelStartError extends Error {
  override name = "KernelStartError";
}

export class KernelDiedError extends Error {
  override name = "KernelDiedError";

  constructor(readonly exit: KernelExit) {
    super(`the kernel ${ended(exit)}${exit.stderr ? `; its last words:\n${exit.stderr}` : ""}`);
  }
}

/** The system's words for a limit, and what to do. */
const LIMITS: [pattern: RegExp, advice: string][] = [
  [
    /EMFILE|too many open file/i,
    "This process may open too few files: raise ulimit -n, to 256 or more.",
  ],
  [
    /EAGAIN|resource temporarily unavailable/i,
    "This user may start too few processes and threads: raise ulimit -u, to 256 or more.",
  ],
  [/ENOMEM|cannot allocate memory|out of memory/i, "There is too little memory for a kernel."],
  [/ENOSPC|no space left/i, "The disk is full."],
];
/** A frame of a stack, or a line of code. */
const NO_REASON = /^\s*at |^\s*\^|^node:|^Node\.js v|^[/\\].*:\d+$|^\S*[{}\])]/;

export function startError(exit: KernelExit, stderr: string): KernelStartError {
  const hasRun = exit.code !== null || exit.signal !== null;
  const how = hasRun ? `${ended(exit)} before it answered` : "could not be started";
  const lines = stderr.split(/\r?\n/).filter((line) => line.length < 500 && !NO_REASON.test(line));
  const limit = LIMITS.find(([pattern]) => lines.some((line) => pattern.test(line)));
  const reason =
    lines.find((line) => limit?.[0].test(line)) ??
    lines.find((line) => /error/i.test(line)) ??
    lines.filter((line) => line.trim() !== "").at(-1);
  const why = reason ? `: ${reason.trim()}` : "";
  return new KernelStartError(`the kernel ${how}${why}${limit ? `. ${limit[1]}` : ""}`);
}

function ended({ code, signal }: KernelExit): string {
  return signal ? `was ended by ${signal}` : `ended with exit code ${code}`;
}
