import type { Screen } from "../tell/show-live";

export interface Surroundings {
  screen: Screen;
  errors: Screen;
  /** Ctrl-C. */
  signal: AbortSignal;
  from: string;
}

export const EXIT = { ok: 0, failed: 1, interrupted: 130 } as const;

/** Since a time of `performance.now()`, as in `1.2 s`. */
export function elapsed(start: number): string {
  return `${((performance.now() - start) / 1000).toFixed(1)} s`;
}

/** As in `December 1, 2026 at 11:50 AM`, local time. */
export function dayAndMinute(at: string): string {
  return new Date(at).toLocaleString("en-US", { dateStyle: "long", timeStyle: "short" });
}
