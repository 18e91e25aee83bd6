import { existsSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Kernel } from "../../lib/kernel/kernel";
import { KernelDiedError } from "../../lib/kernel/kernel-errors";
import type { Message } from "../../lib/kernel/wire";
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
    messages
      .filter(({ header }) => header.msg_type === "stream")
      .map(({ content }) => content.text)
      .join("");

  it("says what it is", () => {
    expect(kernel.info).toMatchObject({
      protocol_version: "5.3",
      implementation: "tslab",
      language_info: { name: "typescript", file_extension: ".ts" },
    });
  });

  it("runs code at the project root, with the environment it was given", async () => {
    const [reply, messages] = await messagesOf(
      'console.log(process.cwd() === require("./lib/keep/paths").PROJECT_ROOT, process.env.KERNEL_TEST)',
    );
    expect(reply.content.status).toBe("ok");
    expect(types(messages)).toEqual(["status", "execute_input", "stream", "status"]);
    expect(printed(messages)).toBe("true given\n");
  });

  it("leaves no trace of silent code: no outputs, no prompt number, no abort after it fails", async () => {
    const [before] = await messagesOf("1");
    const [reply, messages] = await messagesOf('console.log("x"); throw new Error("y")', true);
    expect(reply.content).toMatchObject({ status: "error", ename: "Error", evalue: "y" });
    expect(types(messages)).toEqual(["status", "status"]);
    const [after] = await messagesOf("1");
    expect(after.content).toEqual({
      status: "ok",
      execution_count: Number(before.content.execution_count) + 1,
    });
  });

  it("loses none of 20,000 lines printed at once", async () => {
    const [, messages] = await messagesOf("for (let i = 0; i < 20000; i++) console.log(i);");
    const expected = Array.from({ length: 20_000 }, (_, i) => `${i}\n`).join("");
    expect(printed(messages)).toBe(expected);
  });

  it("shows several representations of one output together, and updates them", async () => {
    const [, messages] = await messagesOf(
      `import * as tslab from "tslab"; const d = tslab.newDisplay(); d.html("<b>1</b>"); d.html("<b>2</b>");`,
    );
    const [shown, updated] = messages.filter(({ header }) => /display_data/.test(header.msg_type));
    expect(shown).toMatchObject({
      header: { msg_type: "display_data" },
      content: { data: { "text/html": "<b>1</b>" } },
    });
    expect(updated).toMatchObject({ header: { msg_type: "update_display_data" } });
    expect(updated?.content.transient).toEqual(shown?.content.transient);
  });

  it("aborts what was sent behind a cell that fails", async () => {
    const failing = kernel.execute("throw new Error('first')");
    const behind = kernel.execute("1");
    expect((await failing).content.status).toBe("error");
    expect((await behind).content.status).toBe("aborted");
    await new Promise((resolve) => setTimeout(resolve, 250));
    expect((await kernel.execute("1")).content.status).toBe("ok");
  });

  it("answers that a cell failed whose promise nobody awaited", async () => {
    const [reply, messages] = await messagesOf('Promise.reject(new Error("lost")); 0');
    expect(reply.content).toMatchObject({ status: "error", ename: "Error", evalue: "lost" });
    expect(types(messages).at(-2)).toBe("error");
    await new Promise((resolve) => setTimeout(resolve, 250));
  });

  it("is interrupted by SIGINT, as Jupyter's stop button does, and goes on", async () => {
    for (const endless of ["while (true) {}", "await new Promise(() => {});"]) {
      const stuck = kernel.execute(endless);
      setTimeout(() => process.kill(kernel.pid!, "SIGINT"), 300);
      expect((await stuck).content).toMatchObject({ status: "error" });
      await new Promise((resolve) => setTimeout(resolve, 250));
      expect((await kernel.execute("1")).content.status).toBe("ok");
    }
  });

  it("completes, inspects, and knows whether code is whole", async () => {
    const ask = async (type: string, content: Record<string, unknown>) =>
      (await kernel.request(type, content)).content;
    await kernel.execute("const answer = 42;");
    expect(await ask("complete_request", { code: "answ", cursor_pos: 4 })).toMatchObject({
      matches: ["answer"],
      cursor_start: 0,
      cursor_end: 4,
    });
    expect(
      await ask("inspect_request", { code: "answer", cursor_pos: 3, detail_level: 0 }),
    ).toMatchObject({ found: true, data: { "text/plain": "const answer: 42" } });
    expect(await ask("is_complete_request", { code: "f(" })).toMatchObject({
      status: "incomplete",
    });
    expect(await ask("is_complete_request", { code: "f()" })).toMatchObject({ status: "complete" });
    expect(await ask("comm_info_request", {})).toEqual({ comms: {} });
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
    const inodes = (table: string) =>
      readFileSync(`/proc/net/${table}`, "utf8")
        .split("\n")
        .map((line) => line.trim().split(/\s+/));
    const ports = [...inodes("tcp"), ...inodes("tcp6")].map((fields) => `socket:[${fields[9]}]`);
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
    await expect(dying).rejects.toThrow(KernelDiedError);
    await expect(dying).rejects.toThrow(
      "the kernel ended with exit code 3; its last words:\nlast words",
    );
    const other = await Kernel.start();
    const killed = other.execute("while (true) {}");
    setTimeout(() => other.kill(), 200);
    await expect(killed).rejects.toThrow("the kernel was ended by SIGKILL");
    expect(isRunning(other.pid)).toBe(false);
  });

  it("comes by force when the kernel is too busy to listen", async () => {
    const kernel = await Kernel.start();
    const isDeaf = join(folder, "deaf");
    const deaf = `process.on("SIGTERM", () => {});
      require("fs").writeFileSync(${JSON.stringify(isDeaf)}, "");
      while (true) {}`;
    kernel.execute(deaf).catch(() => {});
    while (!existsSync(isDeaf)) await new Promise((resolve) => setTimeout(resolve, 20));
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
