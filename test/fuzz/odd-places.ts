import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DataFileError } from "../../lib/acquire/data-file-error";
import { readAccessText } from "../../lib/acquire/read-access-text";

const LINE = "2018-01-26 09:55:03 / 1 8 198.18.0.1\n";

/**
 * Where there is no file as one expects it: its name; what makes it in an empty folder and gives
 * the path, or undefined where this machine cannot; what the error must say, if there is one; and
 * what is done as soon as the reading has begun.
 */
type Place = [
  name: string,
  make: (dir: string) => string | undefined,
  says?: RegExp,
  meanwhile?: (path: string) => void,
];

const put = (dir: string) => {
  writeFileSync(join(dir, "log.txt"), LINE);
  return join(dir, "log.txt");
};
const link = (dir: string, to: string) => {
  symlinkSync(to, join(dir, "link.txt"));
  return join(dir, "link.txt");
};

const ENDLESS_LINK = /cannot be read \(its links lead back to themselves\)/;
export const PLACES: Place[] = [
  ["nothing", (dir) => join(dir, "log.txt"), /does not exist/],
  ["a folder", (dir) => dir, /is a folder/],
  ["below a file", (dir) => join(put(dir), "x"), /does not exist/],
  ["a name with a zero byte", (dir) => `${dir}/a\0b`, /does not exist/],
  ["a name that is too long", (dir) => join(dir, "x".repeat(300)), /\(ENAMETOOLONG\)/],
  ["a link to a file", (dir) => link(dir, put(dir))],
  ["a link to nothing", (dir) => link(dir, "none"), /does not exist/],
  ["a link to itself", (dir) => link(dir, "link.txt"), ENDLESS_LINK],
  ["a pipe that nobody writes to", pipe, /is a pipe or a device/],
  ["a device without end", () => "/dev/zero", /is a pipe or a device/],
  ["a device without anything", () => "/dev/null", /is a pipe or a device/],
  ["a file that may not be read", secret, /may not be read by you/],
  ["a file that is gone at once", put, /does not exist/, (path) => rmSync(path)],
  ["a file that is emptied at once", put, /is empty/, (path) => truncateSync(path)],
];

function pipe(dir: string): string | undefined {
  try {
    execFileSync("mkfifo", [join(dir, "pipe")], { stdio: "ignore" });
    return join(dir, "pipe");
  } catch {
    return undefined;
  }
}

function secret(dir: string): string | undefined {
  if (!process.seteuid) return undefined;
  chmodSync(put(dir), 0);
  return join(dir, "log.txt");
}

/** Reads what is at a place: what was said; `problem` where it is not what is expected. */
export async function tryPlace(
  [, make, says, meanwhile]: Place,
  dir: string,
): Promise<{ said: string; problem?: string }> {
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  const path = make(dir);
  if (path === undefined || (path.startsWith("/dev/") && process.platform === "win32")) {
    return { said: "not to be had on this machine" };
  }
  const me = process.geteuid?.();
  // root may read everything: be somebody else for a moment
  if (make === secret && me === 0) process.seteuid?.(65_534);
  try {
    const reading = readAccessText(path);
    meanwhile?.(path);
    const { rows } = await reading;
    const said = `read, ${rows} rows`;
    return says || rows !== 1 ? { said, problem: said } : { said };
  } catch (error) {
    const said = (error as Error).message;
    if (error instanceof DataFileError && says?.test(said)) return { said };
    return { said, problem: (error as Error).stack };
  } finally {
    if (me === 0) process.seteuid?.(0);
  }
}
