/**
 * How long the library takes, beside the pandas loop that it replaces, on the whole sample:
 *
 *     npm run benchmark
 *
 * Both get the prepared log in memory and give each user's bands and flags; reading files,
 * making the sample and starting Python are not timed. Times are medians of several runs,
 * and both must flag the same days. Then each detector by itself.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pl from "nodejs-polars";
import * as lib from "../../lib";
import { pythonWith } from "../support/python";
import { inSeconds, machine, median, runJson, sayWhetherSame, timed } from "./measure";

const K = 2;
const RUNS = 7;

/** Timed as they are, each by itself. */
const DETECTORS = [
  ...(["dailyPageViews", "bollingerAnomalies", "visits", "scrapingDays", "probingDays"] as const),
  ...(["surprisingDays", "pageCurricula", "crossProgramDays", "accessViolations"] as const),
  ...(["manyAddressesDays", "manyAddresses", "sharedAddresses", "usersWithoutCohort"] as const),
  ...(["staffCandidates", "accessAfterGraduation", "pagesByMonthsAfterEnd"] as const),
  ...(["sharedScraping", "slowScrapingDays"] as const),
];

/** Timed on the whole log, too. */
const OTHERS: Record<string, (accessLog: pl.DataFrame) => pl.DataFrame> = {
  "bollingerAnomalies, robust": (log) => lib.bollingerAnomalies(log, { method: "robust" }),
  "bollingerAnomalies, counts": (log) => lib.bollingerAnomalies(log, { method: "counts" }),
  bandHistory: (log) => lib.bandHistory(lib.bollingerBands(lib.dailyPageViews(log))),
  "flagsByK, three spans": (log) => lib.flagsByK(lib.dailyPageViews(log), { spans: [14, 30, 60] }),
  "scrapingDays, by address": (log) => lib.scrapingDays(log, { by: "ip" }),
};

const { logs, cohorts } = lib.sampleLogs({ seed: 1 });
const accessLog = lib.prepareLogs({ logs, cohorts });
console.log(`${lib.formatCount(accessLog.height)} rows; ${machine()}\n`);

const { value, seconds } = timed(RUNS, () => lib.bollingerAnomalies(accessLog, { k: K }));
console.log(`bands and flags of every user, this library  ${inSeconds(seconds)}`);
comparePandas(value, median(seconds));

console.log("");
const functions = { ...lib };
const plain = DETECTORS.map((name) => [name, functions[name]] as const);
for (const [name, ask] of [...plain, ...Object.entries(OTHERS)]) {
  const { value, seconds } = timed(RUNS, () => ask(accessLog));
  console.log(`${name.padEnd(45)}${inSeconds(seconds)}  ${lib.formatCount(value.height)} rows`);
}

function comparePandas(anomalies: pl.DataFrame, seconds: number): void {
  const python = pythonWith("pandas");
  if (python === null) {
    console.log("the pandas loop: not measured, no Python with pandas here");
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), "curriculum-logs-"));
  try {
    const file = join(folder, "log.csv");
    accessLog.select("date", "path", "user_id").writeCSV(file);
    const args = [join(__dirname, "pandas-loop.py"), file, String(K), String(RUNS)];
    const theirs = runJson<{ seconds: number[]; flags: string[]; pandas: string }>(python, args);
    console.log(`the same by a pandas ${theirs.pandas} loop ${inSeconds(theirs.seconds)}`);
    console.log(`ratio ${(median(theirs.seconds) / seconds).toFixed(0)} to 1`);
    const days = anomalies.getColumn("date").cast(pl.String).toArray();
    const users = anomalies.getColumn("user_id").toArray();
    const ours = users.map((user, row) => `${user} ${days[row]}`);
    const isSame = theirs.flags.sort().join() === ours.sort().join();
    sayWhetherSame(`${lib.formatCount(ours.length)} flagged days`, isSame);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
