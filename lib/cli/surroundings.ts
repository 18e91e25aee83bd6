import type { Screen } from "../tell/show-live";

export interface Surroundings {
  screen: Screen;
  errors: Screen;
  /** Ends the command: Ctrl-C. */
  signal: AbortSignal;
  from: string;
}

/** Exit codes: all went well; something failed; the command was interrupted. */
export const EXIT = { ok: 0, failed: 1, interrupted: 130 } as const;

/** Seconds since a time that `performance.now()` gave, as in `1.2 s`. */
export function elapsed(start: number): string {
  return `${((performance.now() - start) / 1000).toFixed(1)} s`;
}
