import { constants, inflateRawSync } from "node:zlib";

/** What is in a gzip file, and what is wrong with it. */
export interface Unpacked {
  bytes: Buffer;
  problem?: "damaged" | "something after its end";
  /** False where `bytes` may lack text that can be had from a damaged file. */
  isAllThereIs: boolean;
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** Reads a gzip file member by member as RFC 1952 describes it; only the deflated part is left to Node. */
export function slowGunzip(file: Buffer): Unpacked {
  const members: Buffer[] = [];
  let at = 0;
  const found = (problem?: Unpacked["problem"], isAllThereIs = true): Unpacked => {
    return { bytes: Buffer.concat(members), problem, isAllThereIs };
  };
  do {
    const start = headerEnd(file, at);
    if (start === undefined) return found("damaged");
    const member = inflate(file.subarray(start));
    if (member === undefined) return found("damaged", false);
    members.push(member.bytes);
    const end = start + member.packedLength;
    if (!member.isWhole || end + 8 > file.length) return found("damaged");
    const isSame =
      file.readUInt32LE(end) === crc32(member.bytes) &&
      file.readUInt32LE(end + 4) === member.bytes.length % 2 ** 32;
    if (!isSame) return found("damaged");
    at = end + 8;
  } while (at < file.length && file[at] !== 0);
  return file.subarray(at).some((byte) => byte !== 0) ? found("something after its end") : found();
}

/** Where the deflated part of the member at `at` begins; undefined where its header is none. */
function headerEnd(file: Buffer, at: number): number | undefined {
  const flags = file[at + 3] ?? 0xff;
  const isHeader =
    file[at] === 0x1f && file[at + 1] === 0x8b && file[at + 2] === 8 && (flags & 0xe0) === 0;
  if (!isHeader) return undefined;
  let end = at + 10;
  if (flags & 4) {
    if (end + 2 > file.length) return undefined;
    end += 2 + file.readUInt16LE(end);
  }
  for (const flag of [8, 16]) {
    if ((flags & flag) === 0) continue;
    const zero = end > file.length ? -1 : file.indexOf(0, end);
    if (zero < 0) return undefined;
    end = zero + 1;
  }
  if (flags & 2) {
    if (end + 2 > file.length) return undefined;
    if (file.readUInt16LE(end) !== (crc32(file.subarray(at, end)) & 0xffff)) return undefined;
    end += 2;
  }
  return end > file.length ? undefined : end;
}

function inflate(packed: Buffer) {
  for (const isWhole of [true, false]) {
    const finishFlush = isWhole ? constants.Z_FINISH : constants.Z_SYNC_FLUSH;
    try {
      // the types do not know what `info` changes
      const { buffer, engine } = inflateRawSync(packed, { info: true, finishFlush }) as unknown as {
        buffer: Buffer;
        engine: { bytesWritten: number };
      };
      return { bytes: buffer, packedLength: engine.bytesWritten, isWhole };
    } catch {
      // cut short, which the second turn reads as far as it goes; or no such data
    }
  }
  return undefined;
}

function crc32(bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (const byte of bytes) value = (CRC_TABLE[(value ^ byte) & 0xff] as number) ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
}
