/**
 * `npm test`: types, lint, unit tests and the notebooks, one summary at the end; with
 * `CURRICULUM_LOGS_TESTS=landing`, as `.ci/run` calls it, more of what takes long, and as
 * `npm run test:full` all of it (see `vitest.config.mts`), with each property two hundred times as often.
 * Every step runs even when an earlier one failed, so that one run tells all.
 */
import { spawnSync } from "node:child_process";
import { join, relative, resolve } from "node:path";
import type { Reporter, TestModule } from "vitest/node";

const root = resolve(__dirname, "..");
const isFull = process.argv[2] === "full";

interface StepResult {
  name: string;
  passed: number;
  failed: number;
  skipped: string[];
  seconds: number;
}

/** Runs a package's command-line program with its output shown as it comes. */
function step(name: string, script: string, ...args: string[]): StepResult {
  console.log(`\n== ${name}`);
  const start = performance.now();
  const line = [join(root, "node_modules", script), ...args];
  const { status } = spawnSync(process.execPath, line, { cwd: root, stdio: "inherit" });
  const [passed, failed] = status === 0 ? [1, 0] : [0, 1];
  return { name, passed, failed, skipped: [], seconds: (performance.now() - start) / 1000 };
}

/** Says now and then how far it is and what runs, for files that take long say nothing for minutes. */
class Progress implements Reporter {
  /** By file, in milliseconds. */
  readonly times = new Map<string, { start: number; end?: number }>();
  private files = 0;
  private timer?: NodeJS.Timeout;

  onTestRunStart(files: readonly unknown[]): void {
    this.files = files.length;
    const began = performance.now();
    this.timer = setInterval(() => {
      const started = [...this.times].filter(([, { end }]) => end === undefined);
      const running = started.map(([file]) => relative(root, file)).join(", ");
      const done = this.times.size - started.length;
      const seconds = Math.round((performance.now() - began) / 1000);
      console.log(` … ${done} of ${this.files} files in ${seconds} s; at work: ${running}`);
    }, 20_000);
  }
  onTestModuleQueued({ moduleId }: TestModule): void {
    this.times.set(moduleId, { start: performance.now() });
  }
  onTestModuleEnd({ moduleId }: TestModule): void {
    const end = performance.now();
    this.times.set(moduleId, { start: end, ...this.times.get(moduleId), end });
  }
  onTestRunEnd(): void {
    clearInterval(this.timer);
  }
}

/** Unit tests and notebooks in one run, so that two processes have work to its end. */
async function vitest(): Promise<StepResult[]> {
  console.log(`\n== unit tests and notebooks${isFull ? ", all of them" : ""}`);
  const { startVitest } = await import("vitest/node");
  const progress = new Progress();
  const config = join(root, "test/vitest.config.mts");
  const run = await startVitest("test", [], {
    ...{ root, config, run: true, watch: false },
    reporters: ["default", progress],
  });
  const files = run.state.getTestModules();
  const errors = run.state.getUnhandledErrors().length;
  await run.close();
  const isNotebook = ({ moduleId }: TestModule) => /[\\/]test[\\/]notebooks[\\/]/.test(moduleId);
  const of = (name: string, some: TestModule[]) => resultOf(name, some, progress);
  const tests = of(
    "unit tests",
    files.filter((file) => !isNotebook(file)),
  );
  // Errors that nobody caught fail the run, too.
  return [{ ...tests, failed: tests.failed + errors }, of("notebooks", files.filter(isNotebook))];
}

function resultOf(name: string, files: TestModule[], { times }: Progress): StepResult {
  const tests = files.flatMap((file) => [...file.children.allTests()]);
  const ended = (as: string) => tests.filter((test) => test.result().state === as);
  // A file that does not load has no failed test of its own.
  const broken = files.filter((file) => file.state() === "failed" && file.children.size === 0);
  const passed = ended("passed").length;
  const failed = ended("failed").length + broken.length;
  // Both kinds run beside each other: their times add up to more than what passes.
  const own = files.flatMap(({ moduleId }) => times.get(moduleId) ?? []);
  const begin = Math.min(...own.map(({ start }) => start));
  const end = Math.max(...own.map(({ end = begin }) => end));
  return {
    name,
    passed,
    failed: passed + failed > 0 ? failed : 1, // nothing ran
    skipped: ended("skipped").map(({ fullName }) => fullName),
    seconds: files.length > 0 ? (end - begin) / 1000 : 0,
  };
}

async function main(): Promise<void> {
  if (isFull) {
    process.env.CURRICULUM_LOGS_TESTS = "";
    process.env.CURRICULUM_LOGS_PROPERTY_RUNS ??= "100";
  } else {
    process.env.CURRICULUM_LOGS_TESTS ||= "quick";
    process.env.CURRICULUM_LOGS_PROPERTY_RUNS ??= "0.5";
  }
  const results = [
    step("types", "typescript/bin/tsc"),
    step("lint", "@biomejs/biome/bin/biome", "check"),
    ...(await vitest()),
  ];
  console.log("\n== summary");
  for (const { name, passed, failed, skipped, seconds } of results) {
    const counts = `${passed} passed, ${failed} failed, ${skipped.length} skipped`;
    console.log(`${name.padEnd(12)} ${counts.padEnd(36)} ${seconds.toFixed(1)} s`);
  }
  const skipped = results.flatMap((result) => result.skipped);
  for (const name of skipped) console.log(`skipped: ${name}`);
  const passed = results.reduce((sum, result) => sum + result.passed, 0);
  const failed = results.reduce((sum, result) => sum + result.failed, 0);
  // With CURRICULUM_LOGS_NO_SKIPS, as in continuous integration, a skipped test is a failure.
  const skipsForbidden = Boolean(process.env.CURRICULUM_LOGS_NO_SKIPS) && skipped.length > 0;
  if (skipsForbidden) console.log("skipped tests are not allowed here (CURRICULUM_LOGS_NO_SKIPS)");
  if (!isFull) console.log("what takes long was left to npm run test:full");
  console.log(`${passed} passed, ${failed} failed, ${skipped.length} skipped`);
  process.exitCode = failed > 0 || skipsForbidden ? 1 : 0;
}

void main();
