import { join } from "node:path";

/** The command that starts the kernel of the project at `root`; the connection file goes last. */
export function kernelCommand(root: string): string[] {
  const [launcher = "", ...preloads] = kernelFiles(root).reverse();
  return [process.execPath, ...preloads.reverse().flatMap((file) => ["--require", file]), launcher];
}

/**
 * What the kernel consists of, in the order in which it is loaded. The compiler comes before tsx:
 * tsx looks for imports in every file it loads, which takes 0.2 s for that one.
 */
export function kernelFiles(root: string): string[] {
  return [
    join(root, "node_modules", "@tslab", "typescript-for-tslab", "lib", "typescript.js"),
    join(root, "lib", "typescript.cjs"),
    join(root, "lib", "kernel", "start-kernel.ts"),
  ];
}
