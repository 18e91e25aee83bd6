/**
 * How well the detectors find what is planted, on ten samples that nobody looked at while they were
 * made (`RESULT_SEEDS` of lib/twin/attacks/described.ts; to make detectors, use others):
 *
 *     npm run benchmark:detectors
 *
 * Computes everything anew, whatever a cache has, writes it to data/detectors-compared.json, which
 * notebook 04 shows, and says what has changed. Commit that file.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pl from "nodejs-polars";
import { RESULT_SEEDS } from "../../lib/twin/attacks/described";
import { compareDetectors } from "../../lib/twin/compare-detectors";
import {
  ALARM_COLUMNS,
  COMPARISON_FILE,
  type ComparisonFile,
  comparingCode,
  SCORE_COLUMNS,
} from "../../lib/twin/recorded-comparison";
import { counted } from "../../lib/words/format-words";
import { machine } from "./measure";

const ANOMALIES = 5;

void record();

async function record(): Promise<void> {
  console.log(machine());
  const dataDir = mkdtempSync(join(tmpdir(), "curriculum-logs-"));
  try {
    const options = { seeds: RESULT_SEEDS, anomalies: ANOMALIES, dataDir };
    const { scores, alarms } = await compareDetectors(options);
    // A line for each row, so that a change shows what moved.
    const tables = {
      scores: linesOf(scores.select(...SCORE_COLUMNS)),
      alarms: linesOf(alarms.select(...ALARM_COLUMNS)),
    };
    console.log(whatChanged(Object.values(tables).flat()));
    const about: Omit<ComparisonFile, "scores" | "alarms"> = {
      command: "npm run benchmark:detectors",
      made: new Date().toISOString().slice(0, 10),
      node: process.versions.node,
      polars: pl.version,
      seeds: RESULT_SEEDS,
      anomalies: ANOMALIES,
      code: comparingCode(),
    };
    const fields = [
      ...Object.entries(about).map(([name, value]) => `"${name}": ${JSON.stringify(value)}`),
      ...Object.entries(tables).map(([name, lines]) => `"${name}": [\n${lines.join(",\n")}\n]`),
    ];
    writeFileSync(COMPARISON_FILE, `{${fields.join(",\n")}}\n`);
    console.log(`Written: ${COMPARISON_FILE}`);
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

const linesOf = (frame: pl.DataFrame) => frame.rows().map((row) => JSON.stringify(row));

function whatChanged(lines: readonly string[]): string {
  let before: string;
  try {
    before = readFileSync(COMPARISON_FILE, "utf8");
  } catch {
    return "Nothing was recorded before.";
  }
  const known = new Set(before.split("\n").map((line) => line.replace(/,$/, "")));
  const others = lines.filter((line) => !known.has(line));
  if (others.length === 0) return "The same scores as recorded before.";
  return `${others.length} of ${counted(lines.length, "row")} of scores differ from those recorded before.`;
}
