/**
 * `npm run fuzz -- [count] [seed]`: reads damaged files with the project's readers and with slow
 * ones that are plain enough to be right, and stops where they differ, where there is no clear
 * error, or where a file takes too long. `npm run fuzz -- 1 SEED` tries one file again.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fuzzCase } from "./fuzz-case";
import { PLACES, tryPlace } from "./odd-places";
import { readBoth } from "./read-both";

const [count = 100_000, first = 1] = process.argv.slice(2).map(Number);
const FILES_PER_LINE = 5000;
/** Seconds of work that one file may take. */
const MOST_WORK = 5;
const work = () => process.cpuUsage().user / 1e6;

async function tryFiles(dir: string): Promise<void> {
  const outcomes = new Map<string, number>();
  for (let done = 1; done <= count; done++) {
    const tried = fuzzCase(first + done - 1);
    const { seed, shape, bytes, changes } = tried;
    const start = work();
    const verdict = await readBoth(tried, dir);
    const isSlow = work() - start > MOST_WORK;
    if ("difference" in verdict || isSlow) {
      const kept = join(tmpdir(), `curriculum-logs-fuzz-${seed}-${shape}.txt`);
      writeFileSync(kept, bytes);
      const problem = "difference" in verdict ? verdict.difference : "it takes too long";
      throw new Error(`Seed ${seed} (${changes.join(", ")}), kept in ${kept}:\n${problem}`);
    }
    const outcome = `${shape}: ${verdict.outcome}`;
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    if (done % FILES_PER_LINE > 0) continue;
    const megabytes = process.memoryUsage().rss / 2 ** 20;
    console.log(`${done} files, ${megabytes.toFixed(0)} MB`);
  }
  for (const [outcome, files] of [...outcomes].sort())
    console.log(`${String(files).padStart(7)} ${outcome}`);
}

async function main(): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), "curriculum-logs-fuzz-"));
  mkdirSync(join(dir, "out"));
  try {
    for (const place of PLACES) {
      const { said, problem } = await tryPlace(place, join(dir, "place"));
      console.log(`${place[0]}: ${said.replaceAll(dir, "").slice(0, 100)}`);
      if (problem) throw new Error(`${place[0]}: ${problem}`);
    }
    await tryFiles(dir);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
