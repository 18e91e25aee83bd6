import { spawnSync } from "node:child_process";
import fs, {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { PROJECT_ROOT } from "../../lib/keep/paths";
import {
  ReplacedFile,
  replaceFile,
  sweepUnfinished,
  UNFINISHED,
} from "../../lib/keep/replaced-file";
import { smallDisk } from "../support/small-disk";
import { useFolder } from "../support/tiny-logs";

const folder = useFolder();
const inFolder = (...names: string[]) => join(folder.path(), ...names);

it("shows the old file until the new one is kept", () => {
  const path = folder.put("a.txt", "old");
  const file = new ReplacedFile(path);
  file.append(Buffer.from("new"));
  expect(readFileSync(path, "utf8")).toBe("old");
  file.keep();
  expect(readFileSync(path, "utf8")).toBe("new");
  expect(readdirSync(folder.path())).toEqual(["a.txt"]);
});

it("lets two write the same file at once: the last one kept stays", () => {
  const files = [new ReplacedFile(inFolder("a.txt")), new ReplacedFile(inFolder("a.txt"))];
  for (const [at, file] of files.entries()) file.append(Buffer.from(String(at)));
  for (const file of files) file.keep();
  expect(readFileSync(inFolder("a.txt"), "utf8")).toBe("1");
  expect(readdirSync(folder.path())).toEqual(["a.txt"]);
});

it("makes the folder, and leaves nothing in it when discarded", () => {
  const file = new ReplacedFile(inFolder("new", "a.txt"));
  expect(readdirSync(inFolder("new"))).toEqual([expect.stringMatching(UNFINISHED)]);
  file.discard();
  expect(readdirSync(inFolder("new"))).toEqual([]);
});

describe("what cannot be written whole", () => {
  const expectOld = (...names: string[]) => {
    expect(readFileSync(inFolder(...names, "a.txt"), "utf8")).toBe("old");
    expect(readdirSync(inFolder(...names))).toEqual(["a.txt"]);
  };

  it("leaves nothing where its place is taken by a folder", () => {
    mkdirSync(inFolder("a.txt"));
    expect(() => replaceFile(inFolder("a.txt"), "x")).toThrow();
    expect(readdirSync(folder.path())).toEqual(["a.txt"]);
  });

  it("is an error on a disk that gets full, and the old file is whole", (context) => {
    const disk = smallDisk(inFolder("disk"), "100k");
    if (typeof disk === "string") return context.skip(disk);
    try {
      const path = inFolder("disk", "a.txt");
      replaceFile(path, "old");
      expect(() => replaceFile(path, "x".repeat(200_000))).toThrow("ENOSPC");
      expectOld("disk");
    } finally {
      disk.remove();
    }
  });

  it.skipIf(process.platform === "win32")("is an error past the limit of a file's size", () => {
    const path = folder.put("a.txt", "old");
    const script = `require("./lib/keep/replaced-file").replaceFile(${JSON.stringify(path)}, "x".repeat(200_000))`;
    const limited = `ulimit -f 60; "$0" --require ./lib/typescript.cjs -e '${script}'`;
    const ran = spawnSync("bash", ["-c", limited, process.execPath], { cwd: PROJECT_ROOT });
    expect(ran.status).toBe(1);
    expect(String(ran.stderr)).toContain("EFBIG");
    expectOld();
  });

  const { writeSync, fsyncSync, closeSync } = fs;
  const restore = () => {
    Object.assign(fs, { writeSync, fsyncSync, closeSync });
    syncBuiltinESMExports();
  };
  afterEach(restore);
  /** No disk of a test's fails in these calls: the call is made, and then says that it failed. */
  const failing = (name: "writeSync" | "fsyncSync" | "closeSync", code: string) => {
    const original = fs[name] as (...args: unknown[]) => unknown;
    const failed = (...args: unknown[]) => {
      restore();
      if (code === "0 bytes") return 0;
      original(...args);
      throw Object.assign(new Error(`${code}: ${name}`), { code });
    };
    Object.assign(fs, { [name]: failed });
    syncBuiltinESMExports();
  };

  it.each([
    ["writeSync", "0 bytes", "EIO"],
    ["fsyncSync", "EIO", "EIO"],
    ["closeSync", "EDQUOT", "EDQUOT"],
  ] as const)("is an error where %s ends with %s", (name, code, message) => {
    const path = folder.put("a.txt", "old");
    failing(name, code);
    expect(() => replaceFile(path, "new")).toThrow(message);
    expectOld();
  });

  it("is none where a disk only knows no syncing", () => {
    failing("fsyncSync", "EINVAL");
    replaceFile(inFolder("a.txt"), "new");
    expect(readFileSync(inFolder("a.txt"), "utf8")).toBe("new");
  });
});

describe.skipIf(process.platform === "win32")("rights (not on Windows)", () => {
  const before = process.umask();
  afterEach(() => {
    process.umask(before);
  });
  const mode = (...names: string[]) => (statSync(inFolder(...names)).mode & 0o777).toString(8);

  it.each([0o000, 0o002, 0o022, 0o077])("are the owner's alone with umask %i", (umask) => {
    process.umask(umask);
    replaceFile(inFolder("new", "deep", "a.txt"), "new");
    expect([mode("new"), mode("new", "deep"), mode("new", "deep", "a.txt")]).toEqual([
      "700",
      "700",
      "600",
    ]);
  });

  it("of an open file are taken away with the file, those of an open folder are not", () => {
    mkdirSync(inFolder("open"));
    chmodSync(inFolder("open"), 0o755);
    writeFileSync(inFolder("open", "a.txt"), "old", { mode: 0o644 });
    replaceFile(inFolder("open", "a.txt"), "new");
    expect([mode("open"), mode("open", "a.txt")]).toEqual(["755", "600"]);
  });
});

it("sweeps what killed writers left, once it is an hour old, and nothing else", () => {
  const unfinished = (digit: string) => `.unfinished-${digit.repeat(16)}-a.txt`;
  const old = new Date(Date.now() - 3_700_000);
  const put = (name: string, time = old) => utimesSync(folder.put(name, "x"), time, time);
  for (const name of [unfinished("a"), ".unfinished-notes", "a.txt"]) put(name);
  put(unfinished("b"), new Date());
  // A folder with rows that wait: it counts what is in it.
  for (const digit of ["c", "d"]) {
    mkdirSync(inFolder(unfinished(digit)));
    put(join(unfinished(digit), "rows-0"), digit === "c" ? old : new Date());
    utimesSync(inFolder(unfinished(digit)), old, old);
  }
  sweepUnfinished(folder.path());
  expect(readdirSync(folder.path()).sort()).toEqual([
    unfinished("b"),
    unfinished("d"),
    ".unfinished-notes",
    "a.txt",
  ]);
});
