import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { notebookOf } from "../support/notebook";
import { folderOf, VICTIM, whyNoOtherUser } from "../support/other-user";
import { smallDisk } from "../support/small-disk";
import { type Outcome, useCommand } from "./command";

// The command where there is little to be had: room, open files, processes, a network.

const { folder, scratch, out, put, run, expectNothingLeft } = useCommand({
  one: notebookOf("1"),
  two: notebookOf('import { COLUMNS } from "./lib/log/columns";\nCOLUMNS.pages[0]'),
});

describe("npm start over an earlier run's results", () => {
  const bytesIn = (place: string) =>
    new Map(readdirSync(place).map((name) => [name, readFileSync(join(place, name), "latin1")]));

  /** Runs a notebook of few words, then the same with many, which are not to be written. */
  async function runTwice(place: string, within: string[] = []): Promise<Outcome> {
    put("growing", notebookOf("1"));
    expect((await run(`growing.ipynb --out ${place}`)).code).toBe(0);
    const before = bytesIn(place);
    expect([...before.keys()].sort()).toEqual(["growing.html", "growing.ipynb", "index.html"]);
    put("growing", notebookOf('console.log("x".repeat(300_000))'));
    const done = await run(`growing.ipynb --out ${place}`, { within });
    expect(done.code).toBe(1);
    expect(bytesIn(place)).toEqual(before);
    expectNothingLeft();
    return done;
  }

  it("leaves them whole on a disk that gets full, and shows in the index what could be written", async (context) => {
    const place = join(folder, "small");
    const disk = smallDisk(place, "300k");
    if (typeof disk === "string") return context.skip(disk);
    try {
      const stderr = `${join(place, "growing.ipynb")} cannot be written: no space is left on the disk (ENOSPC). Make room, or choose another folder.\n`;
      expect((await runTwice(place)).stderr).toBe(stderr);
      const done = await run(`one.ipynb growing.ipynb --out ${place} --jobs 1`);
      expect(done).toMatchObject({ code: 1, stderr });
      const files = ["growing.html", "growing.ipynb", "index.html", "one.html", "one.ipynb"];
      expect(readdirSync(place).sort()).toEqual(files);
      const index = readFileSync(join(place, "index.html"), "utf8");
      for (const name of ["one", "growing"]) expect(index).toContain(`href="${name}.html"`);
    } finally {
      disk.remove();
    }
  });

  it.skipIf(process.platform === "win32")("leaves them whole past a file's limit", async () => {
    const limited = join(folder, "limited");
    const done = await runTwice(limited, ["bash", "-c", 'ulimit -f 60; exec "$@"', "bash"]);
    expect(done.stderr).toBe(
      `${join(limited, "growing.ipynb")} cannot be written: the file is larger than files may be here (EFBIG). Raise the limit (ulimit -f), or write less.\n`,
    );
  });

  it("sweeps what a killed run left, once it is an hour old", async () => {
    const left = join(out, `.unfinished-${"a".repeat(16)}-one.html`);
    mkdirSync(out, { recursive: true });
    writeFileSync(left, "");
    utimesSync(left, 1, 1);
    expect((await run("one.ipynb")).code).toBe(0);
    expectNothingLeft();
  });
});

describe.skipIf(process.platform === "win32")("npm start where there is little to be had", () => {
  const openFiles = (most: number) => ["sh", "-c", `ulimit -n ${most}; exec "$@"`, "sh"];
  const LINE =
    /^the kernel [^\n]*\. This (?:process|user) may [^\n]*: raise ulimit -[nu], [^\n]*\n$/;

  it("runs with 64 open files, and says in one line that there are too few", async () => {
    const enough = await run("two.ipynb", { within: openFiles(64) });
    expect(enough).toMatchObject({ code: 0, stderr: "" });
    const { code, stderr } = await run("two.ipynb", { within: openFiles(28) });
    expect(stderr).toMatch(LINE);
    expect(code).toBe(1);
    expectNothingLeft();
  });

  it("says in one line that there are too few processes", async (context) => {
    const why = whyNoOtherUser();
    if (why) return context.skip(why);
    const theirs = folderOf(VICTIM, join(folder, "theirs"));
    for (const each of [folder, scratch]) chmodSync(each, 0o777);
    const user = ["setpriv", "--reuid", `${VICTIM}`, "--regid", `${VICTIM}`, "--clear-groups"];
    const within = ["prlimit", "--nproc=24", ...user];
    const { code, stderr } = await run(`two.ipynb --out ${theirs}`, { within });
    expect(stderr).toMatch(/^the kernel [^\n]*\n$/);
    expect(code).toBe(1);
    expectNothingLeft();
  });

  it("runs without a network, loopback included", async (context) => {
    if (spawnSync("unshare", ["-n", "true"]).status !== 0) {
      return context.skip("no network can be taken away here (needs root and unshare)");
    }
    const done = await run("two.ipynb", { within: ["unshare", "-n"] });
    expect(done).toMatchObject({ code: 0, stderr: "" });
    expectNothingLeft();
  });

  it("runs when the folder for temporary files is not there", async () => {
    const done = await run("two.ipynb", { env: { TMPDIR: join(folder, "none") } });
    expect(done).toMatchObject({ code: 0, stderr: "" });
    expectNothingLeft();
  });

  it("says in one line that the folder for temporary files is full", async (context) => {
    const place = join(folder, "temporary");
    const disk = smallDisk(place, "4k");
    if (typeof disk === "string") return context.skip(disk);
    try {
      writeFileSync(join(place, "filler"), Buffer.alloc(4096));
      const done = await run("one.ipynb --force", { env: { TMPDIR: place } });
      expect(done.code).toBe(1);
      expect(done.stderr.trim().split("\n")).toHaveLength(1);
      expect(done.stderr).toContain(place);
    } finally {
      disk.remove();
    }
  });

  it("says in one line that no folder can be made for sockets", async (context) => {
    if (!existsSync("/dev/shm")) return context.skip("there is no folder beside /tmp");
    const place = mkdtempSync("/dev/shm/cli-run-");
    const script = `mount --bind /tmp /tmp && mount -o remount,ro,bind /tmp && exec "$@"`;
    try {
      const within = ["unshare", "-m", "sh", "-c", script, "sh"];
      if (spawnSync("unshare", [...within.slice(1), "true"]).status !== 0) {
        return context.skip("/tmp cannot be made read-only here (needs root and unshare)");
      }
      const options = { env: { TMPDIR: "/tmp" }, within };
      const { code, stderr } = await run(`two.ipynb --out ${place}`, options);
      expect(stderr).toMatch(
        /^a kernel needs a folder for its sockets, and none can be made: .*\n$/,
      );
      expect(code).toBe(1);
    } finally {
      rmSync(place, { recursive: true });
    }
  });
});
