import { kernelsDisplay } from "./display";

/** A runner says lines of this form and keeps them out of the notebook. */
export const TOLD_FORM = "application/vnd.curriculum-logs.told";
/** Set by a runner for its kernels: others would see an empty output. */
export const TAKES_TOLD = "CURRICULUM_LOGS_TAKES_TOLD";

export interface Told {
  line: string;
  isWarning: boolean;
  /** Lines with the same key are said once in a run. */
  key: string;
}

/** Tells the runner, if there is one, a line for its terminal. */
export function tellRun(line: string, { isWarning = false, key = line } = {}): void {
  if (process.env[TAKES_TOLD] === undefined) return;
  const told: Told = { line, isWarning, key };
  kernelsDisplay()?.({ data: { [TOLD_FORM]: told }, metadata: {}, transient: {} }, false);
}

/** Of a file that a notebook has read or written: its bytes. */
export const FILE_FORM = "application/vnd.curriculum-logs.file";

export interface ToldFile {
  path: string;
  /** Null for what may be another at any time. */
  sha256: string | null;
}

/** Tells the runner what a notebook's result depends on besides its code. */
export function tellFile(path: string, sha256: string | null): void {
  if (process.env[TAKES_TOLD] === undefined) return;
  const file: ToldFile = { path, sha256 };
  kernelsDisplay()?.({ data: { [FILE_FORM]: file }, metadata: {}, transient: {} }, false);
}

/** Undefined for what `tellFile` does not tell. */
export function readToldFile(value: unknown): ToldFile | undefined {
  const { path, sha256 } = (value ?? {}) as Partial<Record<keyof ToldFile, unknown>>;
  if (typeof path !== "string") return undefined;
  return { path, sha256: typeof sha256 === "string" ? sha256 : null };
}

/** Undefined for what `tellRun` does not tell. */
export function readTold(value: unknown): Told | undefined {
  const { line, isWarning, key } = (value ?? {}) as Partial<Record<keyof Told, unknown>>;
  if (typeof line !== "string" || typeof key !== "string") return undefined;
  return { line, isWarning: isWarning === true, key };
}
