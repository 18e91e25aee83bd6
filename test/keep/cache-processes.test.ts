import { type ChildProcess, spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import pl from "nodejs-polars";
import { afterEach, expect, it } from "vitest";
import { throughCache } from "../../lib/keep/cache";
import { useFolder } from "../support/tiny-logs";

const folder = useFolder();
const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

/** A process that writes entries when told to; `said` settles once it prints the word. */
function startChild(first: number, times: number, killAt = "") {
  const script = join(__dirname, "cache-child.ts");
  const typescript = require.resolve("../../lib/typescript.cjs");
  const child = spawn(
    process.execPath,
    ["--require", typescript, script, folder.path(), String(first), String(times), killAt],
    { stdio: ["pipe", "pipe", "inherit"] },
  );
  children.push(child);
  let output = "";
  const waiting: [string, () => void][] = [];
  child.stdout?.on("data", (data) => {
    output += data;
    for (const [word, done] of waiting) if (output.includes(word)) done();
  });
  const said = (word: string) =>
    new Promise<void>((done) => (output.includes(word) ? done() : waiting.push([word, done])));
  const exited = new Promise<number | null>((done) => child.once("exit", done));
  return { child, said, exited, go: () => child.stdin?.write("go\n"), output: () => output };
}

/** The number in the entry's tables, which belong together: no notice and no building is expected. */
async function kept(number?: number): Promise<string> {
  const frame = pl.DataFrame({ number: pl.Series("number", [number ?? 0], pl.Int32) });
  const notices: string[] = [];
  const { tables, isFromCache } = await throughCache(
    { source: "sample", parameters: { seed: 1 }, fingerprint: {} },
    () => ({ tables: { logs: frame, cohorts: frame }, notes: [] }),
    { dir: folder.path(), notice: (line) => notices.push(line) },
  );
  expect([isFromCache, notices]).toEqual([number === undefined, []]);
  const numbers = Object.values(tables).flatMap((table) => table.getColumn("number").toArray());
  return [...new Set(numbers)].join();
}
const unfinished = () => readdirSync(folder.path()).filter((name) => name.startsWith("."));

it.each([
  ["in the middle of writing the first table", "writeSync 1", "1"],
  ["before the first table is in its place", "renameSync 1", "1"],
  ["in the middle of writing the second table", "writeSync 2", "1"],
  ["before the second table is in its place", "renameSync 2", "1"],
  ["in the middle of writing the manifest", "writeSync 3", "1"],
  ["before the manifest is in its place", "renameSync 3", "1"],
  ["after the manifest is in its place", "rmSync 3", "2000"],
])(
  "the old entry or the new one is there where a writer is killed %s",
  async (_, moment, expected) => {
    await kept(1);
    const { exited, said, go } = startChild(2000, 1, moment);
    await said("ready");
    go();
    await exited;
    expect(unfinished()).toHaveLength(expected === "1" ? 1 : 0);
    expect(await kept()).toBe(expected);
  },
);

it("an entry is whole whenever its writer is killed", async () => {
  const { child, said, exited, go } = startChild(1000, 1_000_000);
  await said("ready");
  go();
  await said("first");
  await new Promise((done) => setTimeout(done, 100));
  child.kill("SIGKILL");
  await exited;
  expect(await kept()).toMatch(/^1\d{3}$/);
});

it("two may write the same entry at once, and both succeed", async () => {
  const writers = [startChild(1000, 15), startChild(2000, 15)];
  await Promise.all(writers.map(({ said }) => said("ready")));
  for (const { go } of writers) go();
  expect(await Promise.all(writers.map(({ exited }) => exited))).toEqual([0, 0]);
  for (const { output } of writers) expect(output()).toBe("ready\nfirst\n");
  expect(await kept()).toMatch(/^[12]014$/);
  expect(unfinished()).toEqual([]);
});
