import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Change what a process has only once, or need much memory. */
const ALONE = [
  "test/{golden,hostile,notebooks}/**/*.test.ts",
  "test/acquire/acquire-logs.test.ts",
  "test/keep/settings.test.ts",
  "test/kernel/{connection,kernel}.test.ts",
  "test/kernel/cells/types-of-cells.test.ts",
  "test/typescript.test.ts",
  "test/cli/{npm-options,private-files,run,sample}.test.ts",
  "test/notebook/{figures-stay-here,save-csv,show*}.test.ts",
  "test/notebook/html/code-of-others.test.ts",
];

/** What `npm test` leaves to `.ci/run`: what all results were, published numbers and stories. */
const LANDING = [
  "test/{golden/golden,notebook-types,regular-expressions,typescript}.test.ts",
  "test/cli/data-lines.test.ts",
  "test/detect/on-sample.test.ts",
  "test/prepare/published-figures.test.ts",
];

/**
 * What both leave to `npm run test:full`: larger samples, the command where there is little to be had
 * or everything is hostile, and writers that are killed.
 */
const NIGHTLY = [
  "test/hostile/whole-run.test.ts",
  "test/acquire/files-without-end.test.ts",
  "test/benchmark/nab.test.ts",
  "test/cli/{private-files,run-with-little}.test.ts",
  "test/keep/cache-processes.test.ts",
  "test/notebooks/with-settings.test.ts",
  "test/report/board-answers.test.ts",
  "test/twin/{attacks,blocks,compare-detectors,exchange,plant-anomalies,published-reference}.test.ts",
  "test/twin/{sample-logs,stories,write-sample}.test.ts",
];
const LEFT_BY: Record<string, string[]> = { quick: [...LANDING, ...NIGHTLY], landing: NIGHTLY };
const left = LEFT_BY[process.env.CURRICULUM_LOGS_TESTS ?? ""] ?? [];

/** What takes long, the longest first: begun late, it would run while the other process has no work. */
const LONGEST = [
  "hostile/whole-run",
  "notebooks/executed",
  "cli/run",
  "golden/golden",
  "cli/private-files",
  // After what they look at has been executed.
  "notebooks/in-browser",
  "notebooks/in-jupyter",
  "notebooks/with-settings",
  "cli/sample",
  "kernel/kernel",
  "notebook/show-in-kernel",
  // In a process that they share, and with it a browser.
  "acquire/mysql/",
  "notebook/html/in-browser",
  "notebook/slides/in-browser",
  "cli/kept-run",
  "cli/data-lines",
  "notebook-types",
  "regular-expressions",
  "kernel/",
  "notebook/execute",
  "properties/report",
  "properties/detect",
  "properties/frames",
  "report/board-answers",
  "twin/sample-logs",
  "twin/plant-anomalies",
  "twin/write-sample",
  "twin/compare-detectors",
  "group/parity",
  "twin/blocks",
];

/** Files that run alone, then those that share a process; of each kind the longest first. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId, project }: TestSpecification) => {
      const place = LONGEST.findIndex((name) => moduleId.includes(`/test/${name}`));
      const among = place < 0 ? LONGEST.length : place;
      return (project.config.isolate ? 0 : LONGEST.length + 1) + among;
    };
    const others = await super.sort(files);
    return others.sort((a, b) => rank(a) - rank(b));
  }
}

export default defineConfig({
  test: {
    root: `${import.meta.dirname}/..`,
    // nodejs-polars and zeromq are native: child processes, not worker threads.
    pool: "forks",
    // Frames and expressions are many small objects: to collect them less often takes less time.
    execArgv: ["--max-semi-space-size=64"],
    maxWorkers: 2,
    // Properties that are asked a hundred times as often take as much longer.
    testTimeout: 120_000 * Math.max(1, Number(process.env.CURRICULUM_LOGS_PROPERTY_RUNS) || 1),
    hookTimeout: 120_000,
    globalSetup: `${import.meta.dirname}/support/shared-folder.setup.ts`,
    sequence: { sequencer: LongestFirst },
    projects: [
      { extends: true, test: { name: "alone", include: ALONE, exclude: left } },
      {
        extends: true,
        test: {
          name: "together",
          include: ["test/**/*.test.ts"],
          exclude: [...ALONE, ...left],
          // One file after another in the same process: to load Polars and the library anew for
          // each takes longer than most tests.
          isolate: false,
        },
      },
    ],
  },
});
