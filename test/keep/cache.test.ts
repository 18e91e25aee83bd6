import { execFileSync } from "node:child_process";
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
import type pl from "nodejs-polars";
import { expect, it } from "vitest";
import { throughCache } from "../../lib/keep/cache";
import type { CacheKey } from "../../lib/keep/cache-manifest";
import { smallDisk } from "../support/small-disk";
import { KEY, useCache } from "./asked-cache";

const { folder, ask, files, manifestPath, logsFile, manifest, writeManifest } = useCache();
const ofSeed = (seed: number): CacheKey => ({ ...KEY, parameters: { rows: 10, seed } });
const changeManifest = (pattern: RegExp, by: string) =>
  writeManifest(manifest().replace(pattern, by));

it("throughCache builds once, then gives the same tables, notes and time from the cache", async () => {
  const built = await ask(1);
  const cached = await ask(2);
  expect([built.isFromCache, built.builds]).toEqual([false, 1]);
  expect([cached.isFromCache, cached.builds, cached.number]).toEqual([true, 0, "1"]);
  expect(cached.notes).toEqual(["odd"]);
  expect(cached.made).toEqual(built.made);
  expect(cached.tables.logs?.frameEqual(built.tables.logs as pl.DataFrame)).toBe(true);
  expect(built.notices.concat(cached.notices)).toEqual([]);
});

it("throughCache builds anew, without a word, where refresh is asked for", async () => {
  await ask(1);
  expect(await ask(2, { refresh: true })).toMatchObject({ builds: 1, number: "2", notices: [] });
  expect((await ask(3)).number).toBe("2");
});

it.skipIf(process.platform === "win32")(
  "throughCache is closed to others, also where an earlier version left it open and nothing is to be built",
  async () => {
    const dir = join(folder.path(), "cache");
    for (const builds of [1, 0]) {
      expect(await ask(1, { dir })).toMatchObject({ builds });
      expect(statSync(dir).mode & 0o777).toBe(0o700);
      chmodSync(dir, 0o755);
    }
    const modes = readdirSync(dir).map((name) => statSync(join(dir, name)).mode & 0o777);
    expect(modes).toEqual([0o600, 0o600, 0o600]);
  },
);

it("throughCache takes no entry made before a moment, or after now, and says nothing of it", async () => {
  await ask(1);
  const since = new Date();
  expect((await ask(2, { since: new Date(0) })).number).toBe("1");
  await new Promise((resolve) => setTimeout(resolve, 2));
  const later = new Date();
  expect(await ask(3, { since: later })).toMatchObject({ builds: 1, number: "3", notices: [] });
  expect((await ask(4, { since: later })).number).toBe("3");
  changeManifest(/"made": "\d{4}/, '"made": "9999');
  expect((await ask(6, { since })).number).toBe("6");
});

it("throughCache keeps other sources and parameters apart, in whatever order they are named", async () => {
  const files = { ...KEY, source: "files" };
  const turned = { ...KEY, parameters: { seed: 1, rows: 10 } };
  for (const [at, key] of [KEY, ofSeed(2), files].entries()) await ask(at + 1, { key });
  expect((await ask(4, { key: turned })).number).toBe("1");
  expect((await ask(4, { key: ofSeed(2) })).number).toBe("2");
  expect((await ask(4, { key: files })).number).toBe("3");
});

it("throughCache rebuilds a stale entry and one of another version, and says so", async () => {
  await ask(1);
  const key = { ...KEY, fingerprint: { a: "2" } };
  const stale = await ask(2, { key });
  expect(stale).toMatchObject({ builds: 1, number: "2" });
  expect(stale.notices).toEqual([
    expect.stringContaining("is stale: what it was made from has changed: made anew."),
  ]);
  expect((await ask(3, { key })).builds).toBe(0);
  changeManifest(/"version": "[0-9a-f]{4}/, '"version": "0000');
  const other = await ask(2, { key });
  expect(other.notices).toEqual([expect.stringContaining("is from another version: made anew.")]);
  expect(other.builds).toBe(1);
});

it("throughCache leaves nothing where tables are not to be kept, or building fails", async () => {
  const options = { dir: folder.path(), notice: () => {} };
  await throughCache(KEY, () => ({ tables: {}, notes: [], isKept: false }), options);
  const failed = throughCache(KEY, () => Promise.reject(new Error("no")), options);
  await expect(failed).rejects.toThrow("no");
  expect(readdirSync(folder.path())).toEqual([]);
});

it.each([
  ["table", logsFile],
  ["manifest", manifestPath],
])(
  "a damaged entry is noticed wherever its %s is cut off, and whichever bit has turned",
  async (_, pathOf) => {
    const expectMadeAnew = async () => {
      const asked = await ask(1);
      expect(asked).toMatchObject({ builds: 1, number: "1" });
      expect(asked.notices).toEqual([expect.stringMatching(/is damaged.*made anew/)]);
    };
    await ask(1);
    const path = pathOf();
    const whole = readFileSync(path);
    for (const share of [0, 0.001, 0.25, 0.5, 0.75, 0.999]) {
      truncateSync(path, Math.floor(whole.length * share));
      await expectMadeAnew();
    }
    for (let at = 0; at < whole.length; at += Math.ceil(whole.length / 40)) {
      const turned = readFileSync(path);
      turned[at] = (turned[at] as number) ^ (1 << (at % 8));
      writeFileSync(path, turned);
      await expectMadeAnew();
    }
  },
);

it("a damaged entry is noticed where a table's file is gone or a folder", async () => {
  await ask(1);
  rmSync(logsFile());
  const lost = [expect.stringContaining("has lost table logs: made anew.")];
  expect((await ask(2)).notices).toEqual(lost);
  const path = logsFile();
  rmSync(path);
  mkdirSync(path);
  expect((await ask(2)).notices[0]).toEqual(lost[0]);
});

const age = (name: string, minutes: number) => {
  const then = Date.now() / 1000 - 60 * minutes;
  utimesSync(join(folder.path(), name), then, then);
};

it("sweeping removes tables without an entry and unfinished files, once an hour old, and nothing else", async () => {
  await ask(1);
  const own = files(".parquet");
  const unfinished = (digit: number) => `.unfinished-${digit}123456789abcdef-x.parquet`;
  const old = [unfinished(0), "sample-logs-0000.parquet", "broken.manifest.json"];
  const young = [unfinished(1), "sample-logs-1111.parquet"];
  for (const name of [...old, ...young, "notes.txt"]) folder.put(name, "x");
  for (const name of [...old, "notes.txt", ...own]) age(name, 61);
  await ask(2, { key: ofSeed(2) });
  const left = readdirSync(folder.path());
  for (const name of old) expect(left).not.toContain(name);
  for (const name of [...young, "notes.txt"]) expect(left).toContain(name);
  expect((await ask(3)).number).toBe("1");
});

it("sweeping keeps the four newest entries of a source", async () => {
  const before = new Set<string>();
  for (let seed = 1; seed <= 6; seed++) {
    await ask(seed, { key: ofSeed(seed) });
    for (const name of files(".manifest.json")) {
      if (!before.has(name)) age(name, 10 - seed);
      before.add(name);
    }
  }
  await ask(9, { key: { ...KEY, source: "files" } });
  expect(files(".manifest.json")).toHaveLength(5);
  expect((await ask(7, { key: ofSeed(6) })).number).toBe("6");
  expect((await ask(7, { key: ofSeed(1) })).builds).toBe(1);
});

it("a folder that cannot be written does without a cache where a file is in the folder's place, and says so", async () => {
  const asked = await ask(1, { dir: join(folder.put("data", "x"), "cache") });
  expect(asked).toMatchObject({ builds: 1, number: "1" });
  expect(asked.notices).toEqual([
    expect.stringMatching(
      /^Not cached, as .*data.cache cannot be written \(.*\): what was there before is still there\. Make room or rights; until then each run reads again\.$/,
    ),
  ]);
});

it("a folder that cannot be written leaves nothing on a full disk, and reads from one that is read-only", async (context) => {
  const dir = join(folder.path(), "disk");
  const disk = smallDisk(dir, "64k");
  if (typeof disk === "string") return context.skip(disk);
  try {
    await ask(1, { dir });
    const kept = readdirSync(dir);
    const fill = () => writeFileSync(join(dir, "filler"), Buffer.alloc(1 << 17));
    expect(fill).toThrow("ENOSPC");
    const full = await ask(2, { dir, refresh: true });
    expect(full).toMatchObject({ builds: 1, number: "2" });
    expect(full.notices).toEqual([expect.stringMatching(/^Not cached, as .* \(ENOSPC/)]);
    expect(readdirSync(dir).sort()).toEqual([...kept, "filler"].sort());
    execFileSync("mount", ["-o", "remount,ro", dir]);
    expect(await ask(3, { dir })).toMatchObject({ builds: 0, number: "1" });
    const asked = await ask(3, { dir, refresh: true });
    expect(asked.number).toBe("3");
    expect(asked.notices).toEqual([expect.stringContaining("EROFS")]);
  } finally {
    disk.remove();
  }
});
