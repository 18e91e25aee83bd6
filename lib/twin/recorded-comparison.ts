import { readFileSync } from "node:fs";
import { join } from "node:path";
import type pl from "nodejs-polars";
import { codeVersion } from "../keep/code-version";
import { DATA_DIR } from "../keep/paths";
import { shownPath } from "../keep/shown-text";
import { hash } from "../keep/source-code";
import type { Row } from "../log/first-row";
import { frameOf } from "../log/frame-of";
import { tellFile } from "../tell/tell-run";
import { formatDate } from "../words/format-words";
import { type Prose, prose } from "../words/prose";

export const SCORE_COLUMNS = [
  ...(["seed", "detector", "origin", "kind", "level", "stories", "stories_found"] as const),
  ...(["recall", "episodes", "true_episodes", "precision"] as const),
  ...(["average_precision", "prevalence", "by_chance"] as const),
] as const;

export const ALARM_COLUMNS = [
  ...(["seed", "detector", "decoy", "user_days", "false_alarms", "per_1000"] as const),
] as const;

/** What `npm run benchmark:detectors` writes. */
export const COMPARISON_FILE = join(DATA_DIR, "detectors-compared.json");

export interface ComparisonFile {
  command: string;
  /** A day as `2026-03-04`. */
  made: string;
  node: string;
  polars: string;
  seeds: readonly number[];
  anomalies: number;
  /** Hashes of the folders of `lib/` that it rests on. */
  code: Record<string, string>;
  /** Rows of `SCORE_COLUMNS` and of `ALARM_COLUMNS`. */
  scores: Rows;
  alarms: Rows;
}

type Rows = readonly (readonly unknown[])[];

export interface RecordedComparison {
  /** What `compareDetectors` gave then. */
  scores: pl.DataFrame;
  alarms: pl.DataFrame;
  /** When, how and on what it was computed, and whether the code has changed since. */
  about: Prose;
}

/** Changes with all code that a comparison rests on. */
export const comparingCode = () => codeVersion("detect", "prepare", "twin");

export function readComparison(): ComparisonFile {
  try {
    const text = readFileSync(COMPARISON_FILE, "utf8");
    tellFile(COMPARISON_FILE, hash(text));
    return JSON.parse(text);
  } catch (cause) {
    const why = `${shownPath(COMPARISON_FILE)} cannot be read (${(cause as Error).message})`;
    throw new Error(`${why}: npm run benchmark:detectors makes it anew`, { cause });
  }
}

/**
 * What `compareDetectors` gave when `npm run benchmark:detectors` was last run, on ten samples: read
 * from `data/detectors-compared.json`, not computed. Show `about` with it.
 *
 * @returns `scores` and `alarms`, as `compareDetectors` gives them; and `about`, when, how and on which seeds
 *   they were computed, and whether the code has changed since
 * @throws {Error} if the file cannot be read
 * @example
 * const { scores, alarms, about } = recordedComparison();
 * show(about);
 */
export function recordedComparison(): RecordedComparison {
  const { scores, alarms, ...how } = readComparison();
  const named = (rows: Rows, columns: readonly string[]) =>
    rows.map((row) => Object.fromEntries(columns.map((name, i) => [name, row[i]])));
  const frames = framesOf(named(scores, SCORE_COLUMNS), named(alarms, ALARM_COLUMNS));
  return { ...frames, about: aboutComparison(how) };
}

export const framesOf = (scores: readonly Row[], alarms: readonly Row[]) => ({
  scores: frameOf(scores, ...SCORE_COLUMNS),
  alarms: frameOf(alarms, ...ALARM_COLUMNS),
});

/** @param now the hashes of today's code */
export function aboutComparison(
  { made, node, polars, seeds, anomalies, code }: Omit<ComparisonFile, "scores" | "alarms">,
  now = comparingCode(),
): Prose {
  const folders = [...new Set([...Object.keys(code), ...Object.keys(now)])];
  const changed = folders.filter((name) => code[name] !== now[name]).map((name) => `lib/${name}`);
  const since =
    changed.length > 0
      ? prose`**Since then the code in ${changed} has changed:** the command records it anew.`
      : prose`The code that it rests on is the same today.`;
  return prose`**Recorded, not computed now:** on ${formatDate(made)} by \`npm run benchmark:detectors\`, on samples ${seeds}
with ${anomalies} further stories of each kind, Node.js ${node} and nodejs-polars ${polars}. ${since}`;
}
