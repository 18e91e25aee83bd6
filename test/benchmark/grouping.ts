/**
 * How long grouping takes, beside scikit-learn in the same run:
 *
 *     npm run benchmark:grouping -- [user_api_data.csv]
 *
 * - The sweep on the case study's file: `dbscan` and silhouette at each of 110 settings, of
 *   features that both are given; then `groupUsers` as a whole, which makes the features too,
 *   beside the case study's pandas. Skipped where no file is named.
 * - Labels of 100,000 points in 7 dimensions, of three kinds, with the peak memory of the
 *   process. Both get the points in memory; labels must be the same.
 *
 * Times are medians of several runs; starting and reading files is not timed.
 */
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pl from "nodejs-polars";
import { dbscanSweep } from "../../lib/group/dbscan-sweep";
import { groupUsers } from "../../lib/group/group-users";
import { USAGE_FEATURES, usageFeatures } from "../../lib/group/usage-features";
import { dbscan } from "../../lib/stats/dbscan";
import { pointMatrix } from "../../lib/stats/points";
import { randomStream } from "../../lib/stats/random";
import { pythonWith } from "../support/python";
import {
  inSeconds,
  machine,
  median,
  peakMegabytes,
  runJson,
  runScript,
  sayWhetherSame,
  timed,
} from "./measure";

const COUNT = 100_000;
const DIMENSIONS = 7;
const SWEEP_RUNS = 9;
const POINT_RUNS = 3;
const MIN_SAMPLES = Array.from({ length: 22 }, (_, i) => i + 3);

const ANYWHERE = 1;

/** Kinds of points, and settings that make something of them. */
const KINDS = [
  { kind: "20 dense blobs", eps: 0.05, minSamples: 10, spread: 0.05 },
  { kind: "20 blobs, wide eps", eps: 0.08, minSamples: 10, spread: 0.05 },
  { kind: "scattered evenly", eps: 0.1, minSamples: 5, spread: ANYWHERE },
];

/** Peak memory in megabytes; the labels as SHA-256 of 32-bit integers. */
type Run = { seconds: number[]; peak: number; labels: string };
/** In `found`, clusters and noise points of each setting, one after the other. */
type Sweep = { sweep: number[]; whole: number[]; found: number[] };

const script = join(__dirname, "grouping.py");

if (process.argv[2] === "--points") runPoints(process.argv.slice(3));
else compare(process.argv[2]);

function compare(file: string | undefined): void {
  const python = pythonWith("sklearn");
  console.log(machine());
  if (python === null) console.log("scikit-learn: not measured, no Python with it here");
  const folder = mkdtempSync(join(tmpdir(), "curriculum-logs-"));
  try {
    if (file === undefined) console.log("\nsweep: skipped, no usage file is named");
    else compareSweep(file, python, folder);
    for (const { kind, eps, minSamples, spread } of KINDS) {
      const data = join(folder, "points.bin");
      writeFileSync(data, spreadPoints(spread));
      const settings = ["--points", data, String(eps), String(minSamples), String(POINT_RUNS)];
      const ours = runScript<Run>(__filename, ...settings);
      console.log(`\n100,000 points, ${kind}: eps ${eps}, minSamples ${minSamples}`);
      printRun("this library", ours);
      if (python === null) continue;
      const theirs = runJson<Run>(python, [script, ...settings]);
      printRun("scikit-learn", theirs);
      const ratio = median(theirs.seconds) / median(ours.seconds);
      console.log(`ratio         ${ratio.toFixed(2)} to 1`);
      sayWhetherSame("labels", ours.labels === theirs.labels);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function compareSweep(file: string, python: string | null, folder: string): void {
  const usage = pl.readCSV(file);
  const features = usageFeatures(usage);
  const apis = features.getColumn("type").toArray() as string[];
  const rows = features.select(...USAGE_FEATURES).rows() as number[][];
  const sets = [...new Set(apis)].sort().map((api) => rows.filter((_, i) => apis[i] === api));
  const sweep = timed(SWEEP_RUNS, () =>
    sets.flatMap((set) => dbscanSweep(pointMatrix("benchmark", set), [0.15], MIN_SAMPLES)),
  );
  // A copy each time, so that nothing is remembered of it.
  const whole = timed(SWEEP_RUNS, () => groupUsers(usage.clone()));
  console.log("\nsweep over 110 settings of the usage file");
  console.log(`this library  ${inSeconds(sweep.seconds)}, groupUsers ${inSeconds(whole.seconds)}`);
  if (python === null) return;
  const table = join(folder, "features.csv");
  features.writeCSV(table);
  const theirs = runJson<Sweep>(python, [script, "--sweep", file, table, String(SWEEP_RUNS)]);
  console.log(
    `scikit-learn  ${inSeconds(theirs.sweep)}, with pandas ${inSeconds(theirs.whole)}\n` +
      `ratio         ${(median(theirs.sweep) / median(sweep.seconds)).toFixed(1)} to 1, ` +
      `${(median(theirs.whole) / median(whole.seconds)).toFixed(1)} to 1 as a whole`,
  );
  const found = sweep.value.flatMap(({ clusters, noise }) => [clusters, noise]);
  sayWhetherSame("clusters and noise", found.join() === theirs.found.join());
}

/** The child's part: labels of one file of points, by itself so that its memory is its own. */
function runPoints([file, eps, minSamples, runs]: string[]): void {
  const bytes = readFileSync(file!);
  const values = new Float64Array(bytes.buffer, bytes.byteOffset, COUNT * DIMENSIONS);
  const at = (i: number) => values.subarray(i * DIMENSIONS, (i + 1) * DIMENSIONS);
  const points = Array.from({ length: COUNT }, (_, i) => at(i));
  const options = { eps: Number(eps), minSamples: Number(minSamples) };
  const { value, seconds } = timed(Number(runs), () => dbscan(points, options));
  const labels = createHash("sha256").update(new Uint8Array(value.buffer)).digest("hex");
  console.log(JSON.stringify({ seconds, peak: peakMegabytes(), labels } satisfies Run));
}

/** Points around twenty middles, or anywhere where they spread as far as that. */
function spreadPoints(spread: number): Float64Array {
  const random = randomStream(1, "benchmark blobs");
  const middles = Float64Array.from({ length: 20 * DIMENSIONS }, () => random.next());
  const normal = () =>
    Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
  return Float64Array.from({ length: COUNT * DIMENSIONS }, (_, i) => {
    const middle = middles[i % middles.length]!;
    return spread === ANYWHERE ? random.next() : middle + spread * normal();
  });
}

function printRun(name: string, { seconds, peak }: Run): void {
  console.log(`${name}  ${inSeconds(seconds)}, peak memory ${peak.toFixed(0)} MB`);
}
