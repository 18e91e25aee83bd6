import { execFile } from "node:child_process";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type pl from "nodejs-polars";
import { DETECTORS } from "../detect/compare/detectors";
import { ONE_LINERS } from "../detect/compare/one-liners";
import { throughCache } from "../keep/cache";
import { PROJECT_ROOT } from "../keep/paths";
import { readSettings } from "../keep/settings";
import type { Row } from "../log/first-row";
import { type Notice, printNotice } from "../tell/notice";
import { tellRun } from "../tell/tell-run";
import { counted, formatCount } from "../words/format-words";
import { FULL_SIZE } from "./frozen";
import { comparingCode, framesOf } from "./recorded-comparison";
import { requireSample, type SampleLogsOptions } from "./sample-logs";

export interface CompareDetectorsOptions {
  seeds: readonly number[];
  /** Further stories of each kind in each sample. */
  anomalies?: number;
  /** Rows of each sample; smaller ones than the log have no published stories. */
  rows?: number;
  dataDir?: string;
  notice?: Notice;
}

/** More would take memory and no less time on most machines: Polars itself uses all cores. */
const AT_ONCE = Math.min(2, availableParallelism());

export interface ComparedDetectors {
  /** `seed` and the columns of `scoreDetectors`, by seed in the order given. */
  scores: pl.DataFrame;
  /** `seed` and the columns of `falseAlarms`. */
  alarms: pl.DataFrame;
}

/**
 * All detectors, their combined ranking and the one-liners, on samples in which it is known what is
 * planted: what is published, `anomalies` further stories of each kind, attacks that are hard to
 * find, and decoys (`lib/twin/attacks/described.ts`). Detectors were tuned on seeds 1 to 3: give it
 * others. A sample takes some ten seconds in a process of its own, which gives its memory back; two
 * run at a time where there are two cores. The answer is cached until the library's code changes.
 *
 * @returns `scores` and `alarms`
 * @throws {RangeError} if no seed is given, or `sampleLogs` refuses an option
 * @throws {Error} if a process fails; the message says of which seed
 * @example
 * const { scores, alarms } = await compareDetectors({ seeds: [401, 402, 403] });
 */
export async function compareDetectors({
  seeds,
  anomalies = 5,
  rows = FULL_SIZE,
  dataDir = readSettings().dataDir,
  notice = printNotice,
}: CompareDetectorsOptions): Promise<ComparedDetectors> {
  if (seeds.length === 0) throw new RangeError("compareDetectors needs a seed or more, got none");
  const samples = seeds.map((seed) => ({ seed, anomalies, rows }));
  for (const sample of samples) requireSample("compareDetectors", sample);
  const { tables } = await throughCache(
    {
      source: "compared",
      parameters: { seeds: seeds.join(" "), anomalies, rows },
      fingerprint: comparingCode(),
    },
    async () => ({ tables: await compareOnAll(samples, notice), notes: [] }),
    { dir: join(dataDir, "cache"), notice },
  );
  notice(
    `${formatCount(DETECTORS.length + ONE_LINERS.length)} detectors compared on ${counted(seeds.length, "sample")} ` +
      `with ${formatCount(anomalies)} further stories of each kind.`,
  );
  return { scores: tables.scores!, alarms: tables.alarms! };
}

type Sample = Required<SampleLogsOptions>;

type Found = Record<keyof ComparedDetectors, Row[]>;

async function compareOnAll(samples: readonly Sample[], notice: Notice) {
  const found: Found[] = [];
  const waiting = samples.entries();
  const stopping = new AbortController();
  let done = 0;
  // Several take from the same list.
  const work = async () => {
    for (const [place, sample] of waiting) {
      found[place] = await compareOn(sample, stopping.signal);
      const line = `Sample ${sample.seed} compared: ${++done} of ${samples.length}.`;
      notice(line);
      tellRun(line);
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  } finally {
    stopping.abort();
  }
  return framesOf(
    found.flatMap(({ scores }) => scores),
    found.flatMap(({ alarms }) => alarms),
  );
}

async function compareOn(sample: Sample, signal: AbortSignal): Promise<Found> {
  const [loader, script] = ["lib/typescript.cjs", "lib/twin/compare-on-sample.ts"];
  const args = ["--require", join(PROJECT_ROOT, loader), join(PROJECT_ROOT, script)];
  try {
    const call = [...args, JSON.stringify(sample)];
    const { stdout } = await promisify(execFile)(process.execPath, call, { signal });
    return JSON.parse(stdout);
  } catch (cause) {
    const { stderr, message, signal: killedBy } = cause as Error & Record<string, string>;
    const why = stderr?.trim() || (killedBy ? `its process was ended by ${killedBy}` : message);
    throw new Error(`Detectors cannot be compared on sample ${sample.seed}: ${why}`, { cause });
  }
}
