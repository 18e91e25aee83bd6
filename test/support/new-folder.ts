import { mkdtempSync } from "node:fs";
import { join } from "node:path";

/** A new folder that lasts as long as this run of the tests, as `shared-folder.setup.ts` sees to. */
export function newFolder(): string {
  return mkdtempSync(join(process.env.CURRICULUM_LOGS_TEST_FOLDER as string, "folder-"));
}
