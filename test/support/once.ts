import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Longer than anything that is made once may take, on a machine that does much else. */
const PATIENCE = 15 * 60_000;

/**
 * What several test files need and is costly to make: made by the first that asks, in a folder
 * that lasts as long as this run of the tests. Others that ask meanwhile wait for it.
 *
 * @returns the folder in which `make` has put its files
 * @throws what `make` throws, to everybody who asks
 */
export function once(name: string, make: (folder: string) => void): string {
  const shared = process.env.CURRICULUM_LOGS_TEST_FOLDER;
  if (!shared) throw new Error("once needs the setup of test/vitest.config.mts");
  const folder = join(shared, name);
  const ending = `${folder}.ended`;
  if (isFirst(folder)) {
    let failure = "";
    try {
      make(folder);
    } catch (error) {
      failure = String((error as Error).stack);
    }
    writeFileSync(`${ending}.new`, failure);
    renameSync(`${ending}.new`, ending);
  }
  for (let waited = 0; !existsSync(ending); waited += 100) {
    if (waited > PATIENCE) throw new Error(`${name} was never ready`);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
  }
  const failure = readFileSync(ending, "utf8");
  if (failure) throw new Error(`${name} could not be made: ${failure}`);
  return folder;
}

function isFirst(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}
