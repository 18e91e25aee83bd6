import { spawnSync } from "node:child_process";
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PROJECT_ROOT } from "../../lib/keep/paths";

/** User ids that this machine's people do not have: they need no entry in a list of users. */
export const VICTIM = 54_321;
export const ATTACKER = 54_322;

/** A folder that other users may enter, unlike those of mkdtemp. */
export function openFolder(name: string, mode = 0o755): string {
  const folder = mkdtempSync(join(tmpdir(), name));
  chmodSync(folder, mode);
  return folder;
}

/** A folder like /tmp, in which everybody may make files; the test removes it. */
export const everybodysFolder = () => openFolder("everybody-", 0o1777);

/** A new folder that belongs to a user. */
export function folderOf(user: number, path: string): string {
  mkdirSync(path);
  chownSync(path, user, user);
  return path;
}

function asOther(command: string, ...args: string[]) {
  return spawnSync(command, args, { uid: VICTIM, gid: VICTIM, cwd: "/", encoding: "utf8" });
}

const isRoot = process.getuid?.() === 0;

/** Why nothing can be run as another user here, or "". */
export function whyNoOtherUser(): string {
  if (!isRoot) return "only root can start processes of other users";
  const files = JSON.stringify([join(PROJECT_ROOT, "package.json"), tmpdir()]);
  const script = `for (const file of ${files}) require("node:fs").accessSync(file)`;
  return asOther(process.execPath, "-e", script).status === 0
    ? ""
    : "other users cannot read this project or the temporary folder";
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
