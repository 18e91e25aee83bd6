import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** "nobody": a user who owns none of the files that tests make. */
const OTHER = 65_534;

export const isRoot = process.getuid?.() === 0;

/** A folder that other users may enter, unlike those of mkdtemp. */
export function openFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), name));
  chmodSync(folder, 0o755);
  return folder;
}

function asOther(command: string, ...args: string[]) {
  return spawnSync(command, args, { uid: OTHER, gid: OTHER, cwd: "/", encoding: "utf8" });
}

/** All that another user of this machine can read below a folder, as paths from there. */
export function readByOther(folder: string): string[] {
  const found = asOther("find", folder, "-type", "f", "-readable", "-printf", "%P\\n");
  return found.stdout.split("\n").filter(Boolean).sort();
}

/** What another user can list in a folder; undefined where they may not. */
export function listedByOther(folder: string): string[] | undefined {
  const listed = asOther("ls", "-A", folder);
  return listed.status === 0 ? listed.stdout.split("\n").filter(Boolean) : undefined;
}

/** Whether this test can take another user's place, and that one can read what it should. */
export const canBeOther = (() => {
  if (!isRoot) return false;
  const folder = openFolder("other-user-");
  try {
    writeFileSync(join(folder, "open"), "");
    writeFileSync(join(folder, "closed"), "", { mode: 0o600 });
    return readByOther(folder).join() === "open";
  } finally {
    rmSync(folder, { recursive: true });
  }
})();
