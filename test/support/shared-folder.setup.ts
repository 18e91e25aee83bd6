import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Before a run: makes the folder that all its test files share (see `once`), and removes it after. */
export default function setup(): () => void {
  // Called for each project of the configuration; the processes of tests inherit what is set here.
  process.env.CURRICULUM_LOGS_TEST_FOLDER ??= mkdtempSync(join(tmpdir(), "curriculum-logs-tests-"));
  const folder = process.env.CURRICULUM_LOGS_TEST_FOLDER;
  chmodSync(folder, 0o711); // Some tests ask what other users can see in the folders below.
  const remove = () => rmSync(folder, { recursive: true, force: true });
  process.once("exit", remove); // also when it is interrupted
  return remove;
}
