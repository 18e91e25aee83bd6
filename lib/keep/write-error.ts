import { shownPath } from "./shown-text";

/** A file or folder could not be written; one line says why and what to do. */
export class WriteError extends Error {
  override name = "WriteError";
}

const MAKE_ROOM = "Make room, or choose another folder";
const GET_RIGHTS = "Get the right to write there, or choose another folder";
const CHOOSE = "Remove it, or choose another folder";

const REASONS: Record<string, [reason: string, advice: string]> = {
  ENOSPC: ["no space is left on the disk", MAKE_ROOM],
  EDQUOT: ["the disk quota is used up", MAKE_ROOM],
  EFBIG: [
    "the file is larger than files may be here",
    "Raise the limit (ulimit -f), or write less",
  ],
  EACCES: ["permission is missing", GET_RIGHTS],
  EPERM: ["permission is missing", GET_RIGHTS],
  EROFS: ["the disk is read-only", GET_RIGHTS],
  ENOTDIR: ["a part of the path is not a folder", CHOOSE],
  EEXIST: ["a file is in the way", CHOOSE],
  EISDIR: ["a folder is in the way", CHOOSE],
  ENAMETOOLONG: ["the name is too long", "Choose a shorter one"],
  EIO: ["the disk failed", "Look after it, or choose another folder"],
};

/** Turns the system's error into a `WriteError`. */
export function inOneLine<T>(path: string, write: () => T): T {
  try {
    return write();
  } catch (error) {
    throw new WriteError(writeProblem(path, error as Error));
  }
}

export function writeProblem(path: string, { code, message }: NodeJS.ErrnoException): string {
  const [reason, advice] = REASONS[code ?? ""] ?? [message, MAKE_ROOM];
  const why = reason === message ? reason : `${reason} (${code})`;
  return `${shownPath(path)} cannot be written: ${why}. ${advice}.`;
}
