/**
 * How long `npm start` takes, and how much memory, as a newcomer sees it:
 *
 *     npm run benchmark:start            five rounds; -- 1 makes one
 *
 * Each round copies the project without what earlier runs have kept, with an empty HOME. Times are
 * medians; each also as a ratio to a loop of this process, timed beside it, as machines differ.
 * Memory is what Linux tells of the largest process, and the most of all together.
 */
import { spawn, spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { PROJECT_ROOT } from "../../lib/keep/paths";
import type { Notebook } from "../../lib/notebook/nbformat";
import { machine, median } from "./measure";

interface Measured {
  seconds: number;
  /** In bytes: of the largest process, and of all together. */
  largest: number;
  together: number;
}

/** What is measured, in this order in one copy, and what is done before. */
const STEPS: [string, string[], (copy: string) => void][] = [
  ["first npm start", [], () => {}],
  ["again, nothing changed", [], () => {}],
  ["again, a cell of notebook 05 changed", [], changeCell],
  ["again with --force", ["--force"], () => {}],
];

main(Number(process.argv[2] ?? 5));

async function main(rounds: number): Promise<void> {
  console.log(`${machine()}\n`);
  const loops: number[] = [];
  const all = new Map<string, Measured[]>(STEPS.map(([name]) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    const copy = copyProject();
    try {
      for (const [name, args, before] of STEPS) {
        before(copy);
        loops.push(calibrationLoop());
        all.get(name)?.push(await measure(copy, args));
      }
    } finally {
      rmSync(copy, { recursive: true });
    }
  }
  const loop = median(loops);
  console.log(`the loop takes ${loop.toFixed(2)} s\n`);
  for (const [name, runs] of all) {
    const seconds = median(runs.map((run) => run.seconds));
    const gigabytes = (bytes: number[]) => `${(Math.max(...bytes) / 1e9).toFixed(2)} GB`;
    console.log(
      `${name.padEnd(38)}${seconds.toFixed(1).padStart(6)} s  ${(seconds / loop).toFixed(1).padStart(6)} loops  ` +
        `largest process ${gigabytes(runs.map((run) => run.largest))}, together ${gigabytes(runs.map((run) => run.together))}`,
    );
  }
}

/** The files of the project, its packages by links: what has been compiled of them stays behind. */
function copyProject(): string {
  const copy = mkdtempSync(join(tmpdir(), "curriculum-logs-start-"));
  const listed = spawnSync("git", ["ls-files", "-z"], { cwd: PROJECT_ROOT, encoding: "utf8" });
  for (const file of listed.stdout.split("\0").filter(Boolean)) {
    mkdirSync(join(copy, dirname(file)), { recursive: true });
    cpSync(join(PROJECT_ROOT, file), join(copy, file));
  }
  const packages = join(PROJECT_ROOT, "node_modules");
  mkdirSync(join(copy, "node_modules"));
  for (const name of readdirSync(packages)) {
    if (name.startsWith(".compiled")) continue;
    symlinkSync(join(packages, name), join(copy, "node_modules", name));
  }
  mkdirSync(join(copy, "home"));
  return copy;
}

function changeCell(copy: string): void {
  const file = join(copy, "notebooks", "05-group-users.ipynb");
  const notebook = JSON.parse(readFileSync(file, "utf8")) as Notebook;
  const cell = notebook.cells.find((each) => each.cell_type === "code");
  if (cell) cell.source = `${[cell.source].flat().join("")}\n// changed`;
  writeFileSync(file, JSON.stringify(notebook));
}

async function measure(copy: string, args: string[]): Promise<Measured> {
  const start = performance.now();
  const child = spawn("npm", ["start", "--", ...args], {
    cwd: copy,
    env: { ...process.env, HOME: join(copy, "home") },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let printed = "";
  child.stdout.setEncoding("utf8").on("data", (text) => {
    printed += text;
  });
  let [largest, together] = [0, 0];
  const timer = setInterval(() => {
    const sizes = sizesOf(copy);
    largest = Math.max(largest, ...sizes);
    together = Math.max(
      together,
      sizes.reduce((sum, size) => sum + size, 0),
    );
  }, 100);
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  clearInterval(timer);
  if (code !== 0) throw new Error(`npm start ${args.join(" ")} ended with ${code}:\n${printed}`);
  return { seconds: (performance.now() - start) / 1000, largest, together };
}

/** Resident bytes of each process that works in the copy; none where the system does not list them. */
function sizesOf(copy: string): number[] {
  if (process.platform !== "linux") return [];
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const command = readFileSync(`/proc/${name}/cmdline`, "utf8");
        if (!command.includes(copy) && !command.includes("lib/cli.ts")) return [];
        const [, pages] = readFileSync(`/proc/${name}/statm`, "utf8").split(" ");
        return [Number(pages) * 4096];
      } catch {
        return [];
      }
    });
}

/** Work of a fixed size: a third of a second on a processor of 2020. */
function calibrationLoop(): number {
  const start = performance.now();
  let [state, sum] = [1, 0];
  for (let i = 0; i < 100_000_000; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    sum += state >>> 31;
  }
  if (sum === 0) throw new Error("the loop did nothing");
  return (performance.now() - start) / 1000;
}
