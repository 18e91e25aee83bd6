import { spawnSync } from "node:child_process";
import { chmodSync, chownSync, mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PROJECT_ROOT } from "../../lib/keep/paths";

/** User ids that this machine's people do not have: they need no entry in a list of users. */
export const VICTIM = 54_321;
export const ATTACKER = 54_322;

/** Why nothing can be run as another user here, or "". */
export function whyNoOtherUser(): string {
  if (process.getuid?.() !== 0) return "only root can start processes of other users";
  const files = JSON.stringify([join(PROJECT_ROOT, "package.json"), tmpdir()]);
  const script = `for (const file of ${files}) require("node:fs").accessSync(file)`;
  const { status } = spawnSync(process.execPath, ["-e", script], { uid: VICTIM, gid: VICTIM });
  return status === 0 ? "" : "other users cannot read this project or the temporary folder";
}

/** A folder like /tmp, in which everybody may make files; the test removes it. */
export function everybodysFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "everybody-"));
  chmodSync(folder, 0o1777);
  return folder;
}

/** A new folder that belongs to a user. */
export function folderOf(user: number, path: string): string {
  mkdirSync(path);
  chownSync(path, user, user);
  return path;
}
