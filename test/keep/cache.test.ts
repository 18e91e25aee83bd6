import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import pl from "nodejs-polars";
import { afterEach, describe, expect, it } from "vitest";
import { throughCache } from "../../lib/keep/cache";
import type { CacheKey } from "../../lib/keep/cache-manifest";
import { hash } from "../../lib/keep/source-code";
import { useFolder } from "../support/tiny-logs";

const folder = useFolder();
const KEY: CacheKey = {
  source: "sample",
  parameters: { rows: 10, seed: 1 },
  fingerprint: { a: "1" },
};

/** The cache's answer, what it said, and whether it had to build. */
async function ask(
  number = 1,
  { key = KEY, refresh = false, dir = folder.path(), since = undefined as Date | undefined } = {},
) {
  const notices: string[] = [];
  let builds = 0;
  const build = () => {
    builds++;
    const logs = pl.DataFrame({ number: pl.Series("number", new Int32Array(500).fill(number)) });
    return { tables: { logs, cohorts: logs.head(2) }, notes: ["odd"] };
  };
  const cached = await throughCache(key, build, {
    dir,
    refresh,
    since,
    notice: (line) => notices.push(line),
  });
  const { logs, cohorts } = cached.tables as Record<"logs" | "cohorts", pl.DataFrame>;
  const numbers = new Set([
    ...logs.getColumn("number").toArray(),
    ...cohorts.getColumn("number").toArray(),
  ]);
  return { ...cached, logs, cohorts, number: [...numbers].join(), notices, builds };
}

const files = (end: string) => readdirSync(folder.path()).filter((name) => name.endsWith(end));
const manifestPath = () => join(folder.path(), files(".manifest.json")[0] ?? "");
const logsFile = () =>
  join(folder.path(), files(".parquet").find((name) => name.includes("-logs-")) ?? "");

describe("throughCache", () => {
  it("builds once, then gives the same tables, notes and time from the cache", async () => {
    const built = await ask(1);
    const cached = await ask(2);
    expect([built.isFromCache, built.builds]).toEqual([false, 1]);
    expect([cached.isFromCache, cached.builds, cached.number]).toEqual([true, 0, "1"]);
    expect(cached.notes).toEqual(["odd"]);
    expect(cached.made).toEqual(built.made);
    expect(cached.logs.toString()).toBe(built.logs.toString());
    expect(built.notices.concat(cached.notices)).toEqual([]);
  });

  it("builds anew, without a word, where refresh is asked for", async () => {
    await ask(1);
    expect(await ask(2, { refresh: true })).toMatchObject({ builds: 1, number: "2", notices: [] });
    expect((await ask(3)).number).toBe("2");
  });

  it.skipIf(process.platform === "win32")(
    "is closed to others, also where an earlier version left it open and nothing is to be built",
    async () => {
      const dir = join(folder.path(), "cache");
      const mode = () => (statSync(dir).mode & 0o777).toString(8);
      for (const builds of [1, 0]) {
        expect(await ask(1, { dir })).toMatchObject({ builds });
        expect(mode()).toBe("700");
        chmodSync(dir, 0o755);
      }
      const modes = readdirSync(dir).map((name) => statSync(join(dir, name)).mode & 0o777);
      expect(modes).toEqual([0o600, 0o600, 0o600]);
    },
  );

  it("takes no entry made before a moment, or after now, and says nothing of it", async () => {
    await ask(1);
    const since = new Date();
    expect((await ask(2, { since: new Date(0) })).number).toBe("1");
    await new Promise((resolve) => setTimeout(resolve, 2));
    const later = new Date();
    expect(await ask(3, { since: later })).toMatchObject({ builds: 1, number: "3", notices: [] });
    expect((await ask(4, { since: later })).number).toBe("3");
    expect((await ask(5, { since })).number).toBe("3");
    const [, ...lines] = readFileSync(manifestPath(), "utf8").split("\n");
    const content = lines.join("\n").replace(/"made": "\d{4}/, '"made": "9999');
    writeFileSync(manifestPath(), `${hash(content)}\n${content}`);
    expect((await ask(6, { since })).number).toBe("6");
  });

  it("keeps other sources and parameters apart, in whatever order they are named", async () => {
    await ask(1);
    await ask(2, { key: { ...KEY, parameters: { rows: 10, seed: 2 } } });
    await ask(3, { key: { ...KEY, source: "files" } });
    expect((await ask(4, { key: { ...KEY, parameters: { seed: 1, rows: 10 } } })).number).toBe("1");
    expect((await ask(4, { key: { ...KEY, parameters: { rows: 10, seed: 2 } } })).number).toBe("2");
    expect((await ask(4, { key: { ...KEY, source: "files" } })).number).toBe("3");
  });

  it("rebuilds a stale entry and says so", async () => {
    await ask(1);
    const key = { ...KEY, fingerprint: { a: "2" } };
    const asked = await ask(2, { key });
    expect(asked).toMatchObject({ builds: 1, number: "2" });
    expect(asked.notices).toEqual([
      expect.stringContaining("is stale: what it was made from has changed: made anew."),
    ]);
    expect((await ask(3, { key })).builds).toBe(0);
  });

  it("rebuilds an entry of another version and says so", async () => {
    await ask(1);
    const [, ...lines] = readFileSync(manifestPath(), "utf8").split("\n");
    const other = lines.join("\n").replace(/"version": "[0-9a-f]{4}/, '"version": "0000');
    writeFileSync(manifestPath(), `${hash(other)}\n${other}`);
    const asked = await ask(2);
    expect(asked.notices).toEqual([expect.stringContaining("is from another version: made anew.")]);
    expect(asked.builds).toBe(1);
  });

  it("does not keep what is not to be kept", async () => {
    const build = () => ({ tables: {}, notes: [], isKept: false });
    await throughCache(KEY, build, { dir: folder.path(), notice: () => {} });
    expect(readdirSync(folder.path())).toEqual([]);
  });

  it("leaves nothing where building fails", async () => {
    const build = () => Promise.reject(new Error("no"));
    await expect(
      throughCache(KEY, build, { dir: folder.path(), notice: () => {} }),
    ).rejects.toThrow("no");
    expect(readdirSync(folder.path())).toEqual([]);
  });
});

describe("a damaged entry", () => {
  it.each(["table", "manifest"])("is noticed wherever its %s is cut off", async (part) => {
    for (const share of [0, 0.001, 0.25, 0.5, 0.75, 0.999]) {
      await ask(1, { refresh: true });
      const path = part === "table" ? logsFile() : manifestPath();
      truncateSync(path, Math.floor(statSync(path).size * share));
      const asked = await ask(2);
      expect(asked).toMatchObject({ builds: 1, number: "2" });
      expect(asked.notices).toEqual([expect.stringMatching(/is damaged.*made anew/)]);
      rmSync(folder.path(), { recursive: true });
      mkdirSync(folder.path());
    }
  });

  it.each(["table", "manifest"])("is noticed whichever bit of its %s has turned", async (part) => {
    await ask(1);
    const path = part === "table" ? logsFile() : manifestPath();
    const whole = readFileSync(path);
    const step = Math.ceil(whole.length / 40);
    for (let at = 0; at < whole.length; at += step) {
      const turned = Buffer.from(whole);
      turned[at] = (turned[at] as number) ^ (1 << (at % 8));
      writeFileSync(path, turned);
      const asked = await ask(1);
      expect(asked).toMatchObject({ builds: 1, number: "1" });
      expect(asked.notices).toEqual([expect.stringMatching(/is damaged.*made anew/)]);
    }
  });

  it("is noticed where a table's file is gone or a folder", async () => {
    await ask(1);
    rmSync(logsFile());
    expect((await ask(2)).notices).toEqual([
      expect.stringContaining("has lost table logs: made anew."),
    ]);
    const path = logsFile();
    rmSync(path);
    mkdirSync(path);
    expect((await ask(2)).notices[0]).toContain("has lost table logs: made anew.");
  });
});

describe("sweeping", () => {
  const age = (name: string, minutes: number) => {
    const then = Date.now() / 1000 - 60 * minutes;
    utimesSync(join(folder.path(), name), then, then);
  };

  it("removes tables without an entry and unfinished files, once an hour old, and nothing else", async () => {
    await ask(1);
    const old = [
      ".unfinished-0123456789abcdef-x.parquet",
      "sample-logs-0000.parquet",
      "broken.manifest.json",
    ];
    const young = [".unfinished-1123456789abcdef-x.parquet", "sample-logs-1111.parquet"];
    const foreign = ["notes.txt"];
    for (const name of [...old, ...young, ...foreign]) folder.put(name, "x");
    for (const name of [
      ...old,
      ...foreign,
      ...files(".parquet").filter((n) => n.startsWith("sample-") && n.length > 30),
    ])
      age(name, 61);
    await ask(2, { key: { ...KEY, parameters: { seed: 2 } } });
    const left = readdirSync(folder.path());
    for (const name of old) expect(left).not.toContain(name);
    for (const name of [...young, ...foreign]) expect(left).toContain(name);
    expect((await ask(3)).number).toBe("1");
  });

  it("keeps the four newest entries of a source", async () => {
    for (let seed = 1; seed <= 6; seed++) {
      await ask(seed, { key: { ...KEY, parameters: { seed } } });
      for (const [at, name] of files(".manifest.json").entries())
        if (statSync(join(folder.path(), name)).mtimeMs > Date.now() - 30_000)
          age(name, 10 - seed + at / 100);
    }
    await ask(9, { key: { ...KEY, source: "files" } });
    expect(files(".manifest.json")).toHaveLength(5);
    expect((await ask(7, { key: { ...KEY, parameters: { seed: 6 } } })).number).toBe("6");
    expect((await ask(7, { key: { ...KEY, parameters: { seed: 1 } } })).builds).toBe(1);
  });
});

describe("a folder that cannot be written", () => {
  it("does without a cache where a file is in the folder's place, and says so", async () => {
    const dir = join(folder.put("data", "x"), "cache");
    const asked = await ask(1, { dir });
    expect(asked).toMatchObject({ builds: 1, number: "1" });
    expect(asked.notices).toEqual([
      expect.stringMatching(
        /^Not cached, as .*data.cache cannot be written \(.*\): what was there before is still there\. Make room or rights; until then each run reads again\.$/,
      ),
    ]);
  });

  const mounts: string[] = [];
  afterEach(() => {
    for (const dir of mounts.splice(0)) execFileSync("umount", [dir]);
  });
  const mount = (options: string) => {
    const dir = join(folder.path(), "mounted");
    mkdirSync(dir, { recursive: true });
    execFileSync("mount", ["-t", "tmpfs", "-o", options, "tmpfs", dir], { stdio: "ignore" });
    mounts.push(dir);
    return dir;
  };
  const canMount = (() => {
    try {
      const dir = execFileSync("mktemp", ["-d"], { encoding: "utf8" }).trim();
      execFileSync("mount", ["-t", "tmpfs", "tmpfs", dir], { stdio: "ignore" });
      execFileSync("umount", [dir]);
      return true;
    } catch {
      return false;
    }
  })();

  it.skipIf(!canMount)(
    "does without a new entry on a full disk, and leaves nothing there (needs the right to mount)",
    async () => {
      const dir = mount("size=64k");
      writeFileSync(join(dir, "filler"), Buffer.alloc(60_000));
      const asked = await ask(1, { dir });
      expect(asked).toMatchObject({ builds: 1, number: "1" });
      expect(asked.notices).toEqual([
        expect.stringMatching(/^Not cached, as .* cannot be written \(ENOSPC/),
      ]);
      expect(readdirSync(dir)).toEqual(["filler"]);
    },
  );

  it.skipIf(!canMount)(
    "reads a cache in a read-only folder, and does without a new one (needs the right to mount)",
    async () => {
      const dir = mount("size=1m");
      await ask(1, { dir });
      execFileSync("mount", ["-o", "remount,ro", dir]);
      expect(await ask(2, { dir })).toMatchObject({ builds: 0, number: "1" });
      const asked = await ask(2, { dir, refresh: true });
      expect(asked.number).toBe("2");
      expect(asked.notices).toEqual([expect.stringContaining("EROFS")]);
    },
  );
});

describe("processes at the same cache", () => {
  const children: ChildProcess[] = [];
  afterEach(() => {
    for (const child of children.splice(0)) child.kill("SIGKILL");
  });

  /** A process that will write entries when told to; `said` settles once it prints the word. */
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

  const key = { source: "sample", parameters: { seed: 1 }, fingerprint: {} };

  it.each([
    ["in the middle of writing the first table", "writeSync 1", "1"],
    ["before the first table is in its place", "renameSync 1", "1"],
    ["in the middle of writing the second table", "writeSync 2", "1"],
    ["before the second table is in its place", "renameSync 2", "1"],
    ["in the middle of writing the manifest", "writeSync 3", "1"],
    ["before the manifest is in its place", "renameSync 3", "1"],
    ["after the manifest is in its place", "rmSync 3", "2000"],
  ])(
    "leaves the old entry or the new one where a writer is killed %s",
    async (_, moment, expected) => {
      await ask(1, { key });
      const { exited, said, go } = startChild(2000, 1, moment);
      await said("ready");
      go();
      await exited;
      const unfinished = readdirSync(folder.path()).filter((name) =>
        name.startsWith(".unfinished"),
      );
      expect(unfinished).toHaveLength(expected === "1" ? 1 : 0);
      expect(await ask(0, { key })).toMatchObject({ builds: 0, notices: [], number: expected });
    },
  );

  it("leaves an entry that is whole whenever its writer is killed", async () => {
    const { child, said, exited, go } = startChild(1000, 1_000_000);
    await said("ready");
    go();
    await said("first");
    await new Promise((done) => setTimeout(done, 100));
    child.kill("SIGKILL");
    await exited;
    const asked = await ask(0, { key });
    expect(asked).toMatchObject({ builds: 0, notices: [] });
    expect(asked.number).toMatch(/^1\d{3}$/);
  });

  it("lets two write the same entry at once, and both succeed", async () => {
    const writers = [startChild(1000, 15), startChild(2000, 15)];
    await Promise.all(writers.map(({ said }) => said("ready")));
    for (const { go } of writers) go();
    expect(await Promise.all(writers.map(({ exited }) => exited))).toEqual([0, 0]);
    for (const { output } of writers) expect(output()).toBe("ready\nfirst\n");
    const asked = await ask(0, { key });
    expect(asked).toMatchObject({ builds: 0, notices: [] });
    expect(asked.number).toMatch(/^[12]014$/);
    expect(readdirSync(folder.path()).filter((name) => name.startsWith("."))).toEqual([]);
  });
});
