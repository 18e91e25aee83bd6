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
import { bandHistory } from "../../lib/detect/bands/band-history";
import { bollingerAnomalies } from "../../lib/detect/bands/bollinger-anomalies";
import { bollingerBands } from "../../lib/detect/bands/bollinger-bands";
import { flagsByK } from "../../lib/detect/bands/flags-by-k";
import { dailyPageViews } from "../../lib/log/daily-page-views";
import { prepareLogs } from "../../lib/prepare/prepare-logs";
import { sampleLogs } from "../../lib/twin/sample-logs";
import { formatCount } from "../../lib/words/format-words";
import { pythonWith } from "../support/python";
import { inSeconds, machine, median, runJson, sayWhetherSame, timed } from "./measure";

const K = 2;
const RUNS = 7;

/** What is timed on the whole log, each by itself. */
const detectors: Record<string, (accessLog: pl.DataFrame) => pl.DataFrame> = {
  "daily page views of each user": (log) => dailyPageViews(log),
  bollingerAnomalies: (log) => bollingerAnomalies(log),
  "bollingerAnomalies, robust": (log) => bollingerAnomalies(log, { method: "robust" }),
  "bands and their histories": (log) => bandHistory(bollingerBands(dailyPageViews(log))),
  "flagsByK, three spans": (log) => flagsByK(dailyPageViews(log), { spans: [14, 30, 60] }),
  visits: (log) => lib.visits(log),
  scrapingDays: (log) => lib.scrapingDays(log),
  "scrapingDays, by address": (log) => lib.scrapingDays(log, { by: "ip" }),
  probingDays: (log) => lib.probingDays(log),
  surprisingDays: (log) => lib.surprisingDays(log),
  pageCurricula: (log) => lib.pageCurricula(log),
  "crossProgramDays, curricula learned": (log) => lib.crossProgramDays(log),
  "accessViolations, curricula learned": (log) => lib.accessViolations(log),
  manyAddressesDays: (log) => lib.manyAddressesDays(log),
  manyAddresses: (log) => lib.manyAddresses(log),
  sharedAddresses: (log) => lib.sharedAddresses(log),
  usersWithoutCohort: (log) => lib.usersWithoutCohort(log),
  staffCandidates: (log) => lib.staffCandidates(log),
  accessAfterGraduation: (log) => lib.accessAfterGraduation(log),
  pagesByMonthsAfterEnd: (log) => lib.pagesByMonthsAfterEnd(log),
};

const { logs, cohorts } = sampleLogs({ seed: 1 });
const accessLog = prepareLogs({ logs, cohorts });
console.log(`${formatCount(accessLog.height)} rows; ${machine()}\n`);

const ours = timed(RUNS, () => bollingerAnomalies(accessLog, { k: K }));
console.log(`bands and flags of every user, this library  ${inSeconds(ours.seconds)}`);
comparePandas(flaggedDays(ours.value), median(ours.seconds));

console.log("");
for (const [name, detect] of Object.entries(detectors)) {
  const { value, seconds } = timed(RUNS, () => detect(accessLog));
  console.log(`${name.padEnd(45)}${inSeconds(seconds)}  ${formatCount(value.height)} rows`);
}

function comparePandas(flags: readonly string[], seconds: number): void {
  const python = pythonWith("pandas");
  if (python === null) {
    console.log("the pandas loop: not measured, no Python with pandas here");
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), "curriculum-logs-"));
  try {
    const file = join(folder, "log.csv");
    accessLog.select("date", "path", "user_id").writeCSV(file);
    const script = join(__dirname, "pandas-loop.py");
    const theirs = runJson<{ seconds: number[]; flags: string[]; pandas: string }>(python, [
      ...[script, file, String(K), String(RUNS)],
    ]);
    const ratio = median(theirs.seconds) / seconds;
    console.log(`the same by a pandas ${theirs.pandas} loop ${inSeconds(theirs.seconds)}`);
    console.log(`ratio ${ratio.toFixed(0)} to 1`);
    const isSame = theirs.flags.sort().join() === flags.join();
    sayWhetherSame(`${formatCount(flags.length)} flagged days`, isSame);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function flaggedDays(anomalies: pl.DataFrame): string[] {
  const users = anomalies.getColumn("user_id").toArray();
  const days = anomalies.getColumn("date").cast(pl.String).toArray();
  return users.map((user, row) => `${user} ${days[row]}`).sort();
}
