import { join } from "node:path";

/**
 * The command that starts the kernel of the project at `root`; the connection file's path goes
 * last.
 *
 * The compiler is loaded before tsx: tsx looks for imports in every file it loads, which takes
 * 0.2 s for that one.
 */
export function kernelCommand(root: string): string[] {
  return [
    process.execPath,
    ...kernelPreloads(root).flatMap((file) => ["--require", file]),
    launcher(root),
  ];
}

/** What must be loaded, in this order, before the launcher. */
export function kernelPreloads(root: string): string[] {
  return [
    join(root, "node_modules", "@tslab", "typescript-for-tslab", "lib", "typescript.js"),
    join(root, "lib", "typescript.cjs"),
  ];
}

export function launcher(root: string): string {
  return join(root, "lib", "kernel", "start-kernel.ts");
}
