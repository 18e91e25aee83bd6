import { kernelsDisplay } from "./display";

/** By this form a runner knows a line for its terminal: it says it and keeps it out of the notebook. */
export const TOLD_FORM = "application/vnd.curriculum-logs.told";
/** A runner sets this variable for its kernels. Other readers would see an empty output. */
export const TAKES_TOLD = "CURRICULUM_LOGS_TAKES_TOLD";

export interface Told {
  line: string;
  isWarning: boolean;
  /** What is told with the same key is said once in a run. */
  key: string;
}

/** Tells the runner, if there is one, a line for its terminal, whatever the notebook shows of it. */
export function tellRun(line: string, { isWarning = false, key = line } = {}): void {
  if (process.env[TAKES_TOLD] === undefined) return;
  const told: Told = { line, isWarning, key };
  kernelsDisplay()?.({ data: { [TOLD_FORM]: told }, metadata: {}, transient: {} }, false);
}

/** What a kernel told; undefined where it is nothing that `tellRun` tells. */
export function readTold(value: unknown): Told | undefined {
  const { line, isWarning, key } = (value ?? {}) as Partial<Record<keyof Told, unknown>>;
  if (typeof line !== "string" || typeof key !== "string") return undefined;
  return { line, isWarning: isWarning === true, key };
}
