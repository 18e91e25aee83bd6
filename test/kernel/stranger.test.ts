import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Dealer, Subscriber } from "zeromq";
import { PROJECT_ROOT } from "../../lib/keep/paths";
import { kernelCommand } from "../../lib/kernel/kernel-command";
import { decodeMessage, encodeMessage, type Message, newMessage } from "../../lib/kernel/wire";
import { newFolder } from "../support/new-folder";

// Whoever is on the same machine, without the key, at a kernel that Jupyter started on its default
// transport: sockets on loopback, to which everybody can connect.

const KEY = "0123456789abcdef";
const folder = newFolder();
let kernel: ChildProcess;
const shell = new Dealer({ linger: 0 });
const iopub = new Subscriber({ linger: 0 });
const heard: string[][] = [];

/** Sends a request signed with a key, or with a signature as it is. */
async function ask(type: string, content: Record<string, unknown>, key: string, signature = "") {
  const frames = encodeMessage(newMessage("session", type, content), key);
  if (signature) frames[1] = signature;
  await shell.send(frames);
  return frames;
}
async function reply(): Promise<Message | undefined> {
  return decodeMessage(await shell.receive(), KEY);
}
const run = (code: string) => ({ code, silent: false, store_history: true, allow_stdin: false });

beforeAll(async () => {
  const file = join(folder, "connection.json");
  const ports = { shell_port: 0, iopub_port: 0, stdin_port: 0, control_port: 0, hb_port: 0 };
  const where = { transport: "tcp", ip: "127.0.0.1", signature_scheme: "hmac-sha256" };
  writeFileSync(file, JSON.stringify({ ...ports, ...where, key: KEY }));
  const [command = "", ...args] = kernelCommand(PROJECT_ROOT);
  kernel = spawn(command, [...args, "--owned", file], { stdio: ["pipe", "pipe", "inherit"] });
  const line = await new Promise<string>((resolve) => {
    kernel.stdout?.once("data", (data) => resolve(String(data)));
  });
  const { shell_port, iopub_port } = JSON.parse(line);
  shell.connect(`tcp://127.0.0.1:${shell_port}`);
  iopub.connect(`tcp://127.0.0.1:${iopub_port}`);
  iopub.subscribe();
  (async () => {
    for await (const frames of iopub) heard.push(frames.map(String));
  })().catch(() => {});
  await ask("execute_request", run("1"), KEY);
  await reply();
});
afterAll(() => {
  shell.close();
  iopub.close();
  kernel.kill("SIGKILL");
});

describe("a stranger at a kernel of Jupyter's", () => {
  it("is not told how to sign a message, and runs nothing", async () => {
    const mark = join(folder, "mark");
    const code = `require("node:fs").writeFileSync(${JSON.stringify(mark)}, "")`;
    heard.length = 0;
    const frames = await ask("execute_request", run(code), "a guess");
    await new Promise((resolve) => setTimeout(resolve, 500));
    const told = /want ([0-9a-f]{64})/.exec(heard.flat().join("\n"))?.[1];
    if (told) await shell.send([frames[0] as string, told, ...frames.slice(2)]);
    await ask("kernel_info_request", {}, KEY);
    expect((await reply())?.header.msg_type).toBe("kernel_info_reply");
    expect(heard.flat().join("\n")).not.toMatch(/hmac|error/);
    expect(existsSync(mark)).toBe(false);
  });

  it("neither fails a cell that runs nor ends the kernel with what is no message", async () => {
    await ask("execute_request", run("await new Promise((done) => setTimeout(done, 500)); 2"), KEY);
    await ask("interrupt_request", {}, "a guess");
    await shell.send(["nothing"]);
    await shell.send(["<IDS|MSG>", "signature", "{", "{}", "{}", "{}"]);
    expect((await reply())?.content).toMatchObject({ status: "ok" });
  });
});
