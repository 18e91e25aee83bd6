import { totalmem } from "node:os";
import { getHeapStatistics } from "node:v8";
import { formatNumber } from "../words/format-words";

/** Bytes of memory that this process may use: the machine's, or less where it may have less only. */
export function memoryLimit(): number {
  // 0, or more than any machine has, where nothing limits it
  return Math.min(totalmem(), process.constrainedMemory?.() || Number.POSITIVE_INFINITY);
}

/** Of JavaScript's heap, the share that may be used up by texts while a file is read. */
const SHARE_OF_HEAP = 0.5;
/** A text in a Map, its place in a list included, without its characters. */
const TEXT_BYTES = 100;

/** Counts the texts that reading keeps: a process whose heap is full ends without a word of its own. */
export class HeapUse {
  private bytes = 0;
  private readonly most = SHARE_OF_HEAP * getHeapStatistics().heap_size_limit;

  /** @throws {RangeError} if there is no place for a text of that many characters */
  addText(length: number): void {
    // once as it is read and once decoded
    this.bytes += TEXT_BYTES + 2 * length;
    if (this.bytes <= this.most) return;
    throw new RangeError(
      `its different texts take more than ${gigabytes(this.most)}, all that Node.js has for them (NODE_OPTIONS=--max-old-space-size=8192 gives it more)`,
    );
  }
}

export function gigabytes(bytes: number): string {
  return `${formatNumber(bytes / 2 ** 30, 1)} GiB`;
}
