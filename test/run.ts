/**
 * `npm test`: types, lint, unit tests and the notebooks, one summary at the end.
 * Every step runs even when an earlier one failed, so that one run tells all.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const root = resolve(__dirname, "..");
const scratch = mkdtempSync(join(tmpdir(), "curriculum-logs-test-"));

interface StepResult {
  name: string;
  passed: number;
  failed: number;
  skipped: string[];
  seconds: number;
}

/** Runs a package's command-line program with its output shown as it comes. */
function runBin(script: string, args: string[]): boolean {
  const done = spawnSync(process.execPath, [join(root, "node_modules", script), ...args], {
    cwd: root,
    stdio: "inherit",
  });
  return done.status === 0;
}

function step(name: string, run: () => Omit<StepResult, "name" | "seconds">): StepResult {
  console.log(`\n== ${name}`);
  const start = performance.now();
  const counts = run();
  return { name, ...counts, seconds: (performance.now() - start) / 1000 };
}

const asOne = (ok: boolean) => ({ passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: [] });

/** What Vitest's JSON says of a test file; times in milliseconds. */
interface FileReport {
  name: string;
  status: string;
  startTime: number;
  endTime: number;
  assertionResults: { status: string; fullName: string }[];
}

/** Unit tests and notebooks in one run, so that two processes have work to its end. */
function vitest(): StepResult[] {
  console.log("\n== unit tests and notebooks");
  const reportPath = join(scratch, "vitest.json");
  const ok = runBin("vitest/vitest.mjs", [
    "run",
    "--config",
    "test/vitest.config.mts",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${reportPath}`,
  ]);
  let files: FileReport[] = [];
  try {
    files = JSON.parse(readFileSync(reportPath, "utf8")).testResults;
  } catch {} // it crashed before it could report
  const isNotebook = ({ name }: FileReport) => /[\\/]test[\\/]notebooks[\\/]/.test(name);
  const steps = [
    resultOf(
      "unit tests",
      files.filter((file) => !isNotebook(file)),
    ),
    resultOf("notebooks", files.filter(isNotebook)),
  ];
  // What fails besides tests, such as an error that nobody caught, fails the run all the same.
  if (!ok && steps.every(({ failed }) => failed === 0))
    steps.push({ ...asOne(false), name: "vitest", seconds: 0 });
  return steps;
}

function resultOf(name: string, files: FileReport[]): StepResult {
  const tests = files.flatMap((file) => file.assertionResults);
  const ended = (...as: string[]) => tests.filter(({ status }) => as.includes(status));
  // A file that does not load has no failed test of its own.
  const broken = files.filter(({ status, assertionResults }) => {
    return status === "failed" && assertionResults.every((test) => test.status !== "failed");
  });
  const [passed, failed] = [ended("passed").length, ended("failed").length + broken.length];
  // Both kinds run beside each other: their times add up to more than what passes.
  const begin = Math.min(...files.map(({ startTime }) => startTime));
  const end = Math.max(...files.map(({ endTime }) => endTime));
  return {
    name,
    passed,
    failed: passed + failed > 0 ? failed : 1, // nothing ran
    skipped: ended("skipped", "pending").map(({ fullName }) => fullName),
    seconds: files.length > 0 ? (end - begin) / 1000 : 0,
  };
}

const results: StepResult[] = [];
try {
  results.push(step("types", () => asOne(runBin("typescript/bin/tsc", []))));
  results.push(step("lint", () => asOne(runBin("@biomejs/biome/bin/biome", ["check"]))));
  results.push(...vitest());
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

console.log("\n== summary");
for (const { name, passed, failed, skipped, seconds } of results) {
  const counts = `${passed} passed, ${failed} failed, ${skipped.length} skipped`;
  console.log(`${name.padEnd(12)} ${counts.padEnd(36)} ${seconds.toFixed(1)} s`);
}
const skipped = results.flatMap((result) => result.skipped);
for (const name of skipped) console.log(`skipped: ${name}`);
const total = (pick: (result: StepResult) => number) =>
  results.reduce((sum, result) => sum + pick(result), 0);
const failed = total((result) => result.failed);
// With CURRICULUM_LOGS_NO_SKIPS, as in continuous integration, a skipped test is a failure.
const skipsForbidden = Boolean(process.env.CURRICULUM_LOGS_NO_SKIPS) && skipped.length > 0;
if (skipsForbidden) console.log("skipped tests are not allowed here (CURRICULUM_LOGS_NO_SKIPS)");
console.log(
  `${total((result) => result.passed)} passed, ${failed} failed, ${skipped.length} skipped`,
);
process.exitCode = failed > 0 || skipsForbidden ? 1 : 0;
