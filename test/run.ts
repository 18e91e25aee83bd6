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

interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  testResults: { assertionResults: { status: string; fullName: string }[] }[];
}

function vitest(...selection: string[]): Omit<StepResult, "name" | "seconds"> {
  const reportPath = join(scratch, "vitest.json");
  rmSync(reportPath, { force: true });
  const ok = runBin("vitest/vitest.mjs", [
    "run",
    ...selection,
    "--config",
    "test/vitest.config.mts",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${reportPath}`,
  ]);
  let report: VitestReport;
  try {
    report = JSON.parse(readFileSync(reportPath, "utf8"));
  } catch {
    return { passed: 0, failed: 1, skipped: [] }; // it crashed before it could report
  }
  const skipped = report.testResults
    .flatMap((file) => file.assertionResults)
    .filter((test) => test.status === "skipped" || test.status === "pending")
    .map((test) => test.fullName);
  // A file that does not load has no failed test of its own, but fails the run all the same.
  const failed = Math.max(report.numFailedTests, ok ? 0 : 1);
  return { passed: report.numPassedTests, failed, skipped };
}

const results: StepResult[] = [];
try {
  results.push(step("types", () => asOne(runBin("typescript/bin/tsc", []))));
  results.push(step("lint", () => asOne(runBin("@biomejs/biome/bin/biome", ["check"]))));
  results.push(step("unit tests", () => vitest("--exclude", "test/notebooks/**")));
  results.push(step("notebooks", () => vitest("test/notebooks/")));
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
