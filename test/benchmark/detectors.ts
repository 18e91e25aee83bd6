/**
 * How long the library takes, beside the pandas loop that it replaces, on the whole sample:
 *
 *     npm run benchmark
 *
 * Both get the prepared log in memory and give each user's bands and flags; reading files,
 * making the sample and starting Python are not timed. Times are medians of several runs,
 * and both must flag the same days. Then each detector by itself.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import pl from "nodejs-polars";
import {
  accessAfterGraduation,
  accessViolations,
  crossProgramDays,
  manyAddresses,
  manyAddressesDays,
  pageCurricula,
  pagesByMonthsAfterEnd,
  probingDays,
  scrapingDays,
  sharedAddresses,
  staffCandidates,
  surprisingDays,
  usersWithoutCohort,
  visits,
} from "../../lib";
import { bandHistory } from "../../lib/detect/bands/band-history";
import { bollingerAnomalies } from "../../lib/detect/bands/bollinger-anomalies";
import { bollingerBands } from "../../lib/detect/bands/bollinger-bands";
import { flagsByK } from "../../lib/detect/bands/flags-by-k";
import { dailyPageViews } from "../../lib/log/daily-page-views";
import { prepareLogs } from "../../lib/prepare/prepare-logs";
import { sampleLogs } from "../../lib/twin/sample-logs";
import { formatCount } from "../../lib/words/format-words";
import { pythonWith } from "../support/python";

const K = 2;
const RUNS = 7;

/** What is timed on the whole log, each by itself. */
const detectors: readonly (readonly [string, (accessLog: pl.DataFrame) => pl.DataFrame])[] = [
  ["daily page views of each user", (log) => dailyPageViews(log)],
  ["bollingerAnomalies", (log) => bollingerAnomalies(log)],
  ["bollingerAnomalies, robust", (log) => bollingerAnomalies(log, { method: "robust" })],
  ["bands and their histories", (log) => bandHistory(bollingerBands(dailyPageViews(log)))],
  ["flagsByK, three spans", (log) => flagsByK(dailyPageViews(log), { spans: [14, 30, 60] })],
  ["visits", (log) => visits(log)],
  ["scrapingDays", (log) => scrapingDays(log)],
  ["scrapingDays, by address", (log) => scrapingDays(log, { by: "ip" })],
  ["probingDays", (log) => probingDays(log)],
  ["surprisingDays", (log) => surprisingDays(log)],
  ["pageCurricula", (log) => pageCurricula(log)],
  ["crossProgramDays, curricula learned", (log) => crossProgramDays(log)],
  ["accessViolations, curricula learned", (log) => accessViolations(log)],
  ["manyAddressesDays", (log) => manyAddressesDays(log)],
  ["manyAddresses", (log) => manyAddresses(log)],
  ["sharedAddresses", (log) => sharedAddresses(log)],
  ["usersWithoutCohort", (log) => usersWithoutCohort(log)],
  ["staffCandidates", (log) => staffCandidates(log)],
  ["accessAfterGraduation", (log) => accessAfterGraduation(log)],
  ["pagesByMonthsAfterEnd", (log) => pagesByMonthsAfterEnd(log)],
];

const { logs, cohorts } = sampleLogs({ seed: 1 });
const accessLog = prepareLogs({ logs, cohorts });
const cpu = cpus()[0]?.model.trim() ?? "unknown processor";
console.log(
  `${formatCount(accessLog.height)} rows; Node ${process.version}, ${cpus().length} × ${cpu}\n`,
);

const ours = timed(() => bollingerAnomalies(accessLog, { k: K }));
console.log(`bands and flags of every user, this library  ${inSeconds(ours.seconds)}`);
comparePandas(flaggedDays(ours.value), ours.seconds);

console.log("");
for (const [name, detect] of detectors) {
  const { value, seconds } = timed(() => detect(accessLog));
  console.log(`${name.padEnd(45)}${inSeconds(seconds)}  ${formatCount(value.height)} rows`);
}

/** Runs it once to warm up and then several times. */
function timed<T>(run: () => T): { value: T; seconds: number } {
  let value = run();
  const seconds = Array.from({ length: RUNS }, () => {
    const start = performance.now();
    value = run();
    return (performance.now() - start) / 1000;
  });
  return { value, seconds: median(seconds) };
}

function comparePandas(flags: readonly string[], seconds: number): void {
  const python = pythonWith("pandas");
  if (python === null) {
    console.log("the pandas loop: not measured, no Python with pandas here");
    return;
  }
  const theirs = runPandas(python);
  const pandas = median(theirs.seconds);
  console.log(`the same by a pandas ${theirs.pandas} loop          ${inSeconds(pandas)}`);
  console.log(`ratio                                        ${(pandas / seconds).toFixed(0)} to 1`);
  const found = [...theirs.flags].sort();
  const same = found.length === flags.length && found.every((day, i) => day === flags[i]);
  console.log(
    `flagged days                                 ${formatCount(flags.length)} ${same ? "in both, the same" : `here, ${formatCount(found.length)} there: NOT THE SAME`}`,
  );
  if (!same) process.exitCode = 1;
}

interface PandasRun {
  seconds: number[];
  flags: string[];
  pandas: string;
}

function runPandas(python: string): PandasRun {
  const folder = mkdtempSync(join(tmpdir(), "curriculum-logs-"));
  try {
    const file = join(folder, "log.csv");
    accessLog.select("date", "path", "user_id").writeCSV(file);
    const script = join(__dirname, "pandas-loop.py");
    const { status, stdout, stderr } = spawnSync(python, [script, file, String(K), String(RUNS)], {
      encoding: "utf8",
      maxBuffer: 1 << 28,
    });
    if (status !== 0) throw new Error(`${script} failed: ${stderr}`);
    return JSON.parse(stdout) as PandasRun;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function flaggedDays(anomalies: pl.DataFrame): string[] {
  const users = anomalies.getColumn("user_id").toArray();
  const days = anomalies.getColumn("date").cast(pl.String).toArray();
  return users.map((user, row) => `${user} ${days[row]}`).sort();
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
}

function inSeconds(seconds: number): string {
  return `${seconds.toFixed(3)} s`.padStart(10);
}
