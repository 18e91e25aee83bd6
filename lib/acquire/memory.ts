import { totalmem } from "node:os";
import { getHeapStatistics } from "node:v8";
import { formatNumber } from "../words/format-words";

export function memoryLimit(): number {
  return Math.min(totalmem(), process.constrainedMemory?.() || Number.POSITIVE_INFINITY);
}

/** Share of JavaScript's heap that texts may use. */
const SHARE_OF_HEAP = 0.5;
/** A text's cost in a Map and a list, without its characters. */
const TEXT_BYTES = 100;

/** Counts the texts kept: a process whose heap is full ends without a message. */
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
