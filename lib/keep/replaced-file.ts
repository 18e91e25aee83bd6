import { randomBytes } from "node:crypto";
import {
  closeSync,
  fsyncSync,
  lstatSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { makeFolder } from "./own-folder";

/** What is being written, or was when a writer was killed. */
export const UNFINISHED = /^\.unfinished-[0-9a-f]{16}-/;
const HOUR = 3_600_000;

/**
 * A file written under another name and moved to its place when whole: readers never see a part.
 * Call `keep` or `discard`.
 */
export class ReplacedFile {
  readonly file: number;
  private readonly unfinished: string;
  private isOpen = true;

  /** @throws the system's error if the folder cannot be made or written to */
  constructor(
    readonly path: string,
    { mode = 0o600 } = {},
  ) {
    makeFolder(dirname(path));
    const name = `.unfinished-${randomBytes(8).toString("hex")}-${basename(path).slice(-50)}`;
    this.unfinished = join(dirname(path), name);
    this.file = openSync(this.unfinished, "wx", mode);
  }

  append(bytes: Uint8Array): void {
    writeAll(this.file, bytes);
  }

  keep(): void {
    try {
      sync(this.file);
      this.close();
      renameSync(this.unfinished, this.path);
    } catch (error) {
      this.discard();
      throw error;
    }
    syncFolder(dirname(this.path));
  }

  /** Does nothing after `keep`. */
  discard(): void {
    try {
      this.close();
    } catch {}
    rmSync(this.unfinished, { force: true });
  }

  /** A quota or a network drive may say only now that there was no room. */
  private close(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    closeSync(this.file);
  }
}

export function replaceFile(
  path: string,
  content: Uint8Array | string,
  options?: { mode?: number },
): void {
  const file = new ReplacedFile(path, options);
  try {
    file.append(typeof content === "string" ? Buffer.from(content) : content);
    file.keep();
  } finally {
    file.discard();
  }
}

export function writeAll(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) {
    const written = writeSync(file, bytes, at);
    if (written === 0) {
      const error = new Error("EIO: nothing more was written, write");
      throw Object.assign(error, { code: "EIO", syscall: "write" });
    }
    at += written;
  }
}

/** Removes what killed writers left, once it is an hour old. */
export function sweepUnfinished(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (!UNFINISHED.test(name)) continue;
    const path = join(folder, name);
    try {
      if (Date.now() - lastWrite(path) > HOUR) rmSync(path, { recursive: true, force: true });
    } catch {
      // another process is sweeping too, or the file is somebody else's
    }
  }
}

function lastWrite(path: string): number {
  const stats = lstatSync(path);
  const inside = stats.isDirectory() ? readdirSync(path).map((name) => join(path, name)) : [];
  return Math.max(stats.mtimeMs, ...inside.map((each) => lstatSync(each).mtimeMs));
}

/** From disks without syncing. */
const CANNOT_SYNC = ["EINVAL", "ENOSYS", "ENOTSUP"];

function sync(file: number): void {
  try {
    fsyncSync(file);
  } catch (error) {
    if (!CANNOT_SYNC.includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
  }
}

/** The new name lasts through a power cut. */
function syncFolder(folder: string): void {
  try {
    const file = openSync(folder, "r");
    try {
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  } catch {}
}
