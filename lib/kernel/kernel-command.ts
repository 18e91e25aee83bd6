import { join } from "node:path";

/** Starts the kernel of the project at `root`; the connection file goes last. */
export function kernelCommand(root: string, needsCompiler = true): string[] {
  const [compiler = "", loader = "", launcher = ""] = kernelFiles(root);
  const preloads = needsCompiler ? [compiler, loader] : [loader];
  return [process.execPath, ...preloads.flatMap((file) => ["--require", file]), launcher];
}

/** In order of loading: the compiler before tsx, which would look for imports in it for 0.2 s. */
export function kernelFiles(root: string): string[] {
  return [
    join(root, "node_modules", "@tslab", "typescript-for-tslab", "lib", "typescript.js"),
    join(root, "lib", "typescript.cjs"),
    join(root, "lib", "kernel", "start-kernel.ts"),
  ];
}
