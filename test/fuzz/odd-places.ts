import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DataFileError } from "../../lib/acquire/data-file-error";
import { readAccessText } from "../../lib/acquire/read-access-text";

const LINE = "2018-01-26 09:55:03 / 1 8 198.18.0.1\n";

export interface Place {
  name: string;
  /** Makes it in an empty folder, and gives the path to read; undefined where this machine cannot. */
  make: (dir: string) => string | undefined;
  /** What is done as soon as the reading has begun. */
  meanwhile?: (path: string) => void;
  /** What the error must say; undefined for a file that is read. */
  says?: RegExp;
}

const put = (dir: string, content = LINE) => {
  writeFileSync(join(dir, "log.txt"), content);
  return join(dir, "log.txt");
};
const link = (dir: string, to: string) => {
  symlinkSync(to, join(dir, "link.txt"));
  return join(dir, "link.txt");
};

/** Where there is no file as one expects it. */
export const PLACES: Place[] = [
  { name: "nothing", make: (dir) => join(dir, "log.txt"), says: /does not exist/ },
  { name: "a folder", make: (dir) => dir, says: /is a folder/ },
  { name: "below a file", make: (dir) => join(put(dir), "x"), says: /does not exist/ },
  { name: "a name with a zero byte", make: (dir) => `${dir}/a\0b`, says: /does not exist/ },
  {
    name: "a name that is too long",
    make: (dir) => join(dir, "x".repeat(300)),
    says: /cannot be read \(ENAMETOOLONG\)/,
  },
  { name: "a link to a file", make: (dir) => link(dir, put(dir)) },
  { name: "a link to nothing", make: (dir) => link(dir, "none"), says: /does not exist/ },
  {
    name: "a link to itself",
    make: (dir) => link(dir, "link.txt"),
    says: /cannot be read \(its links lead back to themselves\)/,
  },
  { name: "a pipe that nobody writes to", make: pipe, says: /is a pipe or a device/ },
  { name: "a device without end", make: () => "/dev/zero", says: /is a pipe or a device/ },
  { name: "a device without anything", make: () => "/dev/null", says: /is a pipe or a device/ },
  { name: "a file that may not be read", make: secret, says: /may not be read by you/ },
  {
    name: "a file that is gone at once",
    make: put,
    meanwhile: (path) => rmSync(path),
    says: /does not exist/,
  },
  {
    name: "a file that is emptied at once",
    make: put,
    meanwhile: (path) => truncateSync(path),
    says: /is empty/,
  },
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

/**
 * Reads what is at a place.
 *
 * @returns what was said; `problem` where it is not what is expected
 */
export async function tryPlace(
  place: Place,
  dir: string,
): Promise<{ said: string; problem?: string }> {
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  const path = place.make(dir);
  if (path === undefined || (path.startsWith("/dev/") && process.platform === "win32")) {
    return { said: "not to be had on this machine" };
  }
  const me = process.geteuid?.();
  // root may read everything: be somebody else for a moment
  if (place.make === secret && me === 0) process.seteuid?.(65_534);
  try {
    const reading = readAccessText(path);
    place.meanwhile?.(path);
    const read = await reading;
    const said = `read, ${read.rows} rows`;
    return place.says || read.rows !== 1 ? { said, problem: said } : { said };
  } catch (error) {
    const said = (error as Error).message;
    if (error instanceof DataFileError && place.says?.test(said)) return { said };
    return { said, problem: (error as Error).stack };
  } finally {
    if (me === 0) process.seteuid?.(0);
  }
}
