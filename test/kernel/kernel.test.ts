import { existsSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { Kernel } from "../../lib/kernel/kernel";
import { KernelDiedError } from "../../lib/kernel/kernel-errors";
import type { Message } from "../../lib/kernel/wire";
import { FOR_EVER } from "../support/notebook";
import { canListProcesses, isRunning } from "../support/processes";

// A folder for this file's temporary files alone: other tests run kernels at the same time.
const folder = mkdtempSync(join(tmpdir(), "kernel-test-"));
const inherited = process.env.TMPDIR;
process.env.TMPDIR = folder;
afterAll(() => {
  process.env.TMPDIR = inherited;
  rmSync(folder, { recursive: true });
});

const connectionFolders = () =>
  readdirSync(folder).filter((name) => name.startsWith("curriculum-logs-kernel-"));

describe("Kernel", () => {
  let kernel: Kernel;
  beforeAll(async () => {
    kernel = await Kernel.start({ env: { KERNEL_TEST: "given" } });
  });
  afterAll(() => kernel.shutdown());

  async function messagesOf(code: string, silent = false): Promise<[Message, Message[]]> {
    const messages: Message[] = [];
    const reply = await kernel.execute(code, (message) => messages.push(message), { silent });
    return [reply, messages];
  }
  const types = (messages: Message[]) => messages.map(({ header }) => header.msg_type);
  const printed = (messages: Message[]) =>
    messages.map(({ header, content }) => (header.msg_type === "stream" ? content.text : ""));
  const statusOf = async (code: string) => (await kernel.execute(code)).content.status;

  it("runs code at the project root, with the environment it was given", async () => {
    const language_info = { name: "typescript", file_extension: ".ts" };
    const about = { protocol_version: "5.3", implementation: "tslab", language_info };
    expect(kernel.info).toMatchObject(about);
    const [reply, messages] = await messagesOf(
      'console.log(process.cwd() === require("./lib/keep/paths").PROJECT_ROOT, process.env.KERNEL_TEST)',
    );
    expect(reply.content.status).toBe("ok");
    expect(types(messages)).toEqual(["status", "execute_input", "stream", "status"]);
    expect(printed(messages).join("")).toBe("true given\n");
  });

  it("leaves no trace of silent code: no outputs, no prompt number, no abort after it fails", async () => {
    const [before] = await messagesOf("1");
    const [reply, messages] = await messagesOf('console.log("x"); throw new Error("y")', true);
    expect(reply.content).toMatchObject({ status: "error", ename: "Error", evalue: "y" });
    expect(types(messages)).toEqual(["status", "status"]);
    const [after] = await messagesOf("1");
    const execution_count = Number(before.content.execution_count) + 1;
    expect(after.content).toEqual({ status: "ok", execution_count });
  });

  it("loses none of 20,000 lines printed at once", async () => {
    const [, messages] = await messagesOf("for (let i = 0; i < 20000; i++) console.log(i);");
    const expected = Array.from({ length: 20_000 }, (_, i) => `${i}\n`).join("");
    expect(printed(messages).join("")).toBe(expected);
  });

  it("shows an output, and updates it", async () => {
    const [, messages] = await messagesOf(
      `import * as tslab from "tslab"; const d = tslab.newDisplay(); d.html("<b>1</b>"); d.html("<b>2</b>");`,
    );
    const [shown, updated] = messages.filter(({ header }) => /display_data/.test(header.msg_type));
    expect(types([shown!, updated!])).toEqual(["display_data", "update_display_data"]);
    expect(shown?.content).toMatchObject({ data: { "text/html": "<b>1</b>" } });
    expect(updated?.content.transient).toEqual(shown?.content.transient);
  });

  it("aborts what was sent behind a cell that fails, also by a promise that nobody awaited", async () => {
    const failing = kernel.execute("throw new Error('first')");
    const behind = kernel.execute("1");
    expect((await failing).content.status).toBe("error");
    expect((await behind).content.status).toBe("aborted");
    await wait(250);
    const [reply, messages] = await messagesOf('Promise.reject(new Error("lost")); 0');
    expect(reply.content).toMatchObject({ status: "error", ename: "Error", evalue: "lost" });
    expect(types(messages).at(-2)).toBe("error");
    await wait(250);
    expect(await statusOf("1")).toBe("ok");
  });

  it("is interrupted by SIGINT, as Jupyter's stop button does, and goes on", async () => {
    for (const endless of ["while (true) {}", "await new Promise(() => {});"]) {
      const stuck = statusOf(endless);
      // On a busy machine the first may come before the cell runs.
      const pressed = setInterval(() => process.kill(kernel.pid!, "SIGINT"), 500);
      expect(await stuck).toBe("error");
      clearInterval(pressed);
      await vi.waitFor(async () => expect(await statusOf("1")).toBe("ok"), 10_000);
    }
  });

  it("completes, inspects, and knows whether code is whole", async () => {
    await kernel.execute("const answer = 42;");
    const answers: [string, Record<string, unknown>, Record<string, unknown>][] = [
      ["complete", { code: "answ", cursor_pos: 4 }, { matches: ["answer"], cursor_start: 0 }],
      [
        "inspect",
        { code: "answer", cursor_pos: 3, detail_level: 0 },
        { found: true, data: { "text/plain": "const answer: 42" } },
      ],
      ["is_complete", { code: "f(" }, { status: "incomplete" }],
      ["is_complete", { code: "f()" }, { status: "complete" }],
      ["comm_info", {}, { comms: {} }],
    ];
    for (const [type, asked, answer] of answers)
      expect((await kernel.request(`${type}_request`, asked)).content).toMatchObject(answer);
  });

  it("keeps its keys to itself: nobody can connect once its runner has", () => {
    expect(connectionFolders()).toEqual([]);
  });

  it.skipIf(!canListProcesses)("listens on no port, to which every user could connect", () => {
    const open = readdirSync(`/proc/${kernel.pid}/fd`).map((fd) => {
      try {
        return readlinkSync(`/proc/${kernel.pid}/fd/${fd}`);
      } catch {
        return ""; // closed meanwhile
      }
    });
    const ports = ["tcp", "tcp6"].flatMap((table) => {
      const lines = readFileSync(`/proc/net/${table}`, "utf8").split("\n");
      return lines.map((line) => `socket:[${line.trim().split(/\s+/)[9]}]`);
    });
    expect(open.filter((file) => file.startsWith("socket:")).length).toBeGreaterThan(4);
    expect(open.filter((file) => ports.includes(file))).toEqual([]);
  });
});

describe("the end of a kernel", () => {
  it("comes when asked, and leaves no process", async () => {
    const kernel = await Kernel.start();
    // A timer that would keep a process alive.
    await kernel.execute("setInterval(() => {}, 1000); 0");
    expect(await kernel.shutdown()).toMatchObject({ code: 0, signal: null });
    expect(isRunning(kernel.pid)).toBe(false);
    await expect(kernel.execute("1")).rejects.toThrow("the kernel ended with exit code 0");
  });

  it("fails what waits for it, with its exit code or signal and its last words", async () => {
    const kernel = await Kernel.start();
    const dying = kernel.execute('require("fs").writeSync(2, "last words"); process.exit(3)');
    const error = await dying.catch((reason) => reason);
    expect(error).toBeInstanceOf(KernelDiedError);
    expect(error.message).toBe("the kernel ended with exit code 3; its last words:\nlast words");
    const other = await Kernel.start();
    const killed = other.execute(FOR_EVER);
    setTimeout(() => other.kill(), 200);
    await expect(killed).rejects.toThrow("the kernel was ended by SIGKILL");
    expect(isRunning(other.pid)).toBe(false);
  });

  it("comes by force when the kernel is too busy to listen", async () => {
    const kernel = await Kernel.start();
    const isDeaf = join(folder, "deaf");
    const deaf = `process.on("SIGTERM", () => {});
      require("fs").writeFileSync(${JSON.stringify(isDeaf)}, "");
      ${FOR_EVER}`;
    kernel.execute(deaf).catch(() => {});
    while (!existsSync(isDeaf)) await wait(20);
    expect(await kernel.shutdown()).toMatchObject({ signal: "SIGKILL" });
  });

  it("comes while it starts, when it is no longer wanted", async () => {
    const controller = new AbortController();
    const starting = Kernel.start({ signal: controller.signal });
    setTimeout(() => controller.abort(), 300);
    await expect(starting).rejects.toThrow();
    expect(connectionFolders()).toEqual([]);
  });
});
