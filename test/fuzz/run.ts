/**
 * `npm run fuzz -- [count] [seed]`: reads damaged files with the project's readers and with slow
 * ones that are plain enough to be right, and stops where they differ, where there is no clear
 * error, where a file takes too long or where memory or open files grow. What is tried is the
 * same for the same seed; `npm run fuzz -- 1 SEED` tries one file again.
 */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { PLACES, tryPlace } from "./odd-places";
import { trySeed } from "./try-case";
import { watch } from "./watchdog";

const [count = 100_000, first = 1] = process.argv.slice(2).map(Number);
const FILES_PER_LOOK = 5000;
const MOST_GROWTH = 64;

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

function usage(): { megabytes: number; openFiles: number } {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return { megabytes: (heapUsed + external) / 2 ** 20, openFiles: openFiles() };
}

function openFiles(): number {
  try {
    return readdirSync("/proc/self/fd").length;
  } catch {
    return 0; // not on this system
  }
}

async function main(): Promise<number> {
  const dir = mkdtempSync(join(tmpdir(), "curriculum-logs-fuzz-"));
  const keptDir = join(tmpdir(), "curriculum-logs-fuzz-kept");
  mkdirSync(join(dir, "out"));
  mkdirSync(keptDir, { recursive: true });
  const { next, stop } = watch(dir, keptDir);
  try {
    for (const [at, place] of PLACES.entries()) {
      next(-1 - at);
      const { said, problem } = await tryPlace(place, join(dir, "place"));
      console.log(`${place.name}: ${said.replaceAll(dir, "").slice(0, 100)}`);
      if (problem) throw new Error(`${place.name}: ${problem}`);
    }
    const outcomes = new Map<string, number>();
    const start = performance.now();
    let before: ReturnType<typeof usage> | undefined;
    for (let seed = first; seed < first + count; seed++) {
      next(seed);
      const verdict = await trySeed(seed, dir);
      if ("difference" in verdict) {
        const { shape, bytes, changes, isSetAside } = verdict.tried;
        const kept = join(keptDir, `${seed}-${shape}.txt`);
        writeFileSync(kept, bytes);
        const how = `${changes.join(", ")}${isSetAside ? ", set aside" : ""}`;
        console.error(`Seed ${seed} (${how}), kept in ${kept}:\n${verdict.difference}`);
        return 1;
      }
      const outcome = `${verdict.tried.shape}: ${verdict.outcome}`;
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      if ((seed - first + 1) % FILES_PER_LOOK > 0) continue;
      const now = usage();
      const perSecond = (1000 * (seed - first + 1)) / (performance.now() - start);
      console.log(
        `${seed - first + 1} files, ${perSecond.toFixed(0)} per second, ${now.megabytes.toFixed(0)} MB, ${now.openFiles} open files`,
      );
      before ??= now;
      if (now.megabytes > before.megabytes + MOST_GROWTH || now.openFiles > before.openFiles + 5) {
        console.error(`Memory or open files have grown: ${JSON.stringify({ before, now })}`);
        return 1;
      }
    }
    for (const [outcome, files] of [...outcomes].sort())
      console.log(`${String(files).padStart(7)} ${outcome}`);
    return 0;
  } finally {
    stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error) => {
    console.error(error);
    process.exitCode = 1;
  },
);
