/**
 * How well the detectors find what is planted, on ten samples that nobody looked at while they were
 * made:
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
import { compareDetectors } from "../../lib/twin/compare-detectors";
import {
  COMPARED_COLUMNS,
  COMPARISON_FILE,
  type ComparisonFile,
  comparingCode,
} from "../../lib/twin/recorded-comparison";
import { counted } from "../../lib/words/format-words";
import { machine } from "./measure";

const SEEDS = [101, 102, 103, 104, 105, 106, 107, 108, 109, 110];
const ANOMALIES = 5;

void record();

async function record(): Promise<void> {
  console.log(machine());
  const dataDir = mkdtempSync(join(tmpdir(), "curriculum-logs-"));
  try {
    const scores = await compareDetectors({ seeds: SEEDS, anomalies: ANOMALIES, dataDir });
    const rows = scores.select(...COMPARED_COLUMNS).rows();
    const lines = rows.map((row) => JSON.stringify(row));
    console.log(whatChanged(lines));
    const about: Omit<ComparisonFile, "columns" | "rows"> = {
      command: "npm run benchmark:detectors",
      made: new Date().toISOString().slice(0, 10),
      node: process.versions.node,
      polars: pl.version,
      seeds: SEEDS,
      anomalies: ANOMALIES,
      code: comparingCode(),
    };
    const fields = Object.entries({ ...about, columns: COMPARED_COLUMNS }).map(
      ([name, value]) => `"${name}": ${JSON.stringify(value)}`,
    );
    // A line for each row, so that a change shows what moved.
    const text = `{${fields.join(",\n")},\n"rows": [\n${lines.join(",\n")}\n]}\n`;
    writeFileSync(COMPARISON_FILE, text);
    console.log(`Written: ${COMPARISON_FILE}`);
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

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
