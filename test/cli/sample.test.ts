import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { UsageError } from "../../lib/cli/arguments";
import { sample } from "../../lib/cli/sample";
import { PROJECT_ROOT } from "../../lib/keep/paths";
import { newFolder } from "../support/new-folder";

function around(isTTY: boolean) {
  const written: string[] = [];
  const screen = { isTTY, columns: 80, write: (text: string) => written.push(text) };
  return { screen, errors: screen, written, signal: new AbortController().signal };
}

const FILES = ["anonymized-curriculum-access.txt", "cohorts.csv"];

it("writes the files and says so in one line", async () => {
  const from = newFolder();
  const to = around(false);
  expect(await sample({ rows: 1_000, to: "big" }, { ...to, from })).toBe(0);
  expect(readdirSync(join(from, "big")).sort()).toEqual(FILES);
  expect(to.written.join("").replace(/[\d.]+ s/, "0.1 s")).toBe(
    `Wrote 1,000 rows, 0.1 MB, to ${join(from, "big")} in 0.1 s\n`,
  );
  const text = readFileSync(join(from, "big", FILES[0]!), "utf8");
  expect(text.match(/\n/g)?.length).toBe(1_000);
});

it("draws one live line on a terminal, and takes it away", async () => {
  const to = around(true);
  await sample({ rows: 10, to: "x" }, { ...to, from: newFolder() });
  const redrawn = "\r\u001b[K";
  const lines = to.written.map((line) =>
    line.replace(/ {2}[\d.]+ s$/, "").replace(/^Wrote.*/s, ""),
  );
  expect(lines).toEqual([
    `${redrawn}making rows`,
    `${redrawn}writing 0%`,
    `${redrawn}writing 100%`,
    redrawn,
    "",
  ]);
});

it("refuses more rows than can be written", async () => {
  const from = newFolder();
  const asked = sample({ rows: 500_000_001, to: "x" }, { ...around(false), from });
  await expect(asked).rejects.toThrow(
    new UsageError('--rows takes at most 500000000, not "500000001"'),
  );
  expect(readdirSync(from)).toEqual([]);
});

function start(from: string, line: string) {
  const args = ["--require", "./lib/typescript.cjs", "lib/cli.ts", "sample", ...line.split(" ")];
  const child = spawn(process.execPath, args, {
    cwd: PROJECT_ROOT,
    env: { ...process.env, INIT_CWD: from },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text) => (stderr += text));
  const ended = new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) => {
    child.once("close", (code) => resolve({ code, stdout, stderr }));
  });
  return { child, ended };
}

it.skipIf(process.platform === "win32").each(["SIGINT", "SIGTERM"] as const)(
  "leaves nothing behind on %s",
  async (signal) => {
    const from = newFolder();
    const { child, ended } = start(from, "--rows 9000000 --to new/deep");
    const to = join(from, "new", "deep");
    const isAtWork = () =>
      existsSync(to) && readdirSync(to).some((name) => name.startsWith(".unfinished-"));
    while (child.exitCode === null && !isAtWork()) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    child.kill(signal);
    expect(await ended).toEqual({ code: 130, stdout: "", stderr: "interrupted\n" });
    expect(readdirSync(from)).toEqual([]);
  },
);

it("says in one line what is there already", async () => {
  const from = newFolder();
  await sample({ rows: 1, to: "." }, { ...around(false), from });
  const done = await start(from, "--rows 5 --to .").ended;
  const file = join(from, FILES[0]!);
  expect(done).toEqual({
    code: 1,
    stdout: "",
    stderr: `${file} is there already. Remove it, or choose another folder.\n`,
  });
});
