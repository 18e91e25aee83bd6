import { isUtf8 } from "node:buffer";

/** Bytes as text; a byte that is not UTF-8 becomes `\xe9`, so different bytes stay different. */
export function decodeText(bytes: Buffer): string {
  const text = bytes.toString();
  // U+FFFD stands for bad bytes, but may also stand in the file
  return text.includes("\ufffd") && !isUtf8(bytes) ? withBadBytes(bytes) : text;
}

function withBadBytes(bytes: Buffer): string {
  let text = "";
  for (let at = 0; at < bytes.length; ) {
    // the first length at which it is UTF-8 is that of one character
    const length = [1, 2, 3, 4].find((count) => isUtf8(bytes.subarray(at, at + count)));
    text += length
      ? bytes.toString("utf8", at, at + length)
      : `\\x${(bytes[at] as number).toString(16)}`;
    at += length ?? 1;
  }
  return text;
}
