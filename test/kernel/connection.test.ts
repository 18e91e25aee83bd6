import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { channelAddress, newConnection } from "../../lib/kernel/connection";
import { Kernel } from "../../lib/kernel/kernel";
import { newFolder } from "../support/new-folder";
import { VICTIM, whyNoOtherUser } from "../support/other-user";

const isWindows = process.platform === "win32";
const noOther = whyNoOtherUser();
const inherited = process.env.TMPDIR;
let folder: string;
beforeEach(() => {
  folder = newFolder();
  chmodSync(folder, 0o755);
  process.env.TMPDIR = folder;
});
afterEach(() => {
  if (inherited === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = inherited;
});

describe.skipIf(isWindows)("newConnection", () => {
  it("is in a folder of this user's alone, which goes at once", () => {
    const { connection, file, remove } = newConnection();
    expect(statSync(join(file, "..")).mode & 0o777).toBe(0o700);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(connection.key).toMatch(/^[0-9a-f]{64}$/);
    remove();
    remove();
    expect(existsSync(join(file, ".."))).toBe(false);
  });

  it.skipIf(noOther)(`cannot be reached by another user ${noOther}`, async () => {
    const { connection, remove } = newConnection();
    const path = channelAddress(connection, connection.iopub_port).replace("ipc://", "");
    const server = createServer((socket) => socket.on("error", () => {}).end());
    await new Promise<void>((resolve) => server.listen(path, resolve));
    chmodSync(path, 0o777);
    const script = `require("node:net").connect(process.argv[1])
      .on("connect", () => { console.log("connected"); process.exit(); })
      .on("error", (error) => console.log(error.code));`;
    // It need not answer: to be bound is enough.
    const connect = (user?: number) =>
      spawnSync(process.execPath, ["-e", script, path], { uid: user, gid: user }).stdout.toString();
    expect(connect()).toBe("connected\n");
    expect(connect(VICTIM)).toBe("EACCES\n");
    server.close();
    remove();
  });

  it("finds a short place where the usual one is too long for sockets, or is not there", async () => {
    const long = join(folder, "a".repeat(100));
    mkdirSync(long);
    for (const TMPDIR of [long, join(folder, "none")]) {
      process.env.TMPDIR = TMPDIR;
      const { connection, remove } = newConnection();
      remove();
      expect(connection.ip).toMatch(/^\/tmp\/curriculum-logs-kernel-\w+\/channel$/);
    }
    process.env.TMPDIR = long;
    const kernel = await Kernel.start();
    expect((await kernel.execute("1")).content.status).toBe("ok");
    await kernel.shutdown();
  });
});
