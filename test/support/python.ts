import { spawnSync } from "node:child_process";

/** Pythons that a machine may have: its own, or the first on the path. */
const CANDIDATES = ["/usr/bin/python3", "python3"];

/** The first Python that has the module, or null: then the test that wants it skips. */
export function pythonWith(module: string): string | null {
  const found = CANDIDATES.find(
    (python) => spawnSync(python, ["-c", `import ${module}`], { stdio: "ignore" }).status === 0,
  );
  return found ?? null;
}

/** Runs a script that reads JSON and prints JSON. */
export function runJson<T>(python: string, script: string, input: unknown): T {
  const { status, stdout, stderr } = spawnSync(python, [script], {
    input: JSON.stringify(input),
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(`${script} failed: ${stderr}`);
  return JSON.parse(stdout) as T;
}
