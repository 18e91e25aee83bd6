import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";

/** A new folder, which is gone after the file or the block of tests that makes it. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "curriculum-logs-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
