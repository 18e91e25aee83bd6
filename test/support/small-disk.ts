import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";

/** Mounts a disk of that size on a new folder, or says why that cannot be; `remove` unmounts it. */
export function smallDisk(folder: string, size: string): { remove: () => void } | string {
  mkdirSync(folder, { recursive: true });
  const args = ["-t", "tmpfs", "-o", `size=${size}`, "tmpfs", folder];
  const mounted = spawnSync("mount", args, { stdio: "ignore" });
  if (mounted.status !== 0) return "no small disk can be mounted here (needs root)";
  return { remove: () => spawnSync("umount", [folder], { stdio: "ignore" }) };
}
