import { randomBytes } from "node:crypto";
import { closeSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** Names of files that are being written; what is left of one when its writer was killed is found by it. */
export const UNFINISHED = /^\.unfinished-[0-9a-f]{16}-/;

const BUFFER = 1 << 20;

/**
 * A file written beside its place under another name and moved there when whole, so
 * that readers see the old file or the new one, never a part. Call `keep` or `discard`.
 */
export class ReplacedFile {
  private readonly unfinished: string;
  private readonly file: number;
  private pieces: Uint8Array[] = [];
  private pending = 0;
  private isOpen = true;

  /** @throws the system's error where the folder cannot be made or written to */
  constructor(readonly path: string) {
    mkdirSync(dirname(path), { recursive: true });
    const name = `.unfinished-${randomBytes(8).toString("hex")}-${basename(path)}`;
    this.unfinished = join(dirname(path), name);
    this.file = openSync(this.unfinished, "wx");
  }

  /** Adds bytes; they are copied, so the caller's buffer is free again. */
  append(bytes: Uint8Array): void {
    this.pieces.push(Uint8Array.from(bytes));
    this.pending += bytes.length;
    if (this.pending >= BUFFER) this.flush();
  }

  /** Moves the file to its place; discards it where that fails. */
  keep(): void {
    try {
      this.flush();
      this.close();
      renameSync(this.unfinished, this.path);
    } catch (error) {
      this.discard();
      throw error;
    }
  }

  /** Leaves nothing behind; does nothing after `keep`. */
  discard(): void {
    this.close();
    rmSync(this.unfinished, { force: true });
  }

  private flush(): void {
    const bytes = Buffer.concat(this.pieces);
    for (let at = 0; at < bytes.length; ) at += writeSync(this.file, bytes, at);
    this.pieces = [];
    this.pending = 0;
  }

  private close(): void {
    if (this.isOpen) closeSync(this.file);
    this.isOpen = false;
  }
}

/** Writes a whole file at once, by way of an unfinished one. */
export function replaceFile(path: string, content: Uint8Array | string): void {
  const file = new ReplacedFile(path);
  try {
    file.append(typeof content === "string" ? Buffer.from(content) : content);
    file.keep();
  } finally {
    file.discard();
  }
}
